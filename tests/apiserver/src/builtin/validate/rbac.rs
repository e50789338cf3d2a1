//! Pure: roles and who has them.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::rule::{Change, Rule, Rules};
use crate::builtin::validate::selector;

const GROUP: &str = "rbac.authorization.k8s.io";

pub(super) const ROLE: Rules =
    &[("rules[]", Rule::Check(namespaced_rule)), ("rules[].verbs", Rule::Required(""))];
pub(super) const CLUSTER_ROLE: Rules = &[
    ("rules[]", Rule::Check(cluster_rule)),
    ("aggregationRule", Rule::Rules(AGGREGATION)),
    ("rules[].verbs", Rule::Required("")),
];
const AGGREGATION: Rules = &[
    (
        "clusterRoleSelectors",
        Rule::Required("at least one clusterRoleSelector required if aggregationRule is non-nil"),
    ),
    ("clusterRoleSelectors[]", Rule::Check(role_selector)),
];

pub(super) const ROLE_BINDING: Rules = &[
    ("roleRef.apiGroup", Rule::Exactly(&[GROUP])),
    ("roleRef.kind", Rule::Exactly(&["Role", "ClusterRole"])),
    ("roleRef.name", Rule::Form(format::path_segment)),
    ("subjects[]", Rule::Check(namespaced_subject)),
    ("subjects[].name", Rule::Required("")),
    ("roleRef.name", Rule::Required("")),
];
pub(super) const CLUSTER_ROLE_BINDING: Rules = &[
    ("roleRef.apiGroup", Rule::Exactly(&[GROUP])),
    ("roleRef.kind", Rule::Exactly(&["ClusterRole"])),
    ("roleRef.name", Rule::Form(format::path_segment)),
    ("subjects[]", Rule::Check(cluster_subject)),
    ("subjects[].name", Rule::Required("")),
    ("roleRef.name", Rule::Required("")),
];
pub(super) const ROLE_BINDING_CHANGES: &[Change] = &[Change::Rules(ROLE_BINDING), Change::Check(kept_role)];
pub(super) const CLUSTER_ROLE_BINDING_CHANGES: &[Change] =
    &[Change::Rules(CLUSTER_ROLE_BINDING), Change::Check(kept_role)];

fn role_selector(at: &At<'_>, errors: &mut Errors) {
    selector::selector(at, errors);
    if selector::matches(at, &at.at("labels")).is_none() {
        errors.invalid_shown(at, "null", "invalid label selector.");
    }
}

fn namespaced_rule(at: &At<'_>, errors: &mut Errors) {
    policy_rule(at, true, errors);
}

fn cluster_rule(at: &At<'_>, errors: &mut Errors) {
    policy_rule(at, false, errors);
}

fn policy_rule(at: &At<'_>, is_namespaced: bool, errors: &mut Errors) {
    let urls = at.at("nonResourceURLs");
    if urls.len() > 0 {
        if is_namespaced {
            errors.invalid(&urls, "namespaced rules cannot apply to non-resource URLs");
        }
        if ["apiGroups", "resources", "resourceNames"].iter().any(|list| at.at(list).len() > 0) {
            errors.invalid(&urls, "rules cannot apply to both regular resources and non-resource URLs");
        }
        return;
    }
    Rule::Required("resource rules must supply at least one api group").judge(&at.at("apiGroups"), errors);
    Rule::Required("resource rules must supply at least one resource").judge(&at.at("resources"), errors);
}

fn namespaced_subject(at: &At<'_>, errors: &mut Errors) {
    subject(at, true, errors);
}

fn cluster_subject(at: &At<'_>, errors: &mut Errors) {
    subject(at, false, errors);
}

fn subject(at: &At<'_>, is_namespaced: bool, errors: &mut Errors) {
    let (kind, group) = (at.at("kind"), at.at("apiGroup"));
    match kind.text() {
        "ServiceAccount" => {
            Rule::Form(format::subdomain).judge(&at.at("name"), errors);
            if !group.text().is_empty() {
                errors.unsupported(&group, &[""]);
            }
            if !is_namespaced {
                Rule::Required("").judge(&at.at("namespace"), errors);
            }
        }
        "User" | "Group" => Rule::Exactly(&[GROUP]).judge(&group, errors),
        _ => errors.unsupported(&kind, &["ServiceAccount", "User", "Group"]),
    }
}

fn kept_role(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let at = new.at("roleRef");
    if at.value != old.at("roleRef").value {
        errors.invalid_shown(&at, internal::show(&at, "rbac.v1.RoleRef"), "field is immutable");
    }
}
