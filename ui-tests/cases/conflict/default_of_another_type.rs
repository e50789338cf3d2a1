use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[serde(default = "text")]
    replicas: i32,
}

fn text() -> String {
    String::new()
}

fn main() {}
