use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(multiple_of = 0)]
    replicas: i32,
}

fn main() {}
