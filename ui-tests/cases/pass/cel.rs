use std::collections::{BTreeMap, BTreeSet};

use kubist::k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com",
    version = "v1",
    scope = Namespaced,
    rule("self.metadata.name.size() < 20 && self.kind == 'Website' && self.apiVersion.startsWith('example')"),
    rule("!has(self.status) || self.status.readyReplicas <= self.spec.replicas", field_path = status?.ready_replicas)
)]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Status>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[schema(
    rule("self.min <= self.max", message = "min is at most max", reason = FieldValueForbidden, field_path = min),
    rule("self.ports.all(p, p.name in self.labels && p.port > 0)"),
    rule("self.ports.exists_one(p, p.name == 'http')", message_expression = "'%d ports'.format([self.ports.size()])"),
    rule("self.labels.all(k, v, k.size() < 5 && v.matches(r'^\\w+$'))"),
    rule("self.labels['app'] == self.labels.app"),
    rule("self.__namespace__ == self.max__dash__age.a"),
    rule("oldSelf.hasValue() || self.max > 1", optional_old_self),
    rule("oldSelf.optMap(o, o.max).orValue(0) < self.max", optional_old_self),
    rule("has(self.note) && self.?note.orValue('') != ''"),
    rule("self.mode in ['a', 'b'] && quantity(self.size).isLessThan(quantity('1Gi'))"),
    rule("self.tags.size() > 1 || self.tags == oldSelf.tags"),
    rule("type(self.either) == int ? self.either > 1 : string(self.either).endsWith('%')"),
    rule("self.shape.circle.radius > 1 || has(self.shape.square)")
)]
#[serde(rename_all = "camelCase")]
pub struct Spec {
    #[schema(rule("self >= 0"))]
    min: i32,
    max: i32,
    replicas: i32,
    ports: Vec<Port>,
    #[schema(values(rule("self != ''")))]
    labels: BTreeMap<String, String>,
    namespace: String,
    #[serde(rename = "max-age")]
    max_age: Age,
    #[schema(rule("self == oldSelf"))]
    note: Option<String>,
    mode: String,
    size: String,
    #[schema(items(rule("self.size() > 0")))]
    tags: BTreeSet<String>,
    either: IntOrString,
    shape: Shape,
    #[schema(items(rule("self.port == oldSelf.port")))]
    more: Vec<Port>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Age {
    a: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Port {
    #[schema(key)]
    name: String,
    port: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    Circle { radius: i32 },
    Square { side: i32 },
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    ready_replicas: i32,
}

fn main() {
    let _ = Website::crd();
}
