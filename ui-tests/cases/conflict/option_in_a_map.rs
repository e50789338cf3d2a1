use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    tags: std::collections::BTreeMap<String, Option<String>>,
}

fn main() {}
