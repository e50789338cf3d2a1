// Pure: no clock, no waiting.
//! A context of a kubeconfig.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Extension;
use super::fill::{fill, is_unset, null_as_default};

/// Which user of which cluster, and the namespace where the program names none.
///
/// # Examples
///
/// ```
/// use kubist::config::Context;
///
/// let context = Context::new("c", "me").in_namespace("shop");
/// assert_eq!((context.cluster(), context.user(), context.namespace()), ("c", "me", "shop"));
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct Context {
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) cluster: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) user: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) namespace: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) extensions: Vec<Extension>,
    /// What other programs keep here.
    #[serde(flatten)]
    pub(crate) other: BTreeMap<String, Value>,
}

impl Context {
    /// This user of this cluster.
    #[must_use]
    pub fn new(cluster: impl Into<String>, user: impl Into<String>) -> Self {
        Self { cluster: cluster.into(), user: user.into(), ..Self::default() }
    }

    /// With this namespace.
    #[must_use]
    pub fn in_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// The name of the cluster.
    #[must_use]
    pub fn cluster(&self) -> &str {
        &self.cluster
    }

    /// The name of the user.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The namespace; empty where none is set.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// What `over` sets, replaces.
    pub(crate) fn overlay(&mut self, over: &Self) {
        fill(&mut self.cluster, &over.cluster);
        fill(&mut self.user, &over.user);
        fill(&mut self.namespace, &over.namespace);
        fill(&mut self.extensions, &over.extensions);
        self.other.extend(over.other.clone());
    }
}

/// Without what others keep here.
impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("cluster", &self.cluster)
            .field("user", &self.user)
            .field("namespace", &self.namespace)
            .finish_non_exhaustive()
    }
}
