//! Clientsets: the kinds of a group-version under their names.
//!
//! `client.apps_v1().deployments("shop")` is [`Api<Deployment>`](crate::Api), the same handle that
//! `client.namespaced::<Deployment>("shop")` is; it is there for every kind that the chosen version of `k8s-openapi`
//! has. Of a namespaced kind `..` means all namespaces, and no argument is taken for a cluster-scoped one.
//!
//! | client-go | kubist |
//! | --- | --- |
//! | `clientset.AppsV1().Deployments("shop")` | `client.apps_v1().deployments("shop")` |
//! | `clientset.CoreV1().Pods("")` | `client.core_v1().pods(..)` |
//! | `clientset.CoreV1().Nodes()` | `client.core_v1().nodes()` |
//! | a generated clientset | [`clientset!`](crate::clientset!) |
//!
//! # Examples
//!
//! ```no_run
//! # async fn example(client: kubist::Client) -> kubist::Result<()> {
//! let core = client.core_v1();
//! for node in core.nodes().list().await? {
//!     println!("{}", node.metadata.name.unwrap_or_default());
//! }
//! let web = core.pods("shop").labels("app=web").list().await?;
//! let everywhere = core.pods(..).fields("status.phase=Pending").list().await?;
//! client.apps_v1().deployments("shop").scale("front", 3).await?;
//! # Ok(())
//! # }
//! ```

mod built_in;
mod macros;
mod namespaces;

pub use self::built_in::*;
use self::macros::{group_version, kinds};
pub use self::namespaces::Namespaces;
