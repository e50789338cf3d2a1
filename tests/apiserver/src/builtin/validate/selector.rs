//! Pure: labels and the selectors that choose by them.

use serde_json::{Map, Value};

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::rule::{Rule, Rules, run};

/// Labels: every key and value must be well formed; all mistakes are reported at the map.
pub(super) fn labels(at: &At<'_>, errors: &mut Errors) {
    for (key, value) in at.entries() {
        for why in format::qualified(key) {
            errors.invalid_as(at, key, why);
        }
        for why in format::label_value(value.text()) {
            errors.invalid_as(at, value.text(), why);
        }
    }
}

/// Annotations: every key must be well formed.
pub(super) fn annotations(at: &At<'_>, errors: &mut Errors) {
    for (key, _) in at.entries() {
        for why in format::caseless_qualified(key) {
            errors.invalid_as(at, key, why);
        }
    }
}

const REQUIREMENT: Rules =
    &[("", Rule::Check(operator)), ("key", Rule::Always(format::qualified)), ("", Rule::Check(values))];

/// A selector of labels.
pub(super) const SELECTOR: Rules =
    &[("matchLabels", Rule::Check(labels)), ("matchExpressions[]", Rule::Rules(REQUIREMENT))];

/// Judges the selector that stands there, if one does.
pub(super) fn selector(at: &At<'_>, errors: &mut Errors) {
    run(SELECTOR, at, errors);
}

fn operator(at: &At<'_>, errors: &mut Errors) {
    let values = at.at("values");
    match at.at("operator").text() {
        "In" | "NotIn" if values.is_empty() => {
            errors.required(&values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.forbidden(&values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        _ => errors.invalid_text(&at.at("operator"), "not a valid selector operator"),
    }
}

fn values(at: &At<'_>, errors: &mut Errors) {
    for value in at.at("values").items() {
        errors.format(&value, format::label_value);
    }
}

/// A selector as it is shown in messages.
pub(super) fn shown(at: &At<'_>) -> String {
    let text = |value: &Value| value.to_string();
    let mut parts = Vec::new();
    if !at.at("matchLabels").is_empty() {
        parts.push(format!("\"matchLabels\":{}", at.at("matchLabels").value));
    }
    let expressions: Vec<String> = at
        .at("matchExpressions")
        .items()
        .iter()
        .map(|requirement| {
            let mut fields = vec![
                format!("\"key\":{}", text(&requirement.at("key").text().into())),
                format!("\"operator\":{}", text(&requirement.at("operator").text().into())),
            ];
            if !requirement.at("values").is_empty() {
                fields.push(format!("\"values\":{}", requirement.at("values").value));
            }
            format!("{{{}}}", fields.join(","))
        })
        .collect();
    if !expressions.is_empty() {
        parts.push(format!("\"matchExpressions\":[{}]", expressions.join(",")));
    }
    format!("{{{}}}", parts.join(","))
}

/// Whether a selector chooses `labels`; `None` when it is malformed. A missing selector chooses nothing.
pub(super) fn matches(at: &At<'_>, labels: &At<'_>) -> Option<bool> {
    if !at.is_set() {
        return Some(false);
    }
    let empty = Map::new();
    let found = labels.value.as_object().unwrap_or(&empty);
    let value = |key: &str| found.get(key).and_then(Value::as_str);
    let mut all =
        at.at("matchLabels").entries().iter().all(|(key, wanted)| value(key) == Some(wanted.text()));
    let mut before = Errors::default();
    selector(at, &mut before);
    if before.len() > 0 {
        return None;
    }
    for requirement in at.at("matchExpressions").items() {
        let value = value(requirement.at("key").text());
        let listed = value.is_some_and(|value| requirement.at("values").texts().contains(&value));
        all &= match requirement.at("operator").text() {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => value.is_some(),
            _ => value.is_none(),
        };
    }
    Some(all)
}

/// Whether a selector chooses everything.
pub(super) fn is_empty(at: &At<'_>) -> bool {
    at.at("matchLabels").is_empty() && at.at("matchExpressions").is_empty()
}
