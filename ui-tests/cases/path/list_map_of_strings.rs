use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(list = map(name))]
    tags: Vec<String>,
}

fn main() {}
