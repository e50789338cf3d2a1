use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(max_properties = 3)]
    bucket: String,
}

fn main() {}
