use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "name")]
enum Source {
    Bucket(Bucket),
    B { x: String },
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Bucket {
    name: String,
}

fn main() {}
