use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    name: String,
    #[serde(flatten)]
    more: BTreeMap<String, i32>,
}

fn main() {}
