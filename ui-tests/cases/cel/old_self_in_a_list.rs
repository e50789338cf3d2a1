use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(items(rule("self == oldSelf")))]
    tags: Vec<String>,
}

fn main() {}
