//! Pure: the applied configuration goes into the live object, given-up fields go out of it.

use serde_json::{Map, Value};

use crate::apply::fields::{FieldSet, Step, is_granular, item_step};
use crate::apply::topology::Topology;

/// Merges `config` into `live`: maps by key, lists by their type.
pub(crate) fn merge(live: &mut Value, config: &Value, place: Topology<'_>) {
    if !is_granular(config, place) {
        *live = config.clone();
        return;
    }
    match (live, config) {
        (Value::Object(live), Value::Object(config)) => {
            for (name, value) in config {
                match live.get_mut(name) {
                    Some(old) => merge(old, value, place.field(name)),
                    None => drop(live.insert(name.clone(), value.clone())),
                }
            }
        }
        (Value::Array(live), Value::Array(config)) => {
            for item in config {
                let step = item_step(item, place);
                match live.iter_mut().find(|old| item_step(old, place) == step) {
                    Some(old) => merge(old, item, place.items()),
                    None => live.push(item.clone()),
                }
            }
        }
        (live, config) => *live = config.clone(),
    }
}

/// Removes the members of `given_up` from `object`, but not what is `owned`, nor what holds such a thing.
pub(crate) fn remove(object: &mut Value, given_up: &FieldSet, owned: &FieldSet, place: Topology<'_>) {
    match object {
        Value::Object(map) => remove_fields(map, given_up, owned, place),
        Value::Array(items) => items.retain_mut(|item| {
            let Some(step) = item_step(item, place) else {
                return true;
            };
            keep(&step, item, given_up, owned, place.items())
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn remove_fields(map: &mut Map<String, Value>, given_up: &FieldSet, owned: &FieldSet, place: Topology<'_>) {
    map.retain(|name, value| keep(&Step::Field(name.clone()), value, given_up, owned, place.field(name)));
}

fn keep(step: &Step, value: &mut Value, given_up: &FieldSet, owned: &FieldSet, place: Topology<'_>) -> bool {
    let stays = owned.members.contains(step) || owned.children.contains_key(step);
    if given_up.members.contains(step) && !stays {
        return false;
    }
    let Some(below) = given_up.children.get(step) else {
        return true;
    };
    let nothing = FieldSet::default();
    remove(value, below, owned.children.get(step).unwrap_or(&nothing), place);
    let is_empty = match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    !is_empty || stays
}
