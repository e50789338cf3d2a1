use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(minimum = 5, maximum = 1)]
    replicas: i32,
}

fn main() {}
