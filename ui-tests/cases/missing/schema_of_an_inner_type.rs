use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    limits: Limits,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Limits {
    cpu: i32,
}

fn main() {}
