use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, rule("self.spec.replcas > 0"))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(rule("self.replicas > 0", message = "a\nb"))]
struct Spec {
    #[schema(rule("self.startWith('gs')"))]
    bucket: String,
    #[schema(rule("self >"))]
    replicas: i32,
}

fn main() {}
