use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Source {
    Empty,
    Bucket(Bucket),
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Bucket {
    name: String,
}

fn main() {}
