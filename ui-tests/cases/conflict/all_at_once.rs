use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(maximum = 5)]
    bucket: String,
    #[schema(pattern = "^a")]
    replicas: i32,
    #[schema(minimum = -1)]
    count: u32,
}

fn main() {}
