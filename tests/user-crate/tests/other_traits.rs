//! The traits of `kube` and `k8s-openapi` stand beside ours, and no method call is ambiguous.
#![deny(warnings)]

use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::{Metadata as _, Resource as _};
use kube::{Resource as _, ResourceExt as _};
use kubist::prelude::*;

#[test]
fn the_traits_of_three_crates_are_used_together() {
    let mut pod = Pod::default();
    pod.object_meta_mut().name = Some("front".to_owned());
    assert_eq!(pod.object_key().name(), "front");
    assert_eq!(pod.name_any(), "front");
    assert_eq!(pod.meta(), pod.metadata());
    assert_eq!(pod.object_meta(), pod.metadata());
    assert_eq!(<Pod as Resource>::META.kind, Pod::KIND);
}
