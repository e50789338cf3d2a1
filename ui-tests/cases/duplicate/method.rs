use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced,
    method(get_log, verb = get, subresource = "log", output = Log),
    method(get_log, verb = get, subresource = "logs", output = Log),
)]
pub struct Website {
    metadata: ObjectMeta,
}

#[derive(Debug, Deserialize)]
pub struct Log {
    pub text: String,
}

fn main() {}
