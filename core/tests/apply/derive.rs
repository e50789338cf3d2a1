//! What `#[derive(Apply)]` writes, and what is sent of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use k8s_openapi::api::core::v1::{Container, PodTemplateSpec};
use kubist::apply;
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
    pub(crate) zones: BTreeSet<String>,
    pub(crate) door: Option<Box<Door>>,
    pub(crate) by_name: HashMap<String, Door>,
    #[schema(map = atomic)]
    pub(crate) gate: Option<Door>,
    pub(crate) template: Option<PodTemplateSpec>,
    #[serde(with = "seconds")]
    #[schema(with = i64)]
    pub(crate) patience: std::time::Duration,
    #[serde(flatten)]
    pub(crate) common: Common,
    #[serde(skip)]
    pub(crate) _cache: u8,
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(duration.as_secs())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }
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
    pub(crate) width: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Common {
    pub(crate) cost_center: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema, Apply)]
#[serde(default)]
pub(crate) struct ShopStatus {
    pub(crate) ready: i32,
    pub(crate) conditions: Vec<Condition>,
}

/// A generic struct has a generic apply type.
#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
pub(crate) struct Pair<T> {
    pub(crate) left: T,
    pub(crate) right: Option<T>,
}

/// A type that contains itself has an apply type that does.
#[derive(Clone, Debug, Serialize, Deserialize, Apply)]
pub(crate) struct Tree {
    pub(crate) leaf: Option<i32>,
    pub(crate) left: Option<Box<Self>>,
}

pub(crate) fn sent(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap()
}

#[test]
fn what_is_not_set_is_not_there() {
    let kind = json!({"apiVersion": "example.com/v1", "kind": "Shop", "metadata": {"name": "front"}});
    assert_eq!(sent(&ShopApply::new("front")), kind);
    assert_eq!(sent(&ShopSpecApply::new()), json!({}));
    let part = ShopApply::new("front").label("app", "front").annotation("a", "b");
    let part = part.spec(ShopSpecApply::new().max_replicas(3));
    assert_eq!(
        sent(&part),
        json!({
            "apiVersion": "example.com/v1", "kind": "Shop",
            "metadata": {"name": "front", "labels": {"app": "front"}, "annotations": {"a": "b"}},
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
        .zones(["z"])
        .door(DoorApply::new().open(true))
        .by_name([("back", DoorApply::new().width(2))])
        .gate(Door { open: false, width: 3 })
        .template(apply!(PodTemplateSpec { spec: { node_name: "one" } }))
        .patience(std::time::Duration::from_secs(5))
        .common(CommonApply::new().cost_center("7"));
    assert_eq!(
        sent(&spec),
        json!({
            "owner": "me", "theme": "Dark", "labels": {"a": "b"}, "steps": [{"run": "build"}], "tags": ["x", "y"],
            "pages": [{"name": "home", "path": "/"}, {"name": "about"}], "zones": ["z"], "door": {"open": true},
            "byName": {"back": {"width": 2}}, "gate": {"open": false, "width": 3},
            "template": {"spec": {"nodeName": "one"}}, "patience": 5, "costCenter": "7",
        })
    );
    let same: ShopSpecApply = serde_json::from_value(sent(&spec)).unwrap();
    assert_eq!(same, spec);
    assert_eq!(same.common.unwrap().cost_center.as_deref(), Some("7"));
}

#[test]
fn a_field_of_a_builtin_type_takes_a_part_or_a_whole() {
    let condition = apply!(Condition { type_: "Ready", status: "True" });
    let status = ShopStatusApply::new().conditions([condition]);
    assert_eq!(sent(&status), json!({"conditions": [{"type": "Ready", "status": "True"}]}));
    let whole = PodTemplateSpec::default();
    assert_eq!(sent(&ShopSpecApply::new().template(whole)), json!({"template": {}}));
}

#[test]
fn generic_and_recursive_structs_have_apply_types_too() {
    let pair = <Pair<Door> as Apply>::Config::new().left(DoorApply::new().open(true));
    assert_eq!(sent(&pair), json!({"left": {"open": true}}));
    let numbers: PairApply<u32> = PairApply::new().left(7).right(8);
    assert_eq!(sent(&numbers.clone()), json!({"left": 7, "right": 8}));
    assert_eq!(format!("{numbers:?}"), "PairApply { left: Some(7), right: Some(8) }");
    let tree = TreeApply::new().leaf(1).left(TreeApply::new().left(TreeApply::new()));
    assert_eq!(sent(&tree), json!({"leaf": 1, "left": {"left": {}}}));
}

#[test]
fn a_part_is_read_only_from_its_own_kind_and_with_its_keys() {
    assert!(serde_json::from_value::<ShopApply>(json!({"kind": "Pod", "metadata": {"name": "x"}})).is_err());
    let error = serde_json::from_value::<PageApply>(json!({"path": "/"})).unwrap_err();
    assert!(error.to_string().contains("name"), "{error}");
    let error = serde_json::from_value::<ShopSpecApply>(json!({"maxReplicas": "x"})).unwrap_err();
    assert!(error.to_string().starts_with("maxReplicas: "), "{error}");
}

#[test]
fn a_part_of_a_kind_of_ones_own_follows_its_renames() {
    let common = "7";
    let part = apply!(Shop { spec: {
        max_replicas: 3u16,
        look: Theme::Light,
        pages: [{ name: "home", visits: 7 }],
        by_name: { "back": { width: 2 } },
        template: { spec: { containers: [Container { name: "web".to_owned(), ..Container::default() }] } },
        common: { cost_center: common },
        door: { open: true },
    } });
    assert_eq!(
        part.as_json()["spec"],
        json!({
            "maxReplicas": 3, "theme": "Light", "pages": [{"name": "home", "visits": 7}], "byName": {"back": {"width": 2}},
            "template": {"spec": {"containers": [{"name": "web"}]}}, "costCenter": "7", "door": {"open": true},
        })
    );
}
