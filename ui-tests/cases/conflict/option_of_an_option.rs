use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    owner: Option<Option<String>>,
}

fn main() {}
