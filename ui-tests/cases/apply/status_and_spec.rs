use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::*;
use kubist::rest::ApplyParams;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    spec: ShopSpec,
    status: Option<ShopStatus>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopSpec {
    doors: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopStatus {
    open: i32,
}

async fn run(shops: Api<Shop>, me: ApplyParams) -> kubist::Result<()> {
    ShopApply::new("front").status(ShopStatusApply::new());
    shops.apply("front", ShopStatusApply::new().open(1), &me).await?;
    shops.apply_status("front", ShopSpecApply::new().doors(1), &me).await?;
    shops.apply("front", apply!(Deployment { spec: { replicas: 3 } }), &me).await?;
    Ok(())
}

fn main() {}
