use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "type", content = "value")]
enum Source {
    Flag(bool),
    Bucket(Bucket),
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Bucket {
    name: String,
}

fn main() {}
