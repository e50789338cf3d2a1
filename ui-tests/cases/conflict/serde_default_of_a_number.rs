use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    #[serde(default = 1)]
    replicas: i32,
}

fn main() {}
