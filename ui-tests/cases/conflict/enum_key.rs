use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(enum = "fast")]
    mode: String,
}

fn main() {}
