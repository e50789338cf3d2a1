//! Pure: sets of fields, in memory and in the form that `managedFields` has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::apply::topology::{List, Topology};

/// One step of a path. The texts of keys and values are JSON, so that they have an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Field(String),
    /// An item of a list of type map, by its keys.
    Key(String),
    /// An item of a set, by its value.
    Value(String),
}

impl Step {
    fn encode(&self) -> String {
        match self {
            Self::Field(name) => format!("f:{name}"),
            Self::Key(keys) => format!("k:{keys}"),
            Self::Value(value) => format!("v:{value}"),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "f" => Some(Self::Field(rest.to_owned())),
            "k" => Some(Self::Key(rest.to_owned())),
            "v" => Some(Self::Value(rest.to_owned())),
            _ => None,
        }
    }

    /// How a conflict spells the step.
    fn show(&self) -> String {
        match self {
            Self::Field(name) => format!(".{name}"),
            Self::Key(keys) => {
                let keys: Map<String, Value> = serde_json::from_str(keys).unwrap_or_default();
                let pairs: Vec<String> = keys.iter().map(|(key, value)| format!("{key}={value}")).collect();
                format!("[{}]", pairs.join(","))
            }
            Self::Value(value) => format!("[={value}]"),
        }
    }
}

/// The step that leads to an item of a list, if items of this list have one.
pub(crate) fn item_step(item: &Value, list: Topology<'_>) -> Option<Step> {
    match list.list() {
        List::Atomic => None,
        List::Set => Some(Step::Value(item.to_string())),
        List::Map(keys) => {
            let pairs = keys.iter().filter_map(|key| {
                let value = item.get(key).or_else(|| list.default_of(key))?;
                Some((key.clone(), value.clone()))
            });
            Some(Step::Key(Value::Object(pairs.collect()).to_string()))
        }
    }
}

/// The items of a list that have a step, by it: more than one where it is not unique.
pub(crate) fn by_step<'a>(items: &'a [Value], list: Topology<'_>) -> BTreeMap<Step, Vec<&'a Value>> {
    let mut all: BTreeMap<Step, Vec<&Value>> = BTreeMap::new();
    for item in items {
        if let Some(step) = item_step(item, list) {
            all.entry(step).or_default().push(item);
        }
    }
    all
}

/// A set of fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSet {
    pub(crate) members: BTreeSet<Step>,
    pub(crate) children: BTreeMap<Step, Self>,
}

impl FieldSet {
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.children.values().all(Self::is_empty)
    }

    fn tidy(mut self) -> Self {
        self.children.retain(|_, child| !child.is_empty());
        self
    }

    pub(crate) fn add_child(&mut self, step: Step, child: Self) {
        if !child.is_empty() {
            let merged = self.children.remove(&step).unwrap_or_default().union(&child);
            self.children.insert(step, merged);
        }
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut result = self.clone();
        result.members.extend(other.members.iter().cloned());
        for (step, child) in &other.children {
            let merged = result.children.get(step).map_or_else(|| child.clone(), |mine| mine.union(child));
            result.children.insert(step.clone(), merged);
        }
        result
    }

    pub(crate) fn difference(&self, other: &Self) -> Self {
        let children = self.children.iter().map(|(step, child)| {
            let rest =
                other.children.get(step).map_or_else(|| child.clone(), |theirs| child.difference(theirs));
            (step.clone(), rest)
        });
        Self {
            members: self.members.difference(&other.members).cloned().collect(),
            children: children.collect(),
        }
        .tidy()
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        let children = self.children.iter().filter_map(|(step, child)| {
            other.children.get(step).map(|theirs| (step.clone(), child.intersection(theirs)))
        });
        Self {
            members: self.members.intersection(&other.members).cloned().collect(),
            children: children.collect(),
        }
        .tidy()
    }

    /// Every member, spelled as a path: at each place first what is owned whole, then what is below.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.members.iter().map(Step::show).collect();
        for (step, child) in &self.children {
            paths.extend(child.paths().into_iter().map(|path| format!("{}{path}", step.show())));
        }
        paths
    }

    /// The form that `fieldsV1` has.
    pub(crate) fn encode(&self) -> Value {
        let mut map = Map::new();
        for step in &self.members {
            map.insert(step.encode(), Value::Object(Map::new()));
        }
        for (step, child) in &self.children {
            let mut encoded = child.encode();
            if self.members.contains(step) {
                encoded["."] = Value::Object(Map::new());
            }
            map.insert(step.encode(), encoded);
        }
        Value::Object(map)
    }

    pub(crate) fn decode(value: &Value) -> Self {
        let mut set = Self::default();
        for (text, below) in value.as_object().into_iter().flatten() {
            let Some(step) = Step::decode(text) else {
                continue;
            };
            let below_map = below.as_object();
            if below_map.is_none_or(|map| map.is_empty() || map.contains_key(".")) {
                set.members.insert(step.clone());
            }
            let child = Self::decode(below);
            if !child.is_empty() {
                set.children.insert(step, child);
            }
        }
        set
    }

    /// Every field of `value` that can have an owner.
    pub(crate) fn of(value: &Value, place: Topology<'_>, containers: Containers) -> Self {
        let mut set = Self::default();
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    let is_member = place.is_map_key(name)
                        || (containers == Containers::Owned && !place.is_always_there(name));
                    set.add(Step::Field(name.clone()), value, place.field(name), is_member, containers);
                }
            }
            Value::Array(items) => {
                for (step, same) in by_step(items, place) {
                    set.add_items(step, &same, place, containers);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        set
    }

    /// Adds the items of a list that have one step: several of them are owned whole.
    pub(crate) fn add_items(
        &mut self,
        step: Step,
        same: &[&Value],
        list: Topology<'_>,
        containers: Containers,
    ) {
        match same {
            [item] => self.add(step, item, list.items(), true, containers),
            _ => {
                self.members.insert(step);
            }
        }
    }

    pub(crate) fn add(
        &mut self,
        step: Step,
        value: &Value,
        place: Topology<'_>,
        is_member: bool,
        containers: Containers,
    ) {
        let granular = is_granular(value, place);
        let is_empty_map = value.as_object().is_some_and(Map::is_empty);
        if is_member || !granular || is_empty_map {
            self.members.insert(step.clone());
        }
        if granular && !matches!(step, Step::Value(_)) {
            self.add_child(step, Self::of(value, place, containers));
        }
    }
}

/// Whether maps and lists have an owner besides those of their parts: who first sets them has, who applies has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Containers {
    Owned,
    Free,
}

/// Whether the parts of a value have owners of their own.
pub(crate) fn is_granular(value: &Value, place: Topology<'_>) -> bool {
    match value {
        Value::Object(_) => !place.is_atomic_map(),
        Value::Array(_) => place.list() != List::Atomic,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sets_come_back_as_they_went() {
        let json = json!({"f:spec": {".": {}, "f:a": {}, "f:l": {"k:{\"n\":1}": {".": {}, "f:n": {}}, "v:\"x\"": {}}}});
        let set = FieldSet::decode(&json);
        assert_eq!(set.encode(), json);
        assert_eq!(set.paths(), [".spec", ".spec.a", ".spec.l[n=1]", ".spec.l[=\"x\"]", ".spec.l[n=1].n"]);
        assert!(set.difference(&set).is_empty());
        assert_eq!(set.intersection(&set), set);
    }
}
