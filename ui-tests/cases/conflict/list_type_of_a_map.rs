use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(list = set)]
    labels: BTreeMap<String, String>,
}

fn main() {}
