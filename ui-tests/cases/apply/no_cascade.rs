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
    #[schema(list = map(name))]
    doors: Vec<Door>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct Door {
    name: String,
    open: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopStatus {
    open: i32,
}

async fn run(shops: Api<Shop>, me: ApplyParams) -> kubist::Result<()> {
    let doors = vec![Door { name: "front".to_owned(), open: true }];
    let part = ShopApply::new("front").label("a", "b").spec(ShopSpecApply::new().doors(doors));
    let stored = shops.apply("front", part.clone(), &me).await?;
    let mine = ShopApply::extract(&stored, "me")?;
    assert!(mine == part, "{mine:?}");
    shops.apply("front", &mine, &me).await?;
    shops.apply_status("front", ShopStatusApply::new().open(1), &me).await?;
    shops.apply("front", apply!(Shop { spec: { doors: [{ name: "front", open: false }] } }), &me).await?;
    Ok(())
}

fn main() {}
