use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(untagged)]
enum Source {
    Flag(bool),
    Number(i32),
}

fn main() {}
