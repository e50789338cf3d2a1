use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(with = "String")]
    bucket: String,
}

fn main() {}
