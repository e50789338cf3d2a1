use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, subresource(status), api_version = "v1")]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(length(min = 3), rule("self != ''"), message = "empty")]
    bucket: String,
    #[schema(range(min = 1), description = "How many.", rename = "count")]
    replicas: i32,
    #[schema(list_type = "set", unique_items)]
    tags: Vec<String>,
}

fn main() {}
