use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(exactly_one_of(bucket, image))]
struct Source {
    #[serde(rename = "$bucket")]
    bucket: Option<String>,
    image: Option<String>,
}

fn main() {}
