use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(items(pattern = "^a"))]
    bucket: String,
}

fn main() {}
