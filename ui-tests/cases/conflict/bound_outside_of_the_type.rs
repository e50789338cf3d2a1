use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(maximum = 1000)]
    small: u8,
    #[schema(minimum = -1)]
    count: u32,
}

fn main() {}
