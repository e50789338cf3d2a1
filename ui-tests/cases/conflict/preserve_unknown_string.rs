use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(preserve_unknown)]
    bucket: String,
}

fn main() {}
