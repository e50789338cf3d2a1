use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Mode,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Mode {
    Fast,
    Slow,
}

fn main() {}
