use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[serde(skip_serializing)]
    secret: String,
}

fn main() {}
