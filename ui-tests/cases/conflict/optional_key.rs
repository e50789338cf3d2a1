use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(optional)]
    bucket: Option<String>,
}

fn main() {}
