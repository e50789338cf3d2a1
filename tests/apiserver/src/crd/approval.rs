//! Pure: groups of the Kubernetes community need its approval.

use serde_json::Value;

use crate::crd::conditions;

pub(crate) const ANNOTATION: &str = "api-approved.kubernetes.io";
const CONDITION: &str = "KubernetesAPIApprovalPolicyConformant";
const SEE: &str = "see https://github.com/kubernetes/enhancements/pull/1111";

/// What the annotation of a definition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Approval {
    Missing,
    Bypassed,
    Approved,
    Invalid,
}

/// Whether a group is one of the community's.
pub(crate) fn is_protected(group: &str) -> bool {
    ["k8s.io", "kubernetes.io"]
        .iter()
        .any(|name| group == *name || group.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')))
}

pub(crate) fn annotation(definition: &Value) -> &str {
    let annotations = definition.get("metadata").and_then(|metadata| metadata.get("annotations"));
    annotations.and_then(|map| map.get(ANNOTATION)).and_then(Value::as_str).unwrap_or_default()
}

/// The state of an annotation, and a sentence about it.
pub(crate) fn state(annotation: &str) -> (Approval, String) {
    let needed = format!("protected groups must have approval annotation \"{ANNOTATION}\"");
    let is_url = annotation
        .split_once("://")
        .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty() && !rest.starts_with('/'));
    if annotation.is_empty() {
        (Approval::Missing, format!("{needed}, {SEE}"))
    } else if annotation.starts_with("unapproved") {
        (Approval::Bypassed, format!("not approved: \"{annotation}\""))
    } else if is_url {
        (Approval::Approved, format!("approved in {annotation}"))
    } else {
        let why = format!("{needed} with either a URL or a reason starting with \"unapproved\", {SEE}");
        (Approval::Invalid, why)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_is_a_url_or_begins_with_unapproved() {
        assert_eq!(state("").0, Approval::Missing);
        assert_eq!(state("https://example.com/1").0, Approval::Approved);
        assert_eq!(state("unapproved, for a test").0, Approval::Bypassed);
        assert_eq!(state("yes").0, Approval::Invalid);
        assert!(is_protected("x.k8s.io") && is_protected("kubernetes.io") && !is_protected("x-k8s.io"));
    }
}
