//! Pure: which fields differ between two states of an object.

use serde_json::Value;

use crate::apply::fields::{Containers, FieldSet, Step, by_step, is_granular};
use crate::apply::topology::Topology;

/// The difference between two states.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) added: FieldSet,
    pub(crate) modified: FieldSet,
    pub(crate) removed: FieldSet,
}

impl Changes {
    /// What has a new value.
    pub(crate) fn touched(&self) -> FieldSet {
        self.added.union(&self.modified)
    }
}

/// Compares two states field by field.
pub(crate) fn compare(old: &Value, new: &Value, place: Topology<'_>) -> Changes {
    let mut changes = Changes::default();
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let none = Value::Array(Vec::new());
            for (name, value) in new {
                let step = Step::Field(name.clone());
                // A list that was null was there already: it has only got its items.
                let has_items = value.as_array().is_some_and(|items| !items.is_empty());
                let was_null = has_items && old.get(name).is_some_and(Value::is_null);
                pair(
                    &mut changes,
                    step,
                    if was_null { Some(&none) } else { old.get(name) },
                    value,
                    place.field(name),
                    place.is_map_key(name) || !place.is_always_there(name),
                );
            }
            for (name, value) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
                changes.removed.add(
                    Step::Field(name.clone()),
                    value,
                    place.field(name),
                    true,
                    Containers::Owned,
                );
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            let (mut old, new) = (by_step(old, place), by_step(new, place));
            for (step, items) in new {
                let before = old.remove(&step).unwrap_or_default();
                same_step(&mut changes, step, &before, &items, place);
            }
            for (step, items) in old {
                changes.removed.add_items(step, &items, place, Containers::Owned);
            }
        }
        _ => {}
    }
    changes
}

/// The items of a list that have one step. Several are compared whole.
fn same_step(changes: &mut Changes, step: Step, old: &[&Value], new: &[&Value], list: Topology<'_>) {
    match (old, new) {
        ([] | [_], [item]) => pair(changes, step, old.first().copied(), item, list.items(), true),
        ([], _) => changes.added.add_items(step, new, list, Containers::Owned),
        ([item], _) => {
            changes.removed.add(step.clone(), item, list.items(), true, Containers::Owned);
            changes.added.add_items(step, new, list, Containers::Owned);
        }
        (_, [item]) => {
            changes.removed.add_items(step.clone(), old, list, Containers::Owned);
            changes.added.add(step, item, list.items(), true, Containers::Owned);
        }
        _ if old != new => {
            changes.modified.members.insert(step);
        }
        _ => {}
    }
}

fn pair(
    changes: &mut Changes,
    step: Step,
    old: Option<&Value>,
    new: &Value,
    place: Topology<'_>,
    is_member: bool,
) {
    let Some(old) = old else {
        changes.added.add(step, new, place, is_member, Containers::Owned);
        return;
    };
    if old == new {
        return;
    }
    if is_granular(old, place) && is_granular(new, place) {
        let below = compare(old, new, place);
        changes.added.add_child(step.clone(), below.added);
        changes.modified.add_child(step.clone(), below.modified);
        changes.removed.add_child(step, below.removed);
    } else {
        // A list that was there, but nil, is nobody's; its items are.
        changes.modified.add(step, new, place, is_member || !old.is_null(), Containers::Owned);
    }
}
