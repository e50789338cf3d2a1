use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(nullable = true)]
    bucket: Option<String>,
}

fn main() {}
