//! Pure: on which nodes a pod may run: affinity, tolerations and spread.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::rule::{Rule, Rules, run};
use crate::builtin::validate::selector;

/// A selector of nodes: terms, of which one must hold.
pub(crate) fn node_selector(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let terms = at.at("nodeSelectorTerms");
    if terms.is_empty() {
        return errors.required(&terms, "must have at least one node selector term");
    }
    for term in terms.items() {
        node_term(&term, true, errors);
    }
}

fn node_term(at: &At<'_>, with_values: bool, errors: &mut Errors) {
    for requirement in at.at("matchExpressions").items() {
        let values = requirement.at("values");
        match requirement.at("operator").text() {
            "In" | "NotIn" if values.is_empty() => {
                errors.required(&values, "must be specified when `operator` is 'In' or 'NotIn'");
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                let why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
                errors.forbidden(&values, why);
            }
            "Gt" | "Lt" if values.len() != 1 => {
                errors.required(&values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
            _ => errors.invalid_text(&requirement.at("operator"), "not a valid selector operator"),
        }
        errors.format(&requirement.at("key"), format::qualified);
        if with_values {
            values.items().iter().for_each(|value| errors.format(value, format::label_value));
        }
    }
    for requirement in at.at("matchFields").items() {
        let (values, key) = (requirement.at("values"), requirement.at("key"));
        match requirement.at("operator").text() {
            "In" | "NotIn" if values.len() != 1 => {
                let why = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
                errors.required(&values, why);
            }
            "In" | "NotIn" => {}
            _ => errors.invalid_text(&requirement.at("operator"), "not a valid selector operator"),
        }
        if key.text() == "metadata.name" {
            values.items().iter().for_each(|value| errors.format(value, format::subdomain));
        } else {
            errors.invalid_text(&key, "not a valid field selector key");
        }
    }
}

const POD_TERM: Rules = &[
    ("labelSelector", Rule::Check(selector::selector)),
    ("namespaceSelector", Rule::Check(selector::selector)),
    ("", Rule::Check(namespaces)),
    ("", Rule::Check(label_keys)),
    ("topologyKey", Rule::Required("can not be empty")),
    ("topologyKey", Rule::Always(format::qualified)),
];

fn namespaces(at: &At<'_>, errors: &mut Errors) {
    for name in at.at("namespaces").items() {
        errors.format(&name.named(at.at("namespace").path), format::label);
    }
}

/// Keys of labels whose values the pod itself supplies.
fn label_keys(at: &At<'_>, errors: &mut Errors) {
    let chosen = at.at("labelSelector");
    for list in ["matchLabelKeys", "mismatchLabelKeys"] {
        let keys = at.at(list);
        if !keys.is_empty() && !chosen.is_set() {
            errors.forbidden(&keys, "must not be specified when labelSelector is not set");
        } else {
            keys.items().iter().for_each(|key| errors.format(key, format::qualified));
        }
    }
    let keys = at.at("matchLabelKeys").texts();
    let mut selected: Vec<&str> = chosen.at("matchLabels").entries().iter().map(|(key, _)| *key).collect();
    for requirement in chosen.at("matchExpressions").items() {
        let key = requirement.at("key").text();
        if let Some(index) = keys.iter().position(|other| *other == key)
            && selected.contains(&key)
        {
            let place = at.named(format!("{}[{index}]", at.path));
            errors.invalid_as(&place, key, "exists in both matchLabelKeys and labelSelector");
        }
        selected.push(key);
    }
    let mismatched = at.at("mismatchLabelKeys").texts();
    for key in at.at("matchLabelKeys").items() {
        if mismatched.contains(&key.text()) {
            errors.invalid_text(&key, "exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }
}

fn weight(at: &At<'_>, errors: &mut Errors) {
    let weight = at.at("weight");
    if !weight.int().is_some_and(|weight| (1..=100).contains(&weight)) {
        errors.invalid_as(&weight, weight.int().unwrap_or(0), "must be in the range 1-100");
    }
}

/// Which nodes and which neighbours a pod wants.
pub(super) fn affinity(at: &At<'_>, errors: &mut Errors) {
    const MUST: &str = "requiredDuringSchedulingIgnoredDuringExecution";
    const SHOULD: &str = "preferredDuringSchedulingIgnoredDuringExecution";
    let nodes = at.at("nodeAffinity");
    node_selector(&nodes.at(MUST), errors);
    for term in nodes.at(SHOULD).items() {
        weight(&term, errors);
        node_term(&term.at("preference"), false, errors);
    }
    for kind in ["podAffinity", "podAntiAffinity"] {
        for term in at.at(kind).at(MUST).items() {
            run(POD_TERM, &term, errors);
        }
        for term in at.at(kind).at(SHOULD).items() {
            weight(&term, errors);
            run(POD_TERM, &term.at("podAffinityTerm"), errors);
        }
    }
}

const EFFECTS: [&str; 3] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// The taints of nodes that a pod bears.
pub(crate) fn tolerations(at: &At<'_>, errors: &mut Errors) {
    for toleration in at.items() {
        let (key, operator, value) =
            (toleration.at("key"), toleration.at("operator"), toleration.at("value"));
        let effect = toleration.at("effect");
        run(&[("key", Rule::Form(format::qualified))], &toleration, errors);
        if key.text().is_empty() && operator.text() != "Exists" {
            let why =
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            errors.invalid_text(&operator, why);
        }
        if toleration.at("tolerationSeconds").is_set() && effect.text() != "NoExecute" {
            let why = "effect must be 'NoExecute' when `tolerationSeconds` is set";
            errors.invalid_text(&effect, why);
        }
        match operator.text() {
            "Equal" | "" => {
                let reasons = format::label_value(value.text());
                if !reasons.is_empty() {
                    errors.invalid_as(&operator, value.text(), reasons.join(";"));
                }
            }
            "Exists" if !value.text().is_empty() => {
                let why = "value must be empty when `operator` is 'Exists'";
                errors.invalid_as(&operator, value.text(), why);
            }
            "Exists" => {}
            "Lt" | "Gt" => errors.unsupported(&operator, &["Equal", "Exists", "Lt", "Gt"]),
            _ => errors.unsupported(&operator, &["Equal", "Exists"]),
        }
        run(&[("effect", Rule::OneOf(&EFFECTS))], &toleration, errors);
    }
}

/// The taints of a node.
pub(crate) fn taints(at: &At<'_>, errors: &mut Errors) {
    let mut seen = Vec::new();
    for taint in at.items() {
        let (key, value, effect) = (taint.at("key"), taint.at("value"), taint.at("effect"));
        errors.format(&key, format::qualified);
        let reasons = format::label_value(value.text());
        if !reasons.is_empty() {
            errors.invalid_text(&value, reasons.join(";"));
        }
        run(&[("effect", Rule::Needed(&EFFECTS))], &taint, errors);
        let pair = (key.text(), effect.text());
        if seen.contains(&pair) {
            let shown = crate::builtin::validate::internal::show(&taint, "core.v1.Taint");
            let mut error = kubist_structural::field_error::FieldError::duplicate_shown(&taint.path, shown);
            error.detail = "taints must be unique by key and effect pair".to_owned();
            errors.push(error);
        }
        seen.push(pair);
    }
}

/// How pods are spread over domains.
pub(super) fn spread(at: &At<'_>, errors: &mut Errors) {
    let constraints = at.items();
    for (index, constraint) in constraints.iter().enumerate() {
        let (key, action) = (constraint.at("topologyKey"), constraint.at("whenUnsatisfiable"));
        positive(&constraint.at("maxSkew"), errors);
        run(
            &[
                ("topologyKey", Rule::Required("can not be empty")),
                ("whenUnsatisfiable", Rule::Exactly(&["DoNotSchedule", "ScheduleAnyway"])),
            ],
            constraint,
            errors,
        );
        let is_same = |other: &At<'_>| {
            other.at("topologyKey").text() == key.text()
                && other.at("whenUnsatisfiable").text() == action.text()
        };
        if constraints.iter().skip(index + 1).any(is_same) {
            let place = constraint.at("{topologyKey, whenUnsatisfiable}");
            errors.duplicate_as(&place, format!("{{{}, {}}}", key.text(), action.text()));
        }
        let domains = constraint.at("minDomains");
        if domains.is_set() {
            positive(&domains, errors);
            if action.text() != "DoNotSchedule" {
                let why = format!(
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {}",
                    action.text()
                );
                errors.invalid(&domains, why);
            }
        }
        run(POLICIES, constraint, errors);
    }
}

const INCLUSION: Rule = Rule::Optional(&Rule::Exactly(&["Honor", "Ignore"]));
const POLICIES: Rules = &[
    ("nodeAffinityPolicy", INCLUSION),
    ("nodeTaintsPolicy", INCLUSION),
    ("", Rule::Check(label_keys)),
    ("labelSelector", Rule::Check(selector::selector)),
];

fn positive(at: &At<'_>, errors: &mut Errors) {
    let number = at.int().unwrap_or(0);
    if number <= 0 {
        errors.invalid_as(at, number, "must be greater than zero");
    }
}
