use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(kind = "Proxy", scale(replicas = spec.replicas))]
struct Website {
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
}

fn main() {}
