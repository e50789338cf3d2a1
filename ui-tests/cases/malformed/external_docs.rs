use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(external_docs("https://example.com"))]
    bucket: String,
}

fn main() {}
