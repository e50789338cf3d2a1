use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(example = "{")]
    limits: Limits,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Limits {
    cpu: i32,
}

fn main() {}
