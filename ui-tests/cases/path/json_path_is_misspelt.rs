use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced,
    column("Ready", ".status.conditons[?(@.type=='Ready')].status"))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Status>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(default)]
struct Status {
    conditions: Vec<Condition>,
}

fn main() {}
