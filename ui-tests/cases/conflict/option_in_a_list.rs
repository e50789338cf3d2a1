use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    tags: Vec<Option<String>>,
}

fn main() {}
