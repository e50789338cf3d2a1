//! A custom kind, its traits written by hand.

use kubist::apply::StatusOf;
use kubist::resource::{
    Allows, ApiVersionOf, HasScale, HasStatus, KindOf, Listable, Namespaced, Object, ObjectMeta, Resource,
    ResourceMeta, Scope,
};
use kubist::schema::{Node, Schema, Shape};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Website {
    #[serde(default)]
    api_version: ApiVersionOf<Self>,
    #[serde(default)]
    kind: KindOf<Self>,
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: WebsiteSpec,
    pub(crate) status: Option<WebsiteStatus>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct WebsiteSpec {
    pub(crate) bucket: String,
    pub(crate) replicas: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct WebsiteStatus {
    pub(crate) ready: i32,
}

impl Website {
    pub(crate) fn new(name: &str, bucket: &str) -> Self {
        let mut site = Self::default();
        site.metadata.name = Some(name.to_owned());
        site.spec.bucket = bucket.to_owned();
        site
    }
}

impl Schema for Website {
    const SCHEMA: &'static Node = &Node::new(Shape::Object("Website", &[]));
}

impl Object for Website {
    fn object_meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn object_meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

impl<V> Allows<V> for Website {}

impl Resource for Website {
    const META: ResourceMeta =
        ResourceMeta::new("example.com", "v1", "Website", "websites", Scope::Namespaced).schema(Self::SCHEMA);
}

impl Namespaced for Website {}
impl Listable for Website {}
impl HasStatus for Website {}

impl StatusOf<WebsiteStatus> for Website {}
impl HasScale for Website {}
