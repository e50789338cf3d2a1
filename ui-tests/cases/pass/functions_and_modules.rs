// Kinds inside of functions, blocks and modules, in any visibility, with types from the modules around.
#![deny(warnings)]

mod outer {
    pub mod inner {
        use kubist::prelude::*;

        #[derive(Clone, Debug, Resource)]
        #[resource(group = "example.com", version = "v1", scope = Namespaced, index(bucket = spec.bucket))]
        pub(in crate::outer) struct Website {
            pub(super) metadata: ObjectMeta,
            pub(super) spec: super::Spec,
        }
    }

    #[derive(Clone, Debug, kubist::prelude::Serialize, kubist::prelude::Deserialize, kubist::Schema)]
    pub struct Spec {
        pub bucket: String,
    }

    pub fn names() -> Option<String> {
        let site = inner::Website::new("front", Spec { bucket: "gs://a".to_owned() });
        let _ = inner::Website::BY_BUCKET;
        let _: Option<(inner::WebsiteApi, inner::WebsiteInformer, inner::WebsiteLister)> = None;
        assert_eq!(site.spec.bucket, "gs://a");
        site.metadata.name
    }
}

fn main() {
    use kubist::prelude::*;

    assert_eq!(outer::names().as_deref(), Some("front"));

    #[derive(Clone, Debug, PartialEq, Resource)]
    #[resource(
        group = "example.com", version = "v1", scope = Cluster,
        scale(replicas = spec.replicas, ready = status?.ready),
        column("Mode", spec.mode),
        index(mode = spec.mode),
    )]
    struct Backup {
        metadata: ObjectMeta,
        spec: Spec,
        status: Option<Status>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
    struct Spec {
        #[serde(default = "one")]
        #[schema(minimum = 0)]
        replicas: i32,
        mode: Mode,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema)]
    enum Mode {
        Full,
        Quick,
    }

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema)]
    #[serde(default)]
    struct Status {
        ready: i32,
    }

    fn one() -> i32 {
        1
    }

    let backups = [Mode::Full, Mode::Quick].map(|mode| Backup::new("b", Spec { replicas: one(), mode }));
    assert_ne!(backups[0], backups[1]);
    assert_eq!(Backup::crd().spec.scope, "Cluster");

    if true {
        // The same name in another block is another kind.
        #[derive(Resource)]
        #[resource(group = "example.com", version = "v1", scope = Namespaced)]
        struct Backup {
            metadata: ObjectMeta,
        }
        assert_eq!(Backup::crd().spec.scope, "Namespaced");
        assert_eq!(Backup::new("b").metadata.name.as_deref(), Some("b"));
    }
}
