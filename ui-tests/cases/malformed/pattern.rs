use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(pattern = "^(abc")]
    bucket: String,
    #[schema(pattern = "^(?!a)b$")]
    name: String,
}

fn main() {}
