use std::collections::BTreeSet;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    ports: BTreeSet<Port>,
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Schema)]
struct Port {
    name: String,
}

fn main() {}
