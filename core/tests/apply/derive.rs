//! What `#[derive(Apply)]` writes, and what is sent of it.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::{Container, PodTemplateSpec};
use kubist::prelude::*;
use serde_json::{Value, json};

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
pub(crate) struct Shop {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: ShopSpec,
    pub(crate) status: Option<ShopStatus>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShopSpec {
    /// How many.
    #[serde(default)]
    pub(crate) max_replicas: u16,
    pub(crate) owner: Option<String>,
    #[serde(rename = "theme")]
    pub(crate) look: Option<Theme>,
    pub(crate) labels: BTreeMap<String, String>,
    #[schema(list = map(name))]
    pub(crate) pages: Vec<Page>,
    pub(crate) steps: Vec<Step>,
    #[schema(list = set)]
    pub(crate) tags: Vec<String>,
    pub(crate) door: Option<Box<Door>>,
    pub(crate) by_name: BTreeMap<String, Door>,
    #[serde(skip)]
    pub(crate) cache: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Apply)]
pub(crate) enum Theme {
    Dark,
    Light,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
pub(crate) struct Page {
    #[schema(key)]
    pub(crate) name: String,
    pub(crate) path: Option<String>,
    pub(crate) visits: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Apply)]
pub(crate) struct Step {
    pub(crate) run: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
pub(crate) struct Door {
    pub(crate) open: bool,
    pub(crate) width: f64,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema, Apply)]
#[serde(default)]
pub(crate) struct ShopStatus {
    pub(crate) ready: i32,
    pub(crate) conditions: Vec<Condition>,
}

fn sent(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap()
}

#[test]
fn what_is_not_set_is_not_there() {
    let kind = json!({"apiVersion": "example.com/v1", "kind": "Shop", "metadata": {"name": "front"}});
    assert_eq!(sent(&ShopApply::new("front")), kind);
    assert_eq!(sent(&ShopSpecApply::new()), json!({}));
    let part = ShopApply::new("front").label("app", "front").spec(ShopSpecApply::new().max_replicas(3));
    assert_eq!(
        sent(&part),
        json!({
            "apiVersion": "example.com/v1", "kind": "Shop", "metadata": {"name": "front", "labels": {"app": "front"}},
            "spec": {"maxReplicas": 3},
        })
    );
    assert_eq!(part.spec.unwrap().max_replicas, Some(3));
}

#[test]
fn every_field_is_set_by_a_method_of_its_name() {
    let spec = ShopSpecApply::new()
        .owner("me")
        .look(Theme::Dark)
        .labels([("a", "b")])
        .pages([PageApply::new("home").path("/"), PageApply::new("about")])
        .steps([Step { run: "build".to_owned() }])
        .tags(["x", "y"])
        .door(DoorApply::new().open(true))
        .by_name([("back", DoorApply::new().width(1.5))]);
    assert_eq!(
        sent(&spec),
        json!({
            "owner": "me", "theme": "Dark", "labels": {"a": "b"}, "pages": [{"name": "home", "path": "/"}, {"name": "about"}],
            "steps": [{"run": "build"}], "tags": ["x", "y"], "door": {"open": true}, "byName": {"back": {"width": 1.5}},
        })
    );
    let same: ShopSpecApply = serde_json::from_value(sent(&spec)).unwrap();
    assert_eq!(same, spec);
}
