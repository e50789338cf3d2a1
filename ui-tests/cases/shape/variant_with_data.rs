use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Spec {
    Empty,
    Bucket(String),
}

fn main() {}
