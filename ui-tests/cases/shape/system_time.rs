use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    since: std::time::SystemTime,
}

fn main() {}
