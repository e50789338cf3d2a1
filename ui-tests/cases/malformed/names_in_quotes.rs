use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(exactly_one_of("bucket", "url"))]
struct Spec {
    bucket: Option<String>,
    url: Option<String>,
    replicas: i32,
}

fn main() {}
