//! A kind of which every field merges in another way, with apply types.

use std::collections::BTreeMap;

use kubist::prelude::*;

/// A garden.
#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "it.example.com", version = "v1", scope = Namespaced)]
pub(crate) struct Garden {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: GardenSpec,
    pub(crate) status: Option<GardenStatus>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GardenSpec {
    pub(crate) area: Option<i32>,
    #[serde(default)]
    pub(crate) owner_name: String,
    pub(crate) style: Option<Style>,
    pub(crate) fence: Option<Fence>,
    #[schema(map = atomic)]
    pub(crate) gate: Option<Fence>,
    #[serde(default)]
    #[schema(list = map(name))]
    pub(crate) beds: Vec<Bed>,
    #[serde(default)]
    #[schema(list = set)]
    pub(crate) tags: Vec<String>,
    pub(crate) steps: Option<Vec<String>>,
    pub(crate) colors: Option<BTreeMap<String, String>>,
    pub(crate) by_season: Option<BTreeMap<String, Fence>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Apply)]
pub(crate) enum Style {
    English,
    French,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Apply)]
pub(crate) struct Fence {
    pub(crate) height: Option<i32>,
    pub(crate) material: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Apply)]
pub(crate) struct Bed {
    #[schema(key)]
    pub(crate) name: String,
    pub(crate) plant: Option<String>,
    pub(crate) rows: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema, Apply)]
#[serde(default)]
pub(crate) struct GardenStatus {
    pub(crate) blooming: i32,
    pub(crate) watered: Option<bool>,
}
