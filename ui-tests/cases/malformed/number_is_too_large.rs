use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(maximum = 1e400)]
    ratio: f64,
    #[schema(maximum = 18446744073709551615)]
    bytes: u64,
}

fn main() {}
