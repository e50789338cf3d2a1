use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "Foo_Bar", version = "v1alfa1", scope = namespaced, kind = "foo", plural = "My Foos",
    short = "Web", column("", spec.bucket), index(spec.bucket))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    #[schema(pattern = "^(abc")]
    bucket: String,
    #[schema(minimum = "1", maximum = 1e400)]
    replicas: i32,
}

fn main() {}
