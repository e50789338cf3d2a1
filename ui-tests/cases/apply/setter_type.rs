use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopSpec {
    doors: i32,
    names: Vec<String>,
}

fn main() {
    let _ = ShopSpecApply::new().doors("three").names([1]);
}
