use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Phase {
    #[schema(pattern = "a")]
    Up,
}

fn main() {}
