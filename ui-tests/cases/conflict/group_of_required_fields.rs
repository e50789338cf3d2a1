use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(exactly_one_of(bucket, image))]
struct Source {
    bucket: String,
    image: Option<String>,
}

fn main() {}
