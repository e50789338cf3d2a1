use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(exactly_one_of(bucket, imag))]
struct Source {
    bucket: Option<String>,
    image: Option<String>,
}

fn main() {}
