use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(minimum = 1)]
struct Spec {
    replicas: i32,
}

fn main() {}
