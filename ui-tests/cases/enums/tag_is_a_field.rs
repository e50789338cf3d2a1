use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "kind")]
enum Source {
    A { kind: String },
    B { x: String },
}

fn main() {}
