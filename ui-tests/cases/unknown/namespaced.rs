use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
}

fn main() {}
