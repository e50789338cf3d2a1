use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
struct Spec {
    bucket: String,
    replicas: i32,
    ready_replicas: i32,
    namespace: String,
    labels: BTreeMap<String, String>,
    ports: Vec<Port>,
    #[schema(list = set, items(rule("self == oldSelf")))]
    tags: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Port {
    name: String,
}

fn main() {}
