use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Website {
    metadata: String,
    kind: String,
    spec: Spec<'static>,
    status: Status,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec<'a> {
    bucket: &'a str,
    more: Option<Box<Spec<'a>>>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
enum Status {}

fn main() {}
