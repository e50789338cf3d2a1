use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(keys(pattern = "^a"))]
    ports: Vec<i32>,
}

fn main() {}
