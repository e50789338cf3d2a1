//! The kind that the tests use: the one of the front page.

use kubist::prelude::*;

/// A web site served from a bucket.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "web", category = "all",
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Desired", spec.replicas),
    column("Ready", status?.ready),
    index(bucket = spec.bucket),
)]
pub(crate) struct Website {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: WebsiteSpec,
    pub(crate) status: Option<WebsiteStatus>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebsiteSpec {
    /// Where the pages are.
    #[schema(pattern = "^gs://")]
    pub(crate) bucket: String,
    #[serde(default = "one")]
    #[schema(minimum = 0, maximum = 100)]
    pub(crate) replicas: i32,
    pub(crate) owner: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WebsiteStatus {
    pub(crate) ready: i32,
    pub(crate) conditions: Vec<Condition>,
}

fn one() -> i32 {
    1
}

pub(crate) fn website(name: &str, bucket: &str, replicas: i32) -> Website {
    Website::new(name, WebsiteSpec { bucket: bucket.into(), replicas, owner: None })
}
