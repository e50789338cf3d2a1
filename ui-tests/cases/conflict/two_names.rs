use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[serde(rename(serialize = "bucket", deserialize = "bucketName"))]
    bucket: String,
}

fn main() {}
