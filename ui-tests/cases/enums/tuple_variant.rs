use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Source {
    Pair(String, bool),
    Bucket(Bucket),
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Bucket {
    name: String,
}

fn main() {}
