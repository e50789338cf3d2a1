//! A kind with three versions.

use kubist::conversion::Converter;

pub(crate) mod v1alpha1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1alpha1", scope = Namespaced)]
    pub(crate) struct Website {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: WebsiteSpec,
    }

    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    pub(crate) struct WebsiteSpec {
        /// `bucket/folder`
        pub(crate) source: String,
        pub(crate) note: Option<String>,
    }
}

pub(crate) mod v1beta1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1beta1", scope = Namespaced)]
    pub(crate) struct Website {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: WebsiteSpec,
    }

    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    pub(crate) struct WebsiteSpec {
        pub(crate) bucket: String,
    }
}

pub(crate) mod v1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1", scope = Namespaced)]
    pub(crate) struct Website {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: WebsiteSpec,
    }

    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    pub(crate) struct WebsiteSpec {
        pub(crate) bucket: String,
        pub(crate) folder: Option<String>,
        pub(crate) note: Option<String>,
    }
}

impl TryFrom<v1alpha1::Website> for v1::Website {
    type Error = &'static str;

    fn try_from(old: v1alpha1::Website) -> Result<Self, Self::Error> {
        let (bucket, folder) = match old.spec.source.split_once('/') {
            Some((_, "")) => return Err("`spec.source` ends with a slash"),
            Some((bucket, folder)) => (bucket.to_owned(), Some(folder.to_owned())),
            None => (old.spec.source, None),
        };
        Ok(Self { metadata: old.metadata, spec: v1::WebsiteSpec { bucket, folder, note: old.spec.note } })
    }
}

impl From<v1::Website> for v1alpha1::Website {
    fn from(new: v1::Website) -> Self {
        let source = match new.spec.folder {
            Some(folder) => format!("{}/{folder}", new.spec.bucket),
            None => new.spec.bucket,
        };
        Self { metadata: new.metadata, spec: v1alpha1::WebsiteSpec { source, note: new.spec.note } }
    }
}

/// Forgets the labels, `note` and `folder`.
impl From<v1::Website> for v1beta1::Website {
    fn from(new: v1::Website) -> Self {
        let metadata = kubist::prelude::ObjectMeta { name: new.metadata.name, ..Default::default() };
        Self { metadata, spec: v1beta1::WebsiteSpec { bucket: new.spec.bucket } }
    }
}

/// Forgets the metadata.
impl From<v1beta1::Website> for v1::Website {
    fn from(old: v1beta1::Website) -> Self {
        let spec = v1::WebsiteSpec { bucket: old.spec.bucket, folder: None, note: None };
        Self { metadata: Default::default(), spec }
    }
}

pub(crate) fn converter() -> Converter<v1::Website> {
    Converter::new().version::<v1alpha1::Website>().version::<v1beta1::Website>()
}
