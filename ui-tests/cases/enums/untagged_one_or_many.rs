use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(untagged)]
enum Source {
    One(String),
    Many(Vec<String>),
}

fn main() {}
