//! A kind with two versions, once for each test that has it to itself.

/// `v1alpha1` has a source `bucket/folder` in one string, `v1` has two fields.
macro_rules! sites {
    ($name:ident, $kind:literal, $plural:literal) => {
        pub(crate) mod $name {
            pub(crate) mod v1alpha1 {
                use kubist::prelude::*;

                #[derive(Clone, Debug, Resource)]
                #[resource(
                    group = "v.example.com", version = "v1alpha1", kind = $kind, plural = $plural,
                    scope = Namespaced, storage = false, deprecated = "use v1",
                )]
                pub(crate) struct Site {
                    pub(crate) metadata: ObjectMeta,
                    pub(crate) spec: SiteSpec,
                }

                #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
                pub(crate) struct SiteSpec {
                    pub(crate) source: String,
                    pub(crate) note: Option<String>,
                }
            }

            pub(crate) mod v1 {
                use kubist::prelude::*;

                #[derive(Clone, Debug, Resource)]
                #[resource(group = "v.example.com", version = "v1", kind = $kind, plural = $plural, scope = Namespaced)]
                pub(crate) struct Site {
                    pub(crate) metadata: ObjectMeta,
                    pub(crate) spec: SiteSpec,
                }

                #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
                pub(crate) struct SiteSpec {
                    pub(crate) bucket: String,
                    pub(crate) folder: Option<String>,
                    pub(crate) note: Option<String>,
                }
            }

            impl TryFrom<v1alpha1::Site> for v1::Site {
                type Error = &'static str;

                fn try_from(old: v1alpha1::Site) -> Result<Self, Self::Error> {
                    let (bucket, folder) = match old.spec.source.split_once('/') {
                        Some((_, "")) => return Err("`spec.source` ends with a slash"),
                        Some((bucket, folder)) => (bucket.to_owned(), Some(folder.to_owned())),
                        None => (old.spec.source, None),
                    };
                    Ok(Self { metadata: old.metadata, spec: v1::SiteSpec { bucket, folder, note: old.spec.note } })
                }
            }

            impl From<v1::Site> for v1alpha1::Site {
                fn from(new: v1::Site) -> Self {
                    let source = match new.spec.folder {
                        Some(folder) => format!("{}/{folder}", new.spec.bucket),
                        None => new.spec.bucket,
                    };
                    Self { metadata: new.metadata, spec: v1alpha1::SiteSpec { source, note: new.spec.note } }
                }
            }
        }
    };
}

sites!(served, "Served", "serveds");
sites!(converted, "Converted", "converteds");
sites!(migrated, "Migrated", "migrateds");

/// Two versions that differ in their names alone: no webhook is needed.
macro_rules! plain {
    ($version:ident, $name:literal $(, $key:ident = $value:expr)*) => {
        pub(crate) mod $version {
            use kubist::prelude::*;

            #[derive(Clone, Debug, Resource)]
            #[resource(group = "v.example.com", version = $name, scope = Namespaced $(, $key = $value)*)]
            pub(crate) struct Plain {
                pub(crate) metadata: ObjectMeta,
                pub(crate) text: String,
            }
        }
    };
}

pub(crate) mod plain {
    plain!(v1alpha1, "v1alpha1", storage = false);
    plain!(v1, "v1");
}
