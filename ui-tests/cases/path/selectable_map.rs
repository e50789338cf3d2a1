use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, selectable(labels = spec.labels))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    class: String,
    labels: BTreeMap<String, String>,
    tags: Vec<String>,
}

fn main() {}
