// Everything that the derives write is clean under the strictest lints of the user's crate.
#![deny(warnings, missing_docs, unused_qualifications, unreachable_pub, missing_debug_implementations)]
#![deny(elided_lifetimes_in_paths, single_use_lifetimes, unused_results, unused_lifetimes, let_underscore_drop)]
//! A crate with strict lints.

use kubist::prelude::*;

/// A site.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced,
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Ready", status?.ready), index(bucket = spec.bucket, phase = spec.phase),
)]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Status>,
}

/// What is wanted.
#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Spec {
    #[schema(pattern = "^gs://")]
    bucket: String,
    #[serde(default)]
    #[schema(minimum = 0)]
    replicas: i32,
    phase: Phase,
    #[serde(default)]
    wrapped: Wrapper<String>,
}

/// A phase.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Schema)]
pub enum Phase {
    /// Up.
    Up,
    /// Down.
    Down,
}

/// A generic struct.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
pub struct Wrapper<T> {
    inner: Option<T>,
}

/// What is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(default)]
pub struct Status {
    ready: i32,
}

fn main() {
    let crd = Website::crd();
    assert_eq!(crd.spec.group, "example.com");
}
