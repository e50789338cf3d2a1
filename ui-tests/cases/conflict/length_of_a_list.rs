use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(min_length = 1)]
    tags: Vec<String>,
}

fn main() {}
