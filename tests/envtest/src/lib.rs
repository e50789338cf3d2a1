//! The real control plane for tests: one etcd and one kube-apiserver, started in seconds and gone when dropped.
//!
//! The binaries are built once by `tests/envtest/build`, which prints their folder; tests find it in the environment
//! variable `KUBEBUILDER_ASSETS`. Where it is not set, tests are skipped (see [`skip_reason`]).
//!
//! ```no_run
//! # async fn test() -> Result<(), kubist_envtest::EnvtestError> {
//! let plane = kubist_envtest::ControlPlane::start().await?;
//! println!("{}", plane.kubeconfig_token());
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![cfg(unix)]

mod apiserver;
mod assets;
mod certificates;
mod control_plane;
mod error;
mod etcd;
mod guard;
mod kubeconfig;
mod options;
mod oracle;
mod port;
mod process;
mod random;
mod webhook;

pub use assets::skip_reason;
pub use control_plane::ControlPlane;
pub use error::EnvtestError;
pub use options::Options;
pub use oracle::{Answer, Identity, Oracle};
pub use webhook::WebhookServer;
