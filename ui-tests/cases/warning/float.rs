#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    ratio: f64,
}

fn main() {}
