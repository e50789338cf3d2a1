use kubist::k8s_openapi::api::apps::v1::{Deployment, DeploymentStatus};
use kubist::prelude::*;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    spec: ShopSpec,
    extra: Extra,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopSpec {
    doors: i32,
    yard: Yard,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Yard {
    trees: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Extra {
    lamps: i32,
}

fn main() {
    let _ = ShopSpecApply::new().doors("three");
    let _ = apply!(Deployment { spec: { replcas: 3, paused: "yes" } });
    let _ = apply!(DeploymentStatus);
}
