use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(pattern = "^a")]
    replicas: i32,
}

fn main() {}
