use kubist::apply::Partial;
use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::k8s_openapi::api::core::v1::Pod;
use kubist::prelude::*;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    spec: ShopSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopSpec {
    doors: i32,
}

fn extract(pod: Pod) {
    let _ = ShopApply::extract(&pod, "me");
    let _ = Partial::<Deployment>::extract(&pod, "me");
}

fn main() {}
