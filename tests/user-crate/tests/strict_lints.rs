//! A crate with every lint on: what the derives write is clean under all of them.
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

use kubist::prelude::{Condition, Deserialize, ObjectMeta, Resource, Schema, Serialize};

/// A site.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "web", category = "all",
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Ready", status?.ready), column("Age", metadata.creation_timestamp),
    index(bucket = spec.bucket, phase = spec.phase, app = metadata.labels?["app"], condition = status?.conditions[].type_),
)]
#[non_exhaustive]
pub struct Website {
    /// Its name.
    pub metadata: ObjectMeta,
    /// What is wanted.
    pub spec: Spec,
    /// What is there.
    pub status: Option<Status>,
}

/// A settings object without a spec, for the whole cluster.
#[derive(Debug, Resource)]
#[resource(group = "example.com", version = "v1alpha1", scope = Cluster)]
struct Setting {
    /// Its name.
    metadata: ObjectMeta,
    /// Its value.
    value: String,
    /// Kept in memory only.
    #[serde(skip)]
    seen: bool,
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Spec {
    /// Where the pages are.
    #[schema(pattern = "^gs://")]
    pub bucket: String,
    /// How many.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100)]
    pub replicas: i32,
    /// In which phase.
    pub phase: Phase,
    /// Something wrapped.
    #[serde(default)]
    pub wrapped: Wrapper<String>,
}

/// An object that says more.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(
    group = "example.com", version = "v1beta1", scope = Cluster, plural = "proxies", list_kind = "ProxyCollection",
    deprecated = "use v1", served = true, storage = true, annotation("team", "web"), label("app", "proxy"),
    selectable(class = spec.class), rule("self.spec.class != ''", message = "a class is needed"), skip_verbs(delete),
    column("Class", spec.class, priority = 1, description = "of the proxy"),
)]
#[non_exhaustive]
pub struct Proxy {
    /// Its name.
    pub metadata: ObjectMeta,
    /// What is wanted.
    pub spec: ProxySpec,
}

/// What is wanted of a proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProxySpec {
    /// Its class.
    #[schema(min_length = 1, max_length = 63, immutable)]
    pub class: String,
    /// What it is in front of.
    pub backend: Backend,
    /// Its ports.
    #[serde(default)]
    #[schema(list = map(name), max_items = 10)]
    pub ports: Vec<Port>,
    /// Tags.
    #[serde(default)]
    #[schema(items(pattern = "^[a-z]+$"), list = set)]
    pub tags: Vec<String>,
}

/// What a proxy is in front of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Backend {
    /// A bucket.
    Bucket {
        /// Its name.
        name: String,
    },
    /// A service.
    Service(Port),
}

/// A port with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[non_exhaustive]
pub struct Port {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: PortNumber,
}

/// The number of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[schema(minimum = 1, maximum = 65535)]
pub struct PortNumber(i32);

/// A phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[non_exhaustive]
pub enum Phase {
    /// Up.
    #[default]
    Up,
    /// Down.
    Down,
}

/// A generic struct.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Schema)]
#[non_exhaustive]
pub struct Wrapper<Inner> {
    /// What it wraps.
    pub inner: Option<Inner>,
}

/// What is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema)]
#[serde(default)]
#[non_exhaustive]
pub struct Status {
    /// How many are ready.
    pub ready: i32,
    /// Aspects.
    pub conditions: Vec<Condition>,
}

#[test]
fn what_the_derives_write_works_under_every_lint() {
    let spec =
        Spec { bucket: "gs://a".to_owned(), replicas: 1, phase: Phase::Up, wrapped: Wrapper::default() };
    let site = Website::new("front", spec);
    assert_eq!(site.metadata.name.as_deref(), Some("front"));
    assert!(site.status.is_none());
    let setting = Setting::new("all", "x".to_owned());
    assert_eq!((setting.value.as_str(), setting.seen), ("x", false));
    assert_eq!(Website::crd().spec.group, Setting::crd().spec.group);
    let wanted = ProxySpec {
        class: "a".to_owned(),
        backend: Backend::Bucket { name: "b".to_owned() },
        ports: vec![Port { name: "http".to_owned(), number: PortNumber(80) }],
        tags: Vec::new(),
    };
    let proxy = Proxy::new("front", wanted);
    assert_eq!(proxy.spec.ports.first().map(|port| port.number), Some(PortNumber(80)));
    let none: Option<(SettingApi, SettingInformer, SettingLister)> = None;
    assert!(none.is_none());
}
