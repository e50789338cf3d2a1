use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    #[serde(flatten)]
    common: Common,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Common {
    bucket: i32,
}

fn main() {}
