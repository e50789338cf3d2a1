use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(minimum = 1, exclusive_minimum = 0)]
    replicas: i32,
}

fn main() {}
