use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, rule("self.spec.replicas >"))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    replicas: i32,
}

fn main() {
    let site = Website::new("front", Spec { replicas: 1 });
    let _ = (site.object_meta().name.clone(), Website::crd());
}
