use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use http::HeaderMap;

use crate::rest::warning::{Warning, warnings};

/// Texts that are remembered, so that each is logged once.
const REMEMBERED: usize = 256;

/// What is done with warnings.
#[derive(Clone)]
pub(crate) enum Warned {
    /// Each text is logged once.
    Log(Arc<Mutex<HashSet<String>>>),
    /// The caller's own function gets each.
    Call(Arc<dyn Fn(&Warning) + Send + Sync>),
}

impl Default for Warned {
    fn default() -> Self {
        Self::Log(Arc::default())
    }
}

impl Warned {
    /// Tells all warnings of an answer.
    pub(crate) fn tell(&self, headers: &HeaderMap, template: &str) {
        for warning in warnings(headers) {
            match self {
                Self::Call(handler) => handler(&warning),
                Self::Log(seen) => {
                    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                    if seen.len() < REMEMBERED && seen.insert(warning.text.clone()) {
                        tracing::warn!(path = template, warning = %warning.text, "the server warns");
                    }
                }
            }
        }
    }
}
