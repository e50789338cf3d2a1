use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(maximum = 5)]
    bucket: String,
}

fn main() {}
