use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(untagged)]
enum Source {
    Name(String),
    Bucket(Bucket),
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Bucket {
    name: String,
}

fn main() {}
