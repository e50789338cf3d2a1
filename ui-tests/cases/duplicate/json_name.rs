use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    #[serde(rename = "bucket", default)]
    pail: String,
}

fn main() {}
