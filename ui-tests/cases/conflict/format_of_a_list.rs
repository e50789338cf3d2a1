use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(format = "email")]
    contacts: Vec<String>,
}

fn main() {}
