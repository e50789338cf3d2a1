use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
#[schema(rule("self.replicas = 1"))]
struct Spec {
    bucket: String,
    replicas: i32,
    ready_replicas: i32,
    namespace: String,
    labels: BTreeMap<String, String>,
    ports: Vec<Port>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Port {
    name: String,
}

fn main() {}
