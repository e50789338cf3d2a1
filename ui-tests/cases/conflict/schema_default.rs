use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(default = 5)]
    replicas: i32,
}

fn main() {}
