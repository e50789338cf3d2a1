use kubist::prelude::*;

// As where the manifest names a facade, and the attribute does not: the derive writes `::kubist` then.
#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, crate = ::facade)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Spec>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
}

fn main() {
    let _ = Website::crd();
}
