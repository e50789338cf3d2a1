use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(rule("self.replicas > 0", "no replicas"))]
struct Spec {
    bucket: String,
    replicas: i32,
}

fn main() {}
