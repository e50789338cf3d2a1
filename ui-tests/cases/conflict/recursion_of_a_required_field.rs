use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Tree {
    #[schema(recursion(depth = 3))]
    children: Vec<Tree>,
}

fn main() {}
