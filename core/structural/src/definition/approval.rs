//! Pure: groups of the Kubernetes community need its approval.

use serde_json::Value;

/// The annotation in which the approval stands.
pub const ANNOTATION: &str = "api-approved.kubernetes.io";
const SEE: &str = "see https://github.com/kubernetes/enhancements/pull/1111";

/// What the annotation of a definition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the conditions of a definition know these four")]
pub enum Approval {
    /// There is none.
    Missing,
    /// It begins with `unapproved`.
    Bypassed,
    /// It is a URL.
    Approved,
    /// It is something else.
    Invalid,
}

/// Whether a group is one of the community's.
pub fn is_protected(group: &str) -> bool {
    ["k8s.io", "kubernetes.io"]
        .iter()
        .any(|name| group == *name || group.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')))
}

/// The approval that a definition carries; empty when it carries none.
pub fn annotation(definition: &Value) -> &str {
    let annotations = definition.get("metadata").and_then(|metadata| metadata.get("annotations"));
    annotations.and_then(|map| map.get(ANNOTATION)).and_then(Value::as_str).unwrap_or_default()
}

/// The state of an annotation, and a sentence about it.
pub fn state(annotation: &str) -> (Approval, String) {
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
