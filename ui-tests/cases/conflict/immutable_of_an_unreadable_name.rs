use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Source {
    #[serde(rename = "the bucket")]
    #[schema(immutable)]
    bucket: Option<String>,
    #[serde(rename = "the image")]
    #[schema(immutable)]
    image: String,
}

fn main() {}
