//! What the data of the real server says of types and kinds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct Facts {
    pub version: String,
    pub kinds: Vec<Kind>,
    types: BTreeMap<String, Type>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct Kind {
    pub group: String,
    pub version: String,
    pub kind: String,
    pub short_names: Vec<String>,
    pub categories: Vec<String>,
    pub verbs: Vec<String>,
    subresources: Vec<Subresource>,
    #[serde(rename = "type")]
    pub of: String,
}

#[derive(Deserialize)]
struct Subresource {
    name: String,
}

impl Kind {
    pub(crate) fn has(&self, subresource: &str) -> bool {
        self.subresources.iter().any(|part| part.name == subresource)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct Type {
    pub api_version: String,
    pub atomic: bool,
    fields: Vec<Field>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Field {
    pub json: String,
    #[serde(rename = "type")]
    pub of: String,
    pub required: bool,
    pub list: String,
    pub keys: Vec<String>,
    pub map: String,
    pub default: Option<Value>,
    #[serde(rename = "enum")]
    pub values: Vec<String>,
}

impl Field {
    /// The struct that the field is, or is a list or map of.
    pub(crate) fn inner(&self) -> &str {
        let mut name = self.of.as_str();
        while let Some(rest) = name.strip_prefix("[]").or_else(|| name.strip_prefix("map[string]")) {
            name = rest;
        }
        name
    }
}

impl Facts {
    pub(crate) fn read(root: &Path) -> Self {
        let data = fs::read_to_string(root.join("tests/apiserver/data/kubernetes.json")).unwrap();
        serde_json::from_str(&data).unwrap()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// The fields of a struct in JSON: those of an embedded struct are its own.
    pub(crate) fn fields(&self, name: &str) -> Vec<&Field> {
        let of = &self.types[name];
        let fields = of
            .fields
            .iter()
            .flat_map(|field| if field.json.is_empty() { self.fields(&field.of) } else { vec![field] });
        fields.collect()
    }

    pub(crate) fn field(&self, name: &str, json: &str) -> &Field {
        self.fields(name).into_iter().find(|field| field.json == json).unwrap()
    }

    /// The structs that the kinds are made of.
    pub(crate) fn reachable(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut left: Vec<&str> = self.kinds.iter().map(|kind| kind.of.as_str()).collect();
        while let Some(name) = left.pop() {
            if self.types.contains_key(name) && found.insert(name) {
                left.extend(self.fields(name).into_iter().map(Field::inner));
            }
        }
        found
    }

    /// The fields by which some list tells its items apart.
    pub(crate) fn keys(&self) -> BTreeSet<(&str, &str)> {
        let mut found = BTreeSet::new();
        for name in self.reachable() {
            for field in self.fields(name).into_iter().filter(|field| field.list == "map") {
                found.extend(field.keys.iter().map(|key| (field.inner(), key.as_str())));
            }
        }
        found
    }
}
