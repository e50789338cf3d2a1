use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(values(minimum = 1))]
    ports: Vec<i32>,
}

fn main() {}
