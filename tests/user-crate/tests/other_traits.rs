//! The traits of `kube` and `k8s-openapi` stand beside ours, and no method call is ambiguous.
#![deny(warnings)]

use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::{Metadata as _, Resource as _};
use kube::{Resource as _, ResourceExt as _};
use kubist::prelude::*;

#[test]
fn three_crates_traits_are_imported_together() {
    let mut pod = Pod::default();
    pod.object_meta_mut().name = Some("front".to_owned());
    assert_eq!(pod.object_key().name(), "front");
    assert_eq!(pod.name_any(), "front");
    assert_eq!(k8s_openapi::Metadata::metadata(&pod).name, pod.object_meta().name);
    assert_eq!(<Pod as kubist::resource::Resource>::META.kind, <Pod as k8s_openapi::Resource>::KIND);
}
