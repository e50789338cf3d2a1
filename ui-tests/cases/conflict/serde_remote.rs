use kubist::prelude::*;

struct Timeout {
    secs: u64,
}

#[derive(Serialize, Deserialize, Schema)]
#[serde(remote = "Timeout")]
struct Wait {
    secs: u64,
}

fn main() {}
