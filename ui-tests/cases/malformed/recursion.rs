use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Tree {
    #[serde(default)]
    #[schema(recursion(depth = 0))]
    children: Vec<Tree>,
}

fn main() {}
