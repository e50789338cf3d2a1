use std::collections::BTreeMap;

use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(rule("self.levels['low'] > 0"))]
struct Spec {
    levels: BTreeMap<Level, i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
enum Level {
    Low,
    High,
}

fn main() {}
