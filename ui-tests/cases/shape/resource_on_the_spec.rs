use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct WebsiteSpec {
    bucket: String,
    replicas: i32,
}

fn main() {}
