#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[serde(alias = "old")]
    bucket: String,
}

fn main() {}
