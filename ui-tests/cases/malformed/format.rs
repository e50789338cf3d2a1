use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(format = "emial")]
    contact: String,
}

fn main() {}
