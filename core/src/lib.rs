//! Annotate a struct, get the whole Kubernetes client: definition, typed API, informer and lister, checked at
//! compile time.
//!
//! ```
//! use std::time::Duration;
//!
//! use kubist::prelude::*;
//!
//! /// A web site served from a bucket.
//! #[derive(Clone, Debug, Resource)]
//! #[resource(
//!     group = "example.com", version = "v1", scope = Namespaced, short = "web",
//!     scale(replicas = spec.replicas, ready = status?.ready),
//!     column("Ready", status?.ready),
//!     index(bucket = spec.bucket),
//! )]
//! pub struct Website {
//!     metadata: ObjectMeta,
//!     spec: WebsiteSpec,
//!     status: Option<WebsiteStatus>, // its presence turns the status subresource on
//! }
//!
//! #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
//! pub struct WebsiteSpec {
//!     /// Where the pages are.
//!     #[schema(pattern = "^gs://")]
//!     bucket: String,
//!     #[schema(minimum = 0, maximum = 100)]
//!     replicas: i32,
//! }
//!
//! #[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
//! #[serde(default)]
//! pub struct WebsiteStatus {
//!     ready: i32,
//! }
//!
//! # async fn example(client: Client) -> kubist::Result<()> {
//! client.install(&[Website::crd()]).await?; // create or update the definition, wait until it is served
//!
//! let sites = client.namespaced::<Website>("shop"); // does not compile for a cluster-scoped kind
//! sites.create(&Website::new("front", WebsiteSpec { bucket: "gs://a".into(), replicas: 2 })).await?;
//! sites.scale("front", 3).await?; // does not compile without `scale(...)`
//!
//! let informer = client.all::<Website>().informer().start(); // one watch, any number of handlers
//! informer.on(|change: Change<Website>| println!("{change}"));
//! informer.synced_within(Duration::from_secs(30)).await?; // or an error that says why not
//!
//! let lister = informer.lister();
//! let front = lister.namespace("shop").get("front"); // Option<Arc<Website>>, from memory
//! let same = lister.by(Website::BY_BUCKET, "gs://a"); // Vec<Arc<Website>>, from the index
//! # Ok(())
//! # }
//! ```
//!
//! [`#[derive(Resource)]`](derive@Resource) and [`#[derive(Schema)]`](derive@Schema) list their attributes. Where a program starts is [`Client`]; what
//! it can do with a kind is [`Api`]; the live cache is [`SharedInformer`], with its contract on the page of the
//! [`informer`] module.
//!
//! # The flow
//!
//! [`transport`] → [`rest`] → [`watch`] → [`reflector`] → [`delta_fifo`] → [`store`] → [`informer`] → your handlers;
//! a [`lister`] reads from the store. Each module can be used alone.
//!
//! # Built-in kinds
//!
//! Every kind of [`k8s_openapi`] works with the same calls: `client.namespaced::<Pod>("shop")`. That crate asks the
//! final program to choose the version of Kubernetes, by one of the features `latest`, `v1_33` … `v1_37`.
//!
//! # Runtime
//!
//! tokio, of either flavour, with its drivers for I/O and time: what `#[tokio::main]` gives, or a builder with
//! `enable_all()`, which exec plugins need too. Small files (tokens, certificates) are read on the task that sends a
//! request; nothing else blocks a thread.
//!
//! # Features
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `derive` | yes | the derives |
//! | `ring` | yes | cryptography by ring |
//! | `aws-lc-rs` | no | cryptography by aws-lc-rs, instead of ring where both are there |
//! | `cert` | no | keys, signing requests and certificates that renew themselves: `cert` |
//! | `gzip` | no | long answers come compressed |
//! | `schemars` | no | `#[schema(schemars)]`: fields of types that derive `schemars::JsonSchema` |
//! | `validation` | no | what the API server would say of a definition and do with its objects, for tests: [`schema`] |
//! | `latest`, `v1_33` … `v1_37` | no | the version of the built-in kinds: choose exactly one |
//!
#![doc = include_str!("../docs/coming_from.md")]

pub mod api;
pub mod apply;
pub mod auth;
#[cfg(feature = "cert")]
pub mod cert;
pub mod client;
pub mod clientset;
pub mod conditions;
pub mod config;
pub mod conversion;
pub mod crd;
pub mod delta_fifo;
pub mod discovery;
pub mod dynamic;
pub mod error;
pub mod fields;
pub mod informer;
pub mod jsonpath;
pub mod labels;
pub mod lister;
pub mod migration;
pub mod names;
pub mod owner;
pub mod prelude;
pub mod quantity;
pub mod reflector;
pub mod resource;
pub mod rest;
pub mod restmapper;
pub mod retry;
pub mod scale;
pub mod schema;
pub mod store;
mod task;
pub mod transport;
pub mod upgrade;
pub mod versions;
pub mod watch;

pub use self::api::Api;
pub use self::apply::Apply;
pub use self::client::Client;
pub use self::dynamic::DynamicObject;
pub use self::error::{Error, ErrorKind, Result};
pub use self::informer::SharedInformer;
pub use self::lister::Lister;
pub use self::resource::Resource;
pub use self::schema::Schema;
pub use k8s_openapi;
pub use serde;

/// Makes one definition of several versions of a kind.
///
/// Whether the versions go together is checked at compile time, with the error at the version that does not: the same
/// group, kind, plural, singular, scope, short names and categories; no version twice; at least one served; exactly
/// one in which objects are stored, the one that does not say `#[resource(storage = false)]`.
///
/// The order in which they are written does not matter: they come out in Kubernetes' order.
///
/// # Examples
///
/// ```
/// mod v1alpha1 {
///     use kubist::prelude::*;
///
///     #[derive(Clone, Debug, Resource)]
///     #[resource(group = "example.com", version = "v1alpha1", scope = Namespaced, storage = false, deprecated)]
///     pub struct Website {
///         pub metadata: ObjectMeta,
///         pub spec: WebsiteSpec,
///     }
///
///     #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
///     pub struct WebsiteSpec {
///         pub bucket: String,
///     }
/// }
///
/// mod v1 {
///     use kubist::prelude::*;
///
///     #[derive(Clone, Debug, Resource)]
///     #[resource(group = "example.com", version = "v1", scope = Namespaced)]
///     pub struct Website {
///         pub metadata: ObjectMeta,
///         pub spec: WebsiteSpec,
///     }
///
///     #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
///     pub struct WebsiteSpec {
///         pub url: String,
///     }
/// }
///
/// let crd = kubist::crd! { v1alpha1::Website, v1::Website };
/// let versions: Vec<_> = crd.spec.versions.iter().map(|version| (&*version.name, version.storage)).collect();
/// assert_eq!(versions, [("v1", true), ("v1alpha1", false)]);
///
/// // With the webhook that converts between them. What is wrong with it is a compile error as well.
/// use kubist::conversion::ConversionWebhook;
///
/// let crd = kubist::crd! {
///     v1alpha1::Website,
///     v1::Website,
///     conversion = ConversionWebhook::service("shop", "website-conversion").path("/convert"),
/// };
/// assert_eq!(crd.spec.conversion.unwrap().strategy, "Webhook");
/// ```
///
#[cfg(feature = "derive")]
#[macro_export]
macro_rules! crd {
    ($($tokens:tt)*) => { $crate::__crd! { $crate $($tokens)* } };
}

#[cfg(feature = "derive")]
#[doc(hidden)]
pub use kubist_macros::__crd;

/// Makes tests that objects survive the conversion to the hub and back, and from the hub and back.
///
/// A line for each version that is not the hub: the name of the test, the version `=>` the hub, and what
/// [`RoundTrip`](crate::conversion::RoundTrip) is to be told, as calls. A field that one side has no place for is
/// named, and nothing else may be lost.
///
/// # Examples
///
/// ```
/// # mod v1beta1 {
/// #     use kubist::prelude::*;
/// #     #[derive(Clone, Debug, Resource)]
/// #     #[resource(group = "example.com", version = "v1beta1", scope = Namespaced, storage = false)]
/// #     pub struct Website { pub metadata: ObjectMeta }
/// # }
/// # mod v1 {
/// #     use kubist::prelude::*;
/// #     #[derive(Clone, Debug, Resource)]
/// #     #[resource(group = "example.com", version = "v1", scope = Namespaced)]
/// #     pub struct Website { pub metadata: ObjectMeta }
/// # }
/// # impl From<v1beta1::Website> for v1::Website {
/// #     fn from(old: v1beta1::Website) -> Self { Self { metadata: old.metadata } }
/// # }
/// # impl From<v1::Website> for v1beta1::Website {
/// #     fn from(new: v1::Website) -> Self { Self { metadata: new.metadata } }
/// # }
/// kubist::conversion_tests! {
///     v1beta1_survives: v1beta1::Website => v1::Website, only_in_hub("spec.tls"), cases(1000);
/// }
/// ```
#[macro_export]
macro_rules! conversion_tests {
    ($($(#[$attribute:meta])* $name:ident: $version:ty => $hub:ty $(, $call:ident($($argument:expr),*))*);+ $(;)?) => {
        $(
            #[test]
            $(#[$attribute])*
            fn $name() {
                $crate::conversion::RoundTrip::<$version, $hub>::new()$(.$call($($argument),*))*.assert();
            }
        )+
    };
}

/// # Examples
///
/// ```
/// use kubist::prelude::*;
///
/// #[derive(Clone, Debug, Resource, Apply)]
/// #[resource(group = "example.com", version = "v1", scope = Namespaced)]
/// pub struct Backup {
///     metadata: ObjectMeta,
///     spec: BackupSpec,
/// }
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
/// pub struct BackupSpec {
///     volume: String,
///     days: u16,
/// }
///
/// let mine = BackupApply::new("front").spec(BackupSpecApply::new().days(7));
/// assert_eq!(mine.spec.as_ref().and_then(|spec| spec.days), Some(7));
/// let sent = serde_json::to_value(&mine)?;
/// assert_eq!(sent["spec"], serde_json::json!({"days": 7}));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "derive")]
pub use kubist_macros::Apply;
/// # Examples
///
/// ```
/// use kubist::prelude::*;
///
/// /// A backup of a volume.
/// #[derive(Clone, Debug, Resource)]
/// #[resource(
///     group = "example.com", version = "v1", scope = Namespaced, short = "bak",
///     column("Volume", spec.volume),
///     column("Age", metadata.creation_timestamp),
///     index(volume = spec.volume, app = metadata.labels?["app"]),
/// )]
/// pub struct Backup {
///     metadata: ObjectMeta,
///     spec: BackupSpec,
/// }
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// pub struct BackupSpec {
///     volume: String,
/// }
///
/// assert_eq!(Backup::crd().metadata.name.as_deref(), Some("backups.example.com"));
/// ```
#[cfg(feature = "derive")]
pub use kubist_macros::Resource;
/// # Examples
///
/// ```
/// use kubist::prelude::*;
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// #[serde(rename_all = "camelCase")]
/// struct BackupSpec {
///     /// Which volume.
///     #[schema(pattern = "^[a-z-]+$")]
///     volume_name: String,
///     #[serde(default = "seven")]
///     #[schema(minimum = 1, maximum = 365)]
///     days_to_keep: u16,
///     mode: Mode,
/// }
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// enum Mode {
///     Full,
///     Incremental,
/// }
///
/// fn seven() -> u16 {
///     7
/// }
///
/// let schema = kubist::schema::json_schema(BackupSpec::SCHEMA);
/// assert_eq!(schema.required, Some(vec!["mode".to_owned(), "volumeName".to_owned()]));
/// ```
#[cfg(feature = "derive")]
pub use kubist_macros::Schema;
/// # Examples
///
/// ```
/// use kubist::apply;
/// use kubist::k8s_openapi::api::apps::v1::Deployment;
///
/// let image = format!("registry.example.com/web:{}", 7);
/// let app = "front";
/// let part = apply!(Deployment {
///     metadata: { labels: { "app": app } },
///     spec: {
///         replicas: 3,
///         selector: { match_labels: { "app": app } },
///         template: {
///             metadata: { labels: { "app": app } },
///             spec: { containers: [
///                 { name: "web", image: image, ports: [ { container_port: 80 } ], resources: { limits: { "cpu": "500m" } } },
///             ] },
///         },
///     },
/// });
/// assert_eq!(part.as_json()["spec"]["template"]["spec"]["containers"][0]["ports"][0]["containerPort"], 80);
/// assert!(part.as_json()["spec"].get("strategy").is_none());
/// ```
#[cfg(feature = "derive")]
pub use kubist_macros::apply;
