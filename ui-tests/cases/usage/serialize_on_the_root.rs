// The derive implements serde's traits for the root itself, with `apiVersion` and `kind`.
use kubist::prelude::*;

#[derive(Clone, Debug, Resource, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
pub struct Website {
    metadata: ObjectMeta,
}

fn main() {}
