use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(repr)]
enum Level {
    Low,
    High(i32),
}

fn main() {}
