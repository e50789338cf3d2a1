use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(list = set)]
    ports: Vec<Port>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Port {
    name: String,
    number: Option<i32>,
    target: Target,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Target {
    host: String,
}

fn main() {}
