//! Pure: what a job says about the failure and the success of its pods.

use kubist_structural::field_error::FieldError;

use crate::builtin::validate::at::At;
use crate::builtin::validate::batch::is_indexed;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::rule::Rule;

/// A text that must be there and one of `known`; the message about a missing one lists them.
fn listed(at: &At<'_>, known: &[&str], errors: &mut Errors) {
    if at.text().is_empty() {
        let quoted: Vec<String> = known.iter().map(|text| format!("\"{text}\"")).collect();
        errors.required(at, &format!("valid values: [{}]", quoted.join(" ")));
    } else if !known.contains(&at.text()) {
        errors.unsupported(at, known);
    }
}

pub(super) fn failure_policy(spec: &At<'_>, errors: &mut Errors) {
    let rules = spec.at("podFailurePolicy.rules");
    if rules.len() > 20 {
        errors.too_many(&rules, 20);
    }
    for rule in rules.items() {
        let (action, codes, conditions) =
            (rule.at("action"), rule.at("onExitCodes"), rule.at("onPodConditions"));
        if action.text() != "FailIndex" {
            listed(&action, &["Count", "FailIndex", "FailJob", "Ignore"], errors);
        } else if !spec.at("backoffLimitPerIndex").is_set() {
            errors.invalid(&action, "requires the backoffLimitPerIndex to be set");
        }
        if codes.is_set() {
            exit_codes(&codes, spec, errors);
        }
        if conditions.len() > 20 {
            errors.too_many(&conditions, 20);
        }
        for condition in conditions.items() {
            errors.format(&condition.at("type"), format::qualified);
            listed(&condition.at("status"), &["False", "True", "Unknown"], errors);
        }
        let why = match (codes.is_set(), !conditions.is_empty()) {
            (true, true) => "specifying both OnExitCodes and OnPodConditions is not supported",
            (false, false) => "specifying one of OnExitCodes and OnPodConditions is required",
            _ => continue,
        };
        errors.push(FieldError::invalid_silent(&rule.path, why));
    }
}

fn exit_codes(at: &At<'_>, spec: &At<'_>, errors: &mut Errors) {
    listed(&at.at("operator"), &["In", "NotIn"], errors);
    let containers: Vec<&str> = ["containers", "initContainers"]
        .iter()
        .flat_map(|list| spec.at("template.spec").at(list).items())
        .map(|container| container.at("name").text())
        .collect();
    let name = at.at("containerName");
    if name.is_set() && !containers.contains(&name.text()) {
        let why = "must be one of the container or initContainer names in the pod template";
        errors.invalid(&name, why);
    }
    let values = at.at("values");
    if values.is_empty() {
        errors.invalid(&values, "at least one value is required");
    } else if values.len() > 255 {
        errors.too_many(&values, 255);
    }
    let mut seen: Vec<i64> = Vec::new();
    for value in values.items() {
        let number = value.int().unwrap_or(0);
        if at.at("operator").text() == "In" && number == 0 {
            errors.invalid(&value, "must not be 0 for the In operator");
        }
        if seen.contains(&number) {
            errors.duplicate(&value);
        }
        seen.push(number);
    }
    if !seen.is_sorted() {
        errors.invalid(&values, "must be ordered");
    }
}

pub(super) fn success_policy(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("successPolicy");
    if !at.is_set() {
        return;
    }
    if !is_indexed(spec) {
        let shown = internal::show(&at, "batch.v1.SuccessPolicy");
        return errors.invalid_shown(&at, shown, "requires indexed completion mode");
    }
    let rules = at.at("rules");
    if rules.is_empty() {
        errors.required(&rules, "at least one rules must be specified when the successPolicy is specified");
    }
    if rules.len() > 20 {
        errors.too_many(&rules, 20);
    }
    let completions = spec.at("completions").int().unwrap_or(0);
    for rule in rules.items() {
        let (indexes, count) = (rule.at("succeededIndexes"), rule.at("succeededCount"));
        if !indexes.is_set() && !count.is_set() {
            errors.required(&rule, "at least one of succeededCount or succeededIndexes must be specified");
        }
        let total = count_indexes(indexes.text(), completions);
        if let Err(why) = &total {
            errors.invalid(&indexes, format!("error parsing succeededIndexes: {why}"));
        }
        let Some(number) = count.int() else {
            continue;
        };
        Rule::NonNegative.judge(&count, errors);
        let mut at_most = |limit: i64, what: &str| {
            if number > limit {
                let why = format!("must be less than or equal to {limit} (the number of {what})");
                errors.invalid(&count, why);
            }
        };
        at_most(completions, "specified completions");
        if indexes.is_set() {
            at_most(total.unwrap_or(0), "indexes in the specified succeededIndexes field");
        }
    }
}

/// The number of indexes in a text such as `0,2-4`.
fn count_indexes(text: &str, completions: i64) -> Result<i64, String> {
    let mut total = 0;
    let mut last: Option<i64> = None;
    for interval in text.split(',').filter(|_| !text.is_empty()) {
        let ends: Vec<&str> = interval.split('-').collect();
        if ends.len() > 2 {
            return Err(format!(
                "the fragment \"{interval}\" violates the requirement that an index interval can have at most two parts separated by '-'"
            ));
        }
        let mut numbers = Vec::new();
        for end in ends {
            let number: i64 =
                end.parse().map_err(|_| format!("cannot convert string to integer for index: \"{end}\""))?;
            if number >= completions {
                return Err(format!("too large index: \"{end}\""));
            }
            numbers.push(number);
        }
        let (first, end) = (numbers[0], numbers[numbers.len() - 1]);
        if numbers.len() == 2 && first >= end {
            return Err(format!("non-increasing order, previous: {first}, current: {end}"));
        }
        if let Some(last) = last.filter(|last| *last >= first) {
            return Err(format!("non-increasing order, previous: {last}, current: {first}"));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}
