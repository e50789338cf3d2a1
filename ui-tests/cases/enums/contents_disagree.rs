use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "type")]
enum Source {
    Small(Small),
    Large(Large),
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Small {
    size: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Large {
    size: String,
}

fn main() {}
