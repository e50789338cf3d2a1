use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "type")]
enum Source {
    A { x: i32, y: i128 },
    B { x: String },
    #[serde(rename = "A")]
    C { z: () },
}

fn main() {}
