use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(items(patern = "^a"))]
    tags: Vec<String>,
}

fn main() {}
