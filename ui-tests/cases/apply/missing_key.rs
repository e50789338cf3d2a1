use kubist::prelude::*;

#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Shop {
    metadata: ObjectMeta,
    spec: ShopSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct ShopSpec {
    #[schema(list = map(name, port))]
    doors: Vec<Door>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
struct Door {
    #[schema(key)]
    name: String,
    #[schema(key)]
    port: u16,
    open: bool,
}

fn main() {
    let _ = DoorApply::new("front").open(true);
    let _ = apply!(Shop { spec: { doors: [{ name: "front", open: true }] } });
}
