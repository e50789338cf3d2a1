use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    pairs: BTreeMap<(i32, i32), String>,
}

fn main() {}
