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
enum Source {
    Empty,
    Image { name: String },
}

fn main() {
    let site = Website::new("front", Spec { bucket: String::new(), replicas: 1, source: Source::Empty });
    let _ = (site.object_key(), Website::crd(), Website::BY_BUCKET);
    let _: (Option<WebsiteApi>, Option<WebsiteInformer>, Option<WebsiteLister>) = (None, None, None);
}
