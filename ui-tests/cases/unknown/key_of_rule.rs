use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(rule("self != ''", mesage = "must not be empty"))]
    bucket: String,
}

fn main() {}
