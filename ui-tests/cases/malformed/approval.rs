use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "web.k8s.io", version = "v1", scope = Namespaced,
    annotation("api-approved.kubernetes.io", "yes"))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
}

fn main() {}
