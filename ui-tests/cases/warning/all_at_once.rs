#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    ratio: f64,
    data: Vec<u8>,
    #[serde(alias = "old")]
    bucket: String,
}

fn main() {}
