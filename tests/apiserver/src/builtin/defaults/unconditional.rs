//! Pure: the defaults that depend on nothing but their own absence, as the data file lists them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde_json::Value;

use crate::builtin::data;
use crate::builtin::defaults::edit::{self, Fields};
use crate::builtin::types::{self, Field, Struct, Type};

/// The defaults of one kind, as a tree over its fields.
#[derive(Debug, Default)]
struct Tree {
    /// What stands here when nothing else does.
    value: Option<Value>,
    /// The defaults of the fields, or of the fields of each item.
    fields: BTreeMap<String, Self>,
}

impl Tree {
    fn parse(line: &str) -> Self {
        let paths: BTreeMap<String, Value> = serde_json::from_str(line).unwrap_or_default();
        let mut root = Self::default();
        for (path, value) in paths {
            let leaf = path.split('.').fold(&mut root, |tree, part| {
                tree.fields.entry(part.trim_end_matches("[]").to_owned()).or_default()
            });
            leaf.value = Some(value);
        }
        root
    }

    fn fill(&self, of: &Struct, fields: &mut Fields) {
        for (name, tree) in &self.fields {
            let Some(field) = of.field(name) else {
                continue;
            };
            if let Some(value) = &tree.value
                && has_no_value(field, fields)
            {
                fields.insert(name.clone(), value.clone());
            }
            if let Some(value) = fields.get_mut(name) {
                tree.fill_value(&field.ty, value);
            }
        }
    }

    fn fill_value(&self, ty: &Type, value: &mut Value) {
        match (ty, value) {
            (Type::Struct(id), Value::Object(fields)) => self.fill(types::get(*id), fields),
            (Type::List(item), Value::Array(values)) => {
                values.iter_mut().for_each(|value| self.fill_value(item, value));
            }
            _ => {}
        }
    }
}

/// Whether Go finds nothing there: a pointer tells zero from nothing, a plain value does not.
fn has_no_value(field: &Field, fields: &Fields) -> bool {
    let is_zero = match fields.get(&field.json) {
        Some(Value::Number(number)) => number.as_f64() == Some(0.0),
        Some(Value::Bool(flag)) => !flag,
        _ => edit::is_empty(fields, &field.json),
    };
    if field.pointer { edit::is_absent(fields, &field.json) } else { is_zero }
}

static TREES: LazyLock<Mutex<HashMap<String, Arc<Tree>>>> = LazyLock::new(Mutex::default);

/// The tree of a kind, parsed when it is first asked for.
fn tree(key: &str) -> Option<Arc<Tree>> {
    let mut trees = TREES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(tree) = trees.get(key) {
        return Some(Arc::clone(tree));
    }
    let lines = data::defaults();
    let index = lines.binary_search_by_key(&key, |(key, _)| key).ok()?;
    let tree = Arc::new(Tree::parse(lines[index].1));
    trees.insert(key.to_owned(), Arc::clone(&tree));
    Some(tree)
}

/// Fills in the unconditional defaults of `api_version kind`.
pub(super) fn fill(of: &Struct, api_version: &str, kind: &str, object: &mut Value) {
    if let Some(tree) = tree(&format!("{api_version} {kind}"))
        && let Some(fields) = object.as_object_mut()
    {
        tree.fill(of, fields);
    }
}
