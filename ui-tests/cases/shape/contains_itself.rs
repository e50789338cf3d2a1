use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Tree {
    children: Vec<Tree>,
}

fn main() {}
