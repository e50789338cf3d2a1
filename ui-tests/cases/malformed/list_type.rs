use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(list = bag)]
    tags: Vec<String>,
}

fn main() {}
