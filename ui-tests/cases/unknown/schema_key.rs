use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(min = 1)]
    replicas: i32,
}

fn main() {}
