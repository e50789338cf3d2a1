use kubist::prelude::*;
use kubist::rest::ApplyParams;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    spec: ShopSpec,
    status: Option<ShopStatus>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct ShopSpec {
    doors: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopStatus {
    open: i32,
}

async fn run(shops: Api<Shop>, me: ApplyParams) -> kubist::Result<()> {
    let part = ShopApply::new("front").label("a", "b").annotation("c", "d");
    let stored = shops.apply("front", part.clone(), &me).await?;
    let mine = ShopApply::extract(&stored, "me")?;
    assert!(mine == part, "{mine:?}");
    shops.apply("front", &mine, &me).await?;
    shops.apply_status("front", ShopStatusApply::new().open(1), &me).await?;
    Ok(())
}

fn main() {}
