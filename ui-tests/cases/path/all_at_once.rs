use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced,
    scale(replicas = spec.bucket, ready = status.ready),
    column("Desired", spec.replcas),
    column("Bucket", spec.bucket.length),
    column("Created", metadata.creationTimestamp?),
    index(bucket = spec.buckt))]
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
    ready: i32,
    phase: String,
}

fn main() {}
