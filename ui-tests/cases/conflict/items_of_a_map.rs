use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(max_items = 3)]
    labels: BTreeMap<String, String>,
}

fn main() {}
