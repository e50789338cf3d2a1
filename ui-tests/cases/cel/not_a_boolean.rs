use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(rule("self.replicas + 1"))]
#[serde(rename_all = "camelCase")]
struct Spec {
    bucket: String,
    replicas: i32,
    ready_replicas: i32,
}

fn main() {}
