use kubist::prelude::*;

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

fn main() {}
