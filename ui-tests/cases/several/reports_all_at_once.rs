use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(grop = "example.com", version = "v1alfa1", short = "web", short = "web")]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    #[schema(minimum = "1")]
    status: Status,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(default)]
struct Status {
    ready: i32,
    phase: String,
    conditions: Vec<Condition>,
}

fn main() {}
