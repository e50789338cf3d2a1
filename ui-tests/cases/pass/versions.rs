//! `crd!` and the conversion in a program with strict lints: in a function, in another macro, with types of a function,
//! with raw identifiers and without the prelude.

#![deny(
    warnings,
    missing_docs,
    unused_qualifications,
    unreachable_pub,
    elided_lifetimes_in_paths,
    unused_results,
    missing_debug_implementations
)]
#![forbid(unsafe_code)]

use kubist::conversion::{ConversionWebhook, Converter, RoundTrip};
use kubist::crd::CustomResourceDefinition;
use kubist::versions::Version;

mod r#type {
    #[derive(Clone, Debug, kubist::Resource)]
    #[resource(group = "example.com", version = "v1alpha1", scope = Namespaced, storage = false)]
    pub(crate) struct Website {
        pub(crate) metadata: kubist::resource::ObjectMeta,
    }
}

mod v1 {
    #[derive(Clone, Debug, kubist::Resource)]
    #[resource(group = "example.com", version = "v1", scope = Namespaced)]
    pub(crate) struct Website {
        pub(crate) metadata: kubist::resource::ObjectMeta,
    }
}

impl From<r#type::Website> for v1::Website {
    fn from(old: r#type::Website) -> Self {
        Self { metadata: old.metadata }
    }
}

impl From<v1::Website> for r#type::Website {
    fn from(new: v1::Website) -> Self {
        Self { metadata: new.metadata }
    }
}

macro_rules! define {
    ($($version:ty),*) => { kubist::crd! { $($version),* } };
}

fn in_a_function() -> CustomResourceDefinition {
    #[derive(Clone, Debug, kubist::Resource)]
    #[resource(group = "example.com", version = "v1", scope = Cluster)]
    struct Local {
        metadata: kubist::resource::ObjectMeta,
    }
    let version = Version::of::<Local>();
    let crd = kubist::crd! { Local };
    assert_eq!(crd.spec.versions[0].name, version.name());
    crd
}

fn main() {
    let crd = kubist::crd! { r#type::Website, v1::Website };
    assert_eq!(define!(r#type::Website, v1::Website), crd);
    let converter = Converter::<v1::Website>::new().version::<r#type::Website>();
    assert!(converter.covers(&crd).is_ok());
    let crd = kubist::crd! { r#type::Website, v1::Website, conversion = ConversionWebhook::service("shop", "web") };
    assert!(crd.spec.conversion.is_some());
    assert_eq!(in_a_function().spec.names.kind, "Local");
    RoundTrip::<r#type::Website, v1::Website>::new().assert();
}
