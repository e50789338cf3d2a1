//! Pure: the condition about the approval that groups of the Kubernetes community need.

use kubist_structural::definition::approval::{Approval, annotation, is_protected, state};
use serde_json::Value;

use crate::crd::conditions;

const CONDITION: &str = "KubernetesAPIApprovalPolicyConformant";

/// Sets the condition about the approval where one is needed. Whether anything has changed.
pub(crate) fn judge(definition: &mut Value, now: &str) -> bool {
    let group = definition["spec"]["group"].as_str().unwrap_or_default();
    if !is_protected(group) {
        return false;
    }
    let (state, message) = state(annotation(definition));
    let (status, reason) = match state {
        Approval::Missing => (false, "MissingAnnotation"),
        Approval::Bypassed => (false, "UnapprovedAnnotation"),
        Approval::Approved => (true, "ApprovedAnnotation"),
        Approval::Invalid => (false, "InvalidAnnotation"),
    };
    if conditions::says(definition, CONDITION, status, reason, &message) {
        return false;
    }
    conditions::set(definition, CONDITION, (status, reason, &message), now);
    true
}
