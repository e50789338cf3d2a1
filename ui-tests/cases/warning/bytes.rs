#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    data: Vec<u8>,
}

fn main() {}
