// Fields, variants and attributes that are only there under a condition.
#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug)]
#[cfg_attr(all(), derive(Resource))]
#[cfg_attr(all(), resource(group = "example.com", version = "v1", scope = Namespaced))]
#[cfg_attr(any(), resource(scope = Cluster))]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    #[cfg(all())]
    status: Option<Status>,
    #[cfg(any())]
    status: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Spec {
    #[cfg_attr(all(), schema(pattern = "^gs://"))]
    #[cfg_attr(any(), schema(patern = "^gs://"))]
    bucket: String,
    #[cfg(not(any()))]
    #[cfg_attr(all(), serde(default, rename = "count"))]
    #[cfg_attr(all(), doc = "How many.")]
    replicas: i32,
    #[cfg(any())]
    absent: NoSuchType,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, Schema)]
pub enum Mode {
    Full,
    #[cfg(any())]
    Absent,
    #[cfg(all())]
    Quick,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(default)]
pub struct Status {
    ready: i32,
}

fn main() {
    let yaml = kubist::crd::to_yaml(&[Website::crd()]);
    assert!(yaml.contains("scope: Namespaced") && yaml.contains("status: {}"), "{yaml}");
    assert!(yaml.contains("pattern: ^gs://") && yaml.contains("description: How many."), "{yaml}");
    assert!(yaml.contains("count:") && yaml.contains("- Quick"), "{yaml}");
    assert!(!yaml.contains("bsent"), "{yaml}");
    let _ = (Mode::Full, Mode::Quick);
    let _ = Website::new("a", Spec { bucket: "gs://a".to_owned(), replicas: 1, mode: Mode::Full }).status;
}
