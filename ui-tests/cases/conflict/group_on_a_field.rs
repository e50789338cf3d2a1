use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(exactly_one_of(a, b))]
    bucket: String,
}

fn main() {}
