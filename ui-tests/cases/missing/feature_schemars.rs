use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(schemars)]
    limits: Limits,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Limits {
    cpu: i32,
}

fn main() {}
