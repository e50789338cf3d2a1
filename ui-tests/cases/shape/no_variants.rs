use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Spec {}

fn main() {}
