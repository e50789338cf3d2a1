//! Scenarios: request sequences written once, run against the real kube-apiserver and the embedded one, whose
//! answers must be equal. How they are written is told in the README.

#![cfg(unix)]

mod answer;
mod bindings;
mod client;
mod differ;
mod files;
mod kubeconfig;
mod kubectl;
mod order;
mod parse;
mod path;
mod read;
mod report;
mod run;
mod scenario;
mod servers;
mod texts;
mod trust;
mod variables;
mod words;

pub use crate::files::collect;
pub use crate::kubectl::find as find_kubectl;
pub use crate::scenario::Scenario;
pub use crate::servers::Servers;
