use kubist::k8s_openapi::api::apps::v1::{Deployment, DeploymentStatus};
use kubist::prelude::*;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    extra: Extra,
    spec: ShopSpec,
    more: Extra,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopSpec {
    #[schema(list = map(name))]
    doors: Vec<Door>,
    trees: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct Door {
    name: String,
    lamp: Lamp,
    open: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Extra {
    lamps: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Lamp {
    watts: i32,
}

fn main() {
    let _ = ShopSpecApply::new().trees("three");
    let _ = apply!(Deployment { spec: { replcas: 3, paused: "yes" } });
    let _ = apply!(DeploymentStatus);
}
