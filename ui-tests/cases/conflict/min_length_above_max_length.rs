use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(min_length = 5, max_length = 1)]
    bucket: String,
}

fn main() {}
