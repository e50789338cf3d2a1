// A facade crate may re-export everything.
#![deny(warnings)]

mod facade {
    pub use kubist;
}

use facade::kubist::prelude::{Deserialize, ObjectMeta, Resource, Schema, Serialize};

#[derive(Resource)]
#[resource(group = "example.com", version = "v1", scope = Cluster, crate = crate::facade::kubist)]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Serialize, Deserialize, Schema)]
#[schema(crate = crate::facade::kubist)]
pub struct Spec {
    bucket: String,
}

fn main() {
    let _ = Website::crd();
}
