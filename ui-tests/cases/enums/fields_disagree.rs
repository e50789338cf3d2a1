use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "type")]
enum Source {
    A { x: i32 },
    B { x: String },
}

fn main() {}
