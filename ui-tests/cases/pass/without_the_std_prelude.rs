// Another crate may turn the prelude off, and call its own things `core`, `std` and `Option`.
#![no_implicit_prelude]
#![deny(warnings)]

#[allow(dead_code)]
mod core {}
#[allow(dead_code)]
mod std {}
#[allow(dead_code)]
struct Option;

#[derive(::kubist::prelude::Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced,
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Ready", status?.ready), index(bucket = spec.bucket),
)]
pub struct Website {
    metadata: ::kubist::prelude::ObjectMeta,
    spec: Spec,
    status: ::std::option::Option<Status>,
}

#[derive(::kubist::prelude::Serialize, ::kubist::prelude::Deserialize, ::kubist::prelude::Schema)]
pub struct Spec {
    bucket: ::std::string::String,
    replicas: i32,
}

#[derive(::std::default::Default, ::kubist::prelude::Serialize, ::kubist::prelude::Deserialize, ::kubist::prelude::Schema)]
#[serde(default)]
pub struct Status {
    ready: i32,
}

fn main() {
    let _ = Website::crd();
}
