use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Name,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Name(String);

fn main() {}
