use kubist::prelude::*;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    spec: ShopSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct ShopSpec {
    doors: i32,
}

fn main() {}
