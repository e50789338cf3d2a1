use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Marker;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    marker: Marker,
}

fn main() {}
