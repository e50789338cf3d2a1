use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, index(bucket = spec.bucket))]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
    replicas: i32,
    source: Source,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(tag = "kind")]
enum Source {
    A { kind: String },
    B { x: String },
}

fn main() {
    let source = Source::B { x: String::new() };
    let site = Website::new("front", Spec { bucket: String::new(), replicas: 1, source });
    let _ = (site.object_key(), Website::crd(), Website::BY_BUCKET);
    let _: (Option<WebsiteApi>, Option<WebsiteInformer>, Option<WebsiteLister>) = (None, None, None);
}
