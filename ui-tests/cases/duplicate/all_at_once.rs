use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, group = "example.org", short = "web", short = "web",
    category = "all", category = "all", index(bucket = spec.bucket, bucket = spec.replicas))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    #[serde(rename = "spec")]
    more: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
}

fn main() {}
