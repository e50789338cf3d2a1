use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(map = atomic)]
    tags: Vec<String>,
}

fn main() {}
