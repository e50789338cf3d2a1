//! Pure: merging lists: of maps by their merge key, of scalars as sets, and the order of what comes out.

use std::cmp::Ordering;

use serde_json::Value;

use crate::strategic::meta::FieldMeta;
use crate::strategic::print::go_list;
use crate::strategic::{DIRECTIVE, ELEMENT_ORDER, Failure, Fields, LISTS_OF_LISTS, go_type, merge_map};

/// Merges `patch` into `original`, or replaces it where the field is not of a kind that is merged. The elements that
/// the list before holds afterwards are left in `live`, if they are others.
pub(super) fn merge(
    original: Vec<Value>,
    patch: &mut [Value],
    field: &FieldMeta,
    is_deletion: bool,
    live: &mut Vec<Value>,
) -> Result<Vec<Value>, Failure> {
    if !field.merge && !is_deletion {
        return Ok(patch.to_vec());
    }
    if original.is_empty() && patch.is_empty() {
        return Ok(original);
    }
    if element_type(&[&original, patch])? != "map[string]interface {}" {
        if is_deletion {
            return Ok(original.into_iter().filter(|item| !patch.contains(item)).collect());
        }
        let mut merged: Vec<Value> = Vec::new();
        for item in original.iter().chain(patch.iter()) {
            if !merged.contains(item) {
                merged.push(item.clone());
            }
        }
        // Scalars are told apart by themselves, whatever the field's merge key is.
        let order = Order { merge_key: &field.merge_key, wanted: patch, live: &original };
        return order.sort(merged);
    }
    if field.merge_key.is_empty() {
        let kind = field.meta.go_kind();
        return Err(Failure::other(format!("cannot merge lists without merge key for {kind}")));
    }
    let count = original.len();
    let is_replaced = |item: &Value| item.get(DIRECTIVE).is_some_and(|directive| directive == "replace");
    let original = directives(original, patch, &field.merge_key)?;
    if patch.iter().any(is_replaced) {
        let kept: Vec<Value> = patch.iter().filter(|item| item.get(DIRECTIVE).is_none()).cloned().collect();
        return Order { merge_key: &field.merge_key, wanted: &[], live: &kept }.sort(kept.clone());
    }
    let merged = by_key(original.clone(), patch, field)?;
    // In Go, elements that were appended stand in the list before, where others were taken out of it.
    *live = merged.iter().take(count).cloned().collect();
    let wanted: Vec<Value> = patch.iter().filter(|item| item.get(DIRECTIVE).is_none()).cloned().collect();
    Order { merge_key: &field.merge_key, wanted: &wanted, live: &original }.sort(merged)
}

/// The type that all elements share.
pub(super) fn element_type(lists: &[&[Value]]) -> Result<&'static str, Failure> {
    let mut found = None;
    for item in lists.iter().copied().flatten() {
        match found {
            None if item.is_array() => return Err(Failure::unprocessable(LISTS_OF_LISTS)),
            None => found = Some(go_type(item)),
            Some(first) if first == go_type(item) => {}
            Some(_) => {
                let lists: Vec<String> = lists.iter().map(|list| go_list(list)).collect();
                let why = format!("list element types are not identical: [{}]", lists.join(" "));
                return Err(Failure::other(why));
            }
        }
    }
    found.ok_or_else(|| Failure::other("no elements in any of the given slices".to_owned()))
}

fn fields_of(item: &Value) -> Result<&Fields, Failure> {
    item.as_object().ok_or_else(|| Failure::type_of("map[string]interface {}", item))
}

fn key_of<'a>(item: &'a Value, merge_key: &str) -> Result<&'a Value, Failure> {
    let fields = fields_of(item)?;
    fields.get(merge_key).ok_or_else(|| Failure::no_merge_key(fields, merge_key))
}

/// Where the element with that key stands.
fn position(list: &[Value], merge_key: &str, key: &Value) -> Result<Option<usize>, Failure> {
    for (index, item) in list.iter().enumerate() {
        let Some(fields) = item.as_object() else {
            return Err(Failure::other(format!("value for key {index} is not a map")));
        };
        if fields.get(merge_key) == Some(key) {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Carries out the elements of `patch` that are directives; returns what is left of the list before.
fn directives(mut original: Vec<Value>, patch: &[Value], merge_key: &str) -> Result<Vec<Value>, Failure> {
    for item in patch {
        let fields = fields_of(item)?;
        let Some(directive) = fields.get(DIRECTIVE) else {
            continue;
        };
        match directive.as_str() {
            Some("delete") => {
                let key = key_of(item, merge_key)?;
                while let Some(index) = position(&original, merge_key, key)? {
                    original.remove(index);
                }
            }
            Some("replace") => {}
            Some("merge") => {
                let why = "merging lists cannot yet be specified in the patch";
                return Err(Failure::other(why.to_owned()));
            }
            _ => return Err(Failure::unknown_directive(directive, fields)),
        }
    }
    Ok(original)
}

/// Merges each element of `patch` into the one with the same key, or appends it.
fn by_key(mut merged: Vec<Value>, patch: &mut [Value], field: &FieldMeta) -> Result<Vec<Value>, Failure> {
    for item in patch.iter_mut().filter(|item| item.get(DIRECTIVE).is_none()) {
        let key = key_of(item, &field.merge_key)?;
        let Some(index) = position(&merged, &field.merge_key, key)? else {
            merged.push(item.clone());
            continue;
        };
        if let (Value::Object(before), Value::Object(change)) = (merged[index].take(), item) {
            merged[index] = Value::Object(merge_map(before, change, &field.meta)?);
        }
    }
    Ok(merged)
}

/// Whether the elements of `patch` come in the order that the directive gives.
pub(super) fn check_order(patch: &[Value], order: &[Value], merge_key: &str) -> Result<(), Failure> {
    if order.is_empty() || patch.is_empty() {
        return Ok(());
    }
    let mut kept = Vec::new();
    for item in patch {
        let is_deletion = !merge_key.is_empty() && {
            let fields = fields_of(item)?;
            fields.get(DIRECTIVE).is_some_and(|directive| directive == "delete")
        };
        if !is_deletion {
            kept.push(item);
        }
    }
    let (mut at, mut rest) = (0, order.iter());
    while at < kept.len() {
        let Some(next) = rest.next() else {
            return Err(Failure::other(format!(
                "The order in patch list:\n{}\n doesn't match {ELEMENT_ORDER} list:\n{}\n",
                go_list(patch),
                go_list(order)
            )));
        };
        while kept.get(at).is_some_and(|item| item.get(DIRECTIVE).is_some()) {
            at += 1;
        }
        let Some(item) = kept.get(at) else {
            break;
        };
        let equal = if merge_key.is_empty() {
            *item == next
        } else {
            key_of(item, merge_key)? == key_of(next, merge_key)?
        };
        at += usize::from(equal);
    }
    Ok(())
}

/// The orders that a merged list follows.
pub(super) struct Order<'a> {
    pub(super) merge_key: &'a str,
    /// That of the patch, which comes first.
    pub(super) wanted: &'a [Value],
    /// That of the list before.
    pub(super) live: &'a [Value],
}

impl Order<'_> {
    /// Sorts by the wanted order what is named there, and puts the rest in between as it stood before.
    pub(super) fn sort(&self, merged: Vec<Value>) -> Result<Vec<Value>, Failure> {
        if !self.merge_key.is_empty() {
            for item in merged.iter().chain(self.wanted).chain(self.live) {
                key_of(item, self.merge_key)?;
            }
        }
        let (mut named, mut others): (Vec<Value>, Vec<Value>) =
            merged.into_iter().partition(|item| self.index(self.wanted, item).is_some());
        named.sort_by_key(|item| self.index(self.wanted, item));
        self.sort_by_live(&mut others);
        let mut sorted = Vec::with_capacity(named.len() + others.len());
        let mut named = named.into_iter().peekable();
        for other in others {
            while let Some(next) = named.peek() {
                let live = (self.index(self.live, &other), self.index(self.live, next));
                if let (Some(here), Some(there)) = live
                    && here.cmp(&there) == Ordering::Less
                {
                    break;
                }
                sorted.extend(named.next());
            }
            sorted.push(other);
        }
        sorted.extend(named);
        Ok(sorted)
    }

    /// Sorts by the order of the list before. Elements that were not in it come first, the last of them before the
    /// others: the API server's comparison is no order for them, and this is what its sorting makes of that.
    fn sort_by_live(&self, items: &mut [Value]) {
        for end in 1..items.len() {
            for at in (1..=end).rev() {
                let (here, before) =
                    (self.index(self.live, &items[at]), self.index(self.live, &items[at - 1]));
                if matches!((here, before), (Some(here), Some(before)) if here >= before) {
                    break;
                }
                items.swap(at, at - 1);
            }
        }
    }

    fn index(&self, list: &[Value], item: &Value) -> Option<usize> {
        let id = |item: &Value| match item {
            Value::Object(fields) => fields.get(self.merge_key).cloned(),
            other => Some(other.clone()),
        };
        let wanted = id(item);
        list.iter().position(|other| id(other) == wanted)
    }
}
