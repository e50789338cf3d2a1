//! A crate with every lint on: what `derive(Apply)` and `apply!` write is clean under all of them.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    unnameable_types
)]
#![deny(elided_lifetimes_in_paths, explicit_outlives_requirements, let_underscore_drop, single_use_lifetimes)]
#![deny(
    trivial_casts,
    trivial_numeric_casts,
    unsafe_code,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications
)]
#![deny(
    unused_results,
    variant_size_differences,
    ambiguous_negative_literals,
    redundant_lifetimes,
    unit_bindings
)]
#![deny(
    macro_use_extern_crate,
    meta_variable_misuse,
    non_ascii_idents,
    keyword_idents_2024,
    redundant_imports
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![allow(
    clippy::multiple_crate_versions,
    clippy::cargo_common_metadata,
    reason = "of the crate, not of what is written"
)]
// What a crate may forbid itself out of `clippy::restriction`.
#![deny(
    clippy::absolute_paths,
    clippy::as_conversions,
    clippy::clone_on_ref_ptr,
    clippy::default_numeric_fallback,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::if_then_some_else_none,
    clippy::indexing_slicing,
    clippy::min_ident_chars,
    clippy::missing_docs_in_private_items,
    clippy::missing_inline_in_public_items,
    clippy::panic,
    clippy::panic_in_result_fn,
    clippy::partial_pub_fields,
    clippy::pub_use,
    clippy::question_mark_used,
    clippy::ref_patterns,
    clippy::same_name_method,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::single_call_fn,
    clippy::single_char_lifetime_names,
    clippy::str_to_string,
    clippy::string_slice,
    clippy::todo,
    clippy::undocumented_unsafe_blocks,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm
)]
#![allow(clippy::blanket_clippy_restriction_lints, reason = "each is named")]

use std::collections::BTreeMap;

use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::{Apply, Condition, Deserialize, ObjectMeta, Resource, Schema, Serialize, apply};

/// A site.
#[derive(Clone, Debug, PartialEq, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
#[non_exhaustive]
pub struct Website {
    /// Its name.
    pub metadata: ObjectMeta,
    /// What is wanted.
    pub spec: Spec,
    /// What is there.
    pub status: Option<Status>,
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Schema, Apply)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Spec {
    /// Where the pages are.
    pub bucket: String,
    /// How many.
    #[serde(default)]
    pub max_replicas: i32,
    /// In which phase.
    pub phase: Option<Phase>,
    /// Names.
    #[serde(default)]
    #[schema(list = map(name))]
    pub hosts: Vec<Host>,
    /// Labels.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// A phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Schema, Apply)]
#[non_exhaustive]
pub enum Phase {
    /// Up.
    #[default]
    Up,
    /// Down.
    Down,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Schema, Apply)]
#[non_exhaustive]
pub struct Host {
    /// The name.
    #[schema(key)]
    pub name: String,
    /// Whether it is encrypted.
    pub tls: Option<bool>,
}

/// What is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema, Apply)]
#[serde(default)]
#[non_exhaustive]
pub struct Status {
    /// How many are ready.
    pub ready: i32,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

#[test]
fn parts_are_clean_under_every_lint() {
    let site =
        WebsiteApply::new("front").spec(SpecApply::new().bucket("a").hosts([HostApply::new("a").tls(true)]));
    assert_eq!(site.spec.as_ref().and_then(|spec| spec.bucket.as_deref()), Some("a"));
    let status = StatusApply::new().ready(1_i32);
    assert_eq!(status.ready, Some(1_i32));
    let image = String::from("web");
    let part = apply!(Deployment {
        metadata: { labels: { "app": "front" } },
        spec: {
            replicas: 3_i32,
            template: { spec: { containers: [{ name: "web", image }] } },
        },
    });
    assert!(!part.is_empty());
}
