use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Phase {
    Up,
    #[serde(rename = "Up")]
    Down,
}

fn main() {}
