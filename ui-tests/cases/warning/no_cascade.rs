#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, index(bucket = spec.bucket))]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Spec {
    bucket: String,
    ratio: f64,
}

fn main() {
    let site = Website::new("front", Spec { bucket: String::new(), ratio: 0.5 });
    let _ = (site.object_key(), Website::crd(), Website::BY_BUCKET, site.spec.ratio);
    let _: (Option<WebsiteApi>, Option<WebsiteInformer>, Option<WebsiteLister>) = (None, None, None);
}
