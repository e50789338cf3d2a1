//! Pure: Jobs and CronJobs.

use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::cron;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::job_policies;
use crate::builtin::validate::pod;
use crate::builtin::validate::rule::{Change, Rule, Rules, run};
use crate::builtin::validate::selector;

/// Rules of the spec of a job, in a template too.
const SPEC: Rules = &[
    ("parallelism", Rule::NonNegative),
    ("completions", Rule::NonNegative),
    ("activeDeadlineSeconds", Rule::NonNegative),
    ("backoffLimit", Rule::NonNegative),
    ("ttlSecondsAfterFinished", Rule::NonNegative),
    ("backoffLimitPerIndex", Rule::NonNegative),
    ("maxFailedIndexes", Rule::NonNegative),
    ("managedBy", Rule::Check(managed_by)),
    ("", Rule::Check(completion_mode)),
    ("", Rule::Check(job_policies::failure_policy)),
    ("", Rule::Check(job_policies::success_policy)),
    ("", Rule::Check(replacement_policy)),
    ("template", Rule::Check(pod::template)),
    ("", Rule::Check(restart_policy)),
    ("", Rule::Check(backoff_per_index)),
];

pub(super) const JOB: Rules = &[
    ("", Rule::Check(generated_labels)),
    ("spec", Rule::Check(spec)),
    ("spec", Rule::Check(job_selector)),
    ("", Rule::Check(name_allows_completions)),
];
pub(super) const JOB_CHANGES: &[Change] = &[
    Change::Rules(&[("spec", Rule::Check(spec)), ("spec", Rule::Check(job_selector))]),
    Change::Check(job_change),
    Change::Rules(&[("", Rule::Check(name_allows_completions))]),
];

pub(super) const CRON_JOB: Rules = &[
    ("spec", Rule::Check(schedule)),
    ("spec.startingDeadlineSeconds", Rule::NonNegative),
    ("spec.timeZone", Rule::Check(time_zone)),
    ("spec.concurrencyPolicy", Rule::Needed(&["Allow", "Forbid", "Replace"])),
    ("spec.jobTemplate.spec", Rule::Check(spec)),
    ("spec.jobTemplate.spec", Rule::Check(template_selector)),
    ("spec.successfulJobsHistoryLimit", Rule::NonNegative),
    ("spec.failedJobsHistoryLimit", Rule::NonNegative),
];
pub(super) const NEW_CRON_JOB: Rules = &[
    ("", Rule::Rules(CRON_JOB)),
    ("metadata.name", Rule::Check(cron_job_name)),
    ("spec.schedule", Rule::Required("")),
];
pub(super) const CRON_JOB_CHANGES: &[Change] =
    &[Change::Rules(CRON_JOB), Change::Rules(&[("spec.schedule", Rule::Required(""))])];

fn spec(at: &At<'_>, errors: &mut Errors) {
    run(SPEC, at, errors);
}

pub(super) fn is_indexed(spec: &At<'_>) -> bool {
    spec.at("completionMode").text() == "Indexed"
}

fn backoff_per_index(spec: &At<'_>, errors: &mut Errors) {
    if spec.at("maxFailedIndexes").is_set() && !spec.at("backoffLimitPerIndex").is_set() {
        errors.required(&spec.at("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
}

fn managed_by(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    domain_prefixed_path(at, errors);
    if at.text().len() > 63 {
        errors.too_long(at, 63);
    }
}

/// `example.com/path`.
pub(super) fn domain_prefixed_path(at: &At<'_>, errors: &mut Errors) {
    const PATH: &str = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    match at.text().split_once('/') {
        _ if at.text().is_empty() => errors.required(at, ""),
        Some((host, path)) if !host.is_empty() && !path.is_empty() => {
            for why in format::subdomain(host) {
                errors.invalid_as(at, host, why);
            }
            let is_path = |c: char| c.is_ascii_alphanumeric() || "/-._~%!$&'()*+,;=:".contains(c);
            if !path.chars().all(is_path) {
                let why = format!("Invalid path (regex used for validation is '{PATH}')");
                errors.invalid_as(at, path, why);
            }
        }
        _ => errors.invalid_text(at, "must be a domain-prefixed path (such as \"acme.io/foo\")"),
    }
}

fn completion_mode(spec: &At<'_>, errors: &mut Errors) {
    const MANY: i64 = 100_000;
    const FEWER: i64 = 10_000;
    let mode = spec.at("completionMode");
    if mode.is_set() {
        Rule::Exactly(&["NonIndexed", "Indexed"]).judge(&mode, errors);
    }
    let (completions, parallelism) = (spec.at("completions"), spec.at("parallelism"));
    let (per_index, failed) = (spec.at("backoffLimitPerIndex"), spec.at("maxFailedIndexes"));
    if is_indexed(spec) {
        let over = |at: &At<'_>, limit: i64| at.int().is_some_and(|number| number > limit);
        if !completions.is_set() {
            errors.required(&completions, "when completion mode is Indexed");
        }
        if over(&parallelism, MANY) {
            let why = "must be less than or equal to 100000 when completion mode is Indexed";
            errors.invalid(&parallelism, why);
        }
        if completions.int().is_some_and(|completions| over(&failed, completions)) {
            errors.invalid(&failed, "must be less than or equal to completions");
        }
        if over(&failed, MANY) {
            errors.invalid(&failed, "must be less than or equal to 100000");
        }
        if over(&completions, MANY) && per_index.is_set() {
            if !failed.is_set() {
                errors.required(&failed, "must be specified when completions is above 100000");
            }
            for at in [&parallelism, &failed] {
                if over(at, FEWER) {
                    errors.invalid(at, "must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index");
                }
            }
        }
    } else if !mode.is_set() || mode.text() == "NonIndexed" {
        for at in [&per_index, &failed] {
            if at.is_set() {
                errors.invalid(at, "requires indexed completion mode");
            }
        }
    }
}

fn replacement_policy(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("podReplacementPolicy");
    if !at.is_set() {
        return;
    }
    let known: &'static [&'static str] = match spec.at("podFailurePolicy").is_set() {
        true => &["Failed"],
        false => &["Failed", "TerminatingOrFailed"],
    };
    Rule::Exactly(known).judge(&at, errors);
}

fn restart_policy(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.at("template.spec.restartPolicy");
    match policy.text() {
        "Always" | "" => errors.required(&policy, "valid values: \"OnFailure\", \"Never\""),
        "OnFailure" if spec.at("podFailurePolicy").is_set() => {
            errors.invalid(&policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
        "OnFailure" | "Never" => {}
        _ => errors.unsupported(&policy, &["OnFailure", "Never"]),
    }
}

/// A job whose selector the server makes has labels that only the server makes.
fn generated_labels(job: &At<'_>, errors: &mut Errors) {
    if job.at("spec.manualSelector").flag() || !job.at("spec.selector").is_set() {
        return;
    }
    let (uid, name) = (job.at("metadata.uid").text(), job.at("metadata.name").text());
    let expected = [
        ("controller-uid", uid),
        ("job-name", name),
        ("batch.kubernetes.io/controller-uid", uid),
        ("batch.kubernetes.io/job-name", name),
    ];
    let labels = job.at("spec.template.metadata.labels");
    for (key, wanted) in expected {
        let place = labels.named(labels.key(key));
        match labels.value.get(key).and_then(Value::as_str) {
            None => errors.required(&place, &format!("must be '{wanted}'")),
            Some(found) if found != wanted => errors.invalid(&place, format!("must be '{wanted}'")),
            Some(_) => {}
        }
    }
    let made = expected.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    let made = Value::Object(made.collect());
    let at = job.at("spec.selector");
    if selector::matches(&at, &At::new("", &made)) == Some(false) {
        errors.invalid_shown(&at, selector::shown(&at), "`selector` not auto-generated");
    }
}

fn job_selector(spec: &At<'_>, errors: &mut Errors) {
    let (at, labels) = (spec.at("selector"), spec.at("template.metadata.labels"));
    if at.is_set() {
        selector::selector(&at, errors);
    } else {
        errors.required(&at, "");
    }
    if selector::matches(&at, &labels) == Some(false) {
        errors.invalid(&labels, "`selector` does not match template `labels`");
    }
}

/// The pods of an indexed job are named after it.
fn name_allows_completions(job: &At<'_>, errors: &mut Errors) {
    let (spec, name) = (job.at("spec"), job.at("metadata.name"));
    let Some(last) = spec.at("completions").int().filter(|number| is_indexed(&spec) && *number > 0) else {
        return;
    };
    let host = format!("{}-{}", name.text(), last - 1);
    if !format::label(&host).is_empty() {
        errors.invalid(&name, format!("will not able to create pod with invalid DNS label: {host}"));
    }
}

fn job_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let (spec, before) = (new.at("spec"), old.at("spec"));
    let (completions, had) = (spec.at("completions"), before.at("completions"));
    if completions.value != had.value {
        if !is_indexed(&spec) {
            errors.invalid(&completions, "field is immutable");
        } else if completions.is_set() && completions.value != spec.at("parallelism").value {
            errors.invalid(&completions, "can only be modified in tandem with spec.parallelism");
        }
    }
    let mut keep = |field: &str, name: &str| {
        let at = spec.at(field);
        if at.value != before.at(field).value {
            let shown = match name {
                "LabelSelector" if at.is_set() => selector::shown(&at),
                _ => internal::show(&at, name),
            };
            errors.invalid_shown(&at, shown, "field is immutable");
        }
    };
    keep("selector", "LabelSelector");
    if before.at("suspend").flag() {
        suspended_template(&spec, &before, errors);
    } else {
        keep("template", "core.v1.PodTemplateSpec");
    }
    let mut keep = |field: &str, name: &str| {
        let at = spec.at(field);
        if at.value != before.at(field).value {
            errors.invalid_shown(&at, internal::show(&at, name), "field is immutable");
        }
    };
    keep("completionMode", "");
    keep("podFailurePolicy", "batch.v1.PodFailurePolicy");
    keep("backoffLimitPerIndex", "");
    keep("managedBy", "");
    keep("successPolicy", "batch.v1.SuccessPolicy");
}

/// Where the pods of a suspended job run, and with how much, may still be decided.
fn suspended_template(spec: &At<'_>, before: &At<'_>, errors: &mut Errors) {
    let now = spec.at("template");
    let mut allowed = before.at("template").value.clone();
    let mut take = |pointer: [&str; 2]| {
        let value = now.value.get(pointer[0]).and_then(|parent| parent.get(pointer[1]));
        match value {
            Some(value) => allowed[pointer[0]][pointer[1]] = value.clone(),
            None => {
                allowed[pointer[0]].as_object_mut().map(|parent| parent.remove(pointer[1]));
            }
        }
    };
    for field in ["nodeSelector", "tolerations", "schedulingGates", "affinity"] {
        take(["spec", field]);
    }
    for list in ["containers", "initContainers"] {
        for container in now.at("spec").at(list).items() {
            let index = container
                .path
                .rsplit('[')
                .next()
                .and_then(|text| text.trim_end_matches(']').parse::<usize>().ok());
            let Some(old) = index.and_then(|index| allowed["spec"][list].get_mut(index)) else {
                continue;
            };
            match container.value.get("resources") {
                Some(resources) => old["resources"] = resources.clone(),
                None => {
                    old.as_object_mut().map(|old| old.remove("resources"));
                }
            }
        }
    }
    if now.at("spec").value != &allowed["spec"] {
        let at = now.at("spec").named(format!("{}.spec", now.path));
        errors.invalid_shown(&at, internal::show(&at, "core.v1.PodSpec"), "field is immutable");
    }
}

fn schedule(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("schedule");
    if at.text().is_empty() {
        return;
    }
    if let Err(why) = cron::check(at.text()) {
        errors.invalid(&at, why);
    }
    if at.text().contains("TZ") {
        errors.invalid(&at, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
}

fn time_zone(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let name = at.text();
    if name.is_empty() {
        return errors.invalid(at, "timeZone must be nil or non-empty string");
    }
    let is_part = |part: &str| {
        !matches!(part, "." | "..")
            && !part.starts_with('-')
            && (1..=14).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte))
    };
    if !name.split('/').all(is_part) {
        return errors.invalid(at, format!("unknown time zone {name}"));
    }
    if name.eq_ignore_ascii_case("Local") {
        let why = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(at, why);
    }
    if !matches!(name, "UTC" | "Local") && jiff::tz::TimeZoneDatabase::bundled().get(name).is_err() {
        errors.invalid(at, format!("unknown time zone {name}"));
    }
}

fn template_selector(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("selector");
    if at.is_set() {
        errors.invalid_shown(&at, selector::shown(&at), "`selector` will be auto-generated");
    }
    let manual = spec.at("manualSelector");
    if manual.flag() {
        errors.unsupported_as(&manual, true, &["nil", "false"]);
    }
}

fn cron_job_name(at: &At<'_>, errors: &mut Errors) {
    if at.text().len() > 52 {
        errors.invalid(at, "must be no more than 52 characters");
    }
}
