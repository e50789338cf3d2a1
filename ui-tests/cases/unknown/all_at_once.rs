use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(grop = "example.com", version = "v1", scope = Namespaced, shortname = "web",
    scale(replicas = spec.replicas, ready = status?.ready, statuspath = status?.ready))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Status>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(regex = "^gs://")]
    bucket: String,
    #[schema(min = 1, max = 5)]
    replicas: i32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(default)]
struct Status {
    ready: i32,
    phase: String,
}

fn main() {}
