use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(map = shared)]
    labels: BTreeMap<String, String>,
}

fn main() {}
