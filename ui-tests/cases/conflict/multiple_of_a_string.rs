use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(multiple_of = 2)]
    bucket: String,
}

fn main() {}
