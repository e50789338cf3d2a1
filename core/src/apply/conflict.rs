//! Pure: who stands in the way of an apply.

use std::fmt;

use crate::error::Error;

/// A field that could not be applied because another manager has set it to another value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// The field, as the server spells it: `.spec.replicas`.
    pub field: String,
    /// The field manager that owns it.
    pub manager: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is owned by {:?}", self.field, self.manager)
    }
}

/// The conflicts for which the server has refused an apply; empty for every other error.
///
/// # Examples
///
/// ```no_run
/// # use kubist::apply;
/// # use kubist::k8s_openapi::api::apps::v1::Deployment;
/// # use kubist::prelude::*;
/// use kubist::rest::ApplyParams;
///
/// # async fn example(deployments: Api<Deployment>) -> kubist::Result<()> {
/// let three = apply!(Deployment { spec: { replicas: 3 } });
/// if let Err(error) = deployments.apply("front", &three, &ApplyParams::manager("scaler")).await {
///     for conflict in kubist::apply::conflicts(&error) {
///         println!("{conflict}"); // .spec.replicas is owned by "kubectl"
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn conflicts(error: &Error) -> Vec<Conflict> {
    let details = error.status().and_then(|status| status.details.as_ref());
    let causes = details.iter().flat_map(|details| details.causes.iter().flatten());
    let conflicts =
        causes.filter(|cause| cause.reason.as_deref() == Some("FieldManagerConflict")).map(|cause| {
            // `conflict with "kubectl" using apps/v1`
            let message = cause.message.as_deref().unwrap_or_default();
            let manager = message.split('"').nth(1).unwrap_or(message);
            Conflict { field: cause.field.clone().unwrap_or_default(), manager: manager.to_owned() }
        });
    conflicts.collect()
}
