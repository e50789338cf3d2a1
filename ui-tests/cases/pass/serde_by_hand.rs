// `serde = manual`: the derive leaves `Serialize` and `Deserialize` to the user.
#![deny(warnings)]

use kubist::prelude::*;
use kubist::resource::{ApiVersionOf, KindOf};
use kubist::serde::{Deserializer, Serializer};

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, serde = manual)]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    seen: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Spec {
    bucket: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default)]
    api_version: ApiVersionOf<Website>,
    #[serde(default)]
    kind: KindOf<Website>,
    metadata: ObjectMeta,
    spec: Spec,
}

impl Serialize for Website {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { metadata, spec, .. } = self.clone();
        Wire { api_version: Default::default(), kind: Default::default(), metadata, spec }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Website {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Wire { metadata, spec, .. } = Wire::deserialize(deserializer)?;
        Ok(Self { metadata, spec, seen: true })
    }
}

fn main() {
    let site = Website::new("front", Spec { bucket: "gs://a".to_owned() }, false);
    assert!(!site.seen);
    let _: Option<WebsiteApi> = None;
    assert_eq!(Website::crd().spec.names.kind, "Website");
}
