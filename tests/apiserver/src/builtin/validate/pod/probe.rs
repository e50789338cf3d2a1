//! Pure: what the kubelet does to a container: probes and hooks.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Rule, Rules, run};

const HANDLERS: [(&str, Rules); 4] = [
    ("exec", &[("command", Rule::Required(""))]),
    ("httpGet", HTTP),
    ("tcpSocket", &[("port", Rule::Check(resources::port))]),
    ("grpc", &[("port", Rule::Check(resources::port_number))]),
];
const HTTP: Rules = &[
    ("path", Rule::Required("")),
    ("port", Rule::Check(resources::port)),
    ("scheme", Rule::Exactly(&["HTTP", "HTTPS"])),
    ("", Rule::Check(headers)),
];
const PROBE: Rules = &[
    ("initialDelaySeconds", Rule::NonNegative),
    ("timeoutSeconds", Rule::NonNegative),
    ("periodSeconds", Rule::NonNegative),
    ("successThreshold", Rule::NonNegative),
    ("failureThreshold", Rule::NonNegative),
];

fn headers(at: &At<'_>, errors: &mut Errors) {
    for header in at.at("httpHeaders").items() {
        errors.format(&header.at("name").named(at.at("httpHeaders").path), format::header_name);
    }
}

/// The probes of a container.
pub(super) fn probes(container: &At<'_>, errors: &mut Errors) {
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let probe = container.at(name);
        if !probe.is_set() {
            continue;
        }
        handler(&probe, None, errors);
        run(PROBE, &probe, errors);
        let grace = probe.at("terminationGracePeriodSeconds");
        if grace.int().is_some_and(|seconds| seconds <= 0) {
            errors.invalid(&grace, "must be greater than 0");
        }
        let success = probe.at("successThreshold");
        if name == "readinessProbe" {
            if grace.is_set() {
                errors.invalid(&grace, "must not be set for readinessProbes");
            }
        } else if success.int() != Some(1) {
            errors.invalid_as(&success, success.int().unwrap_or(0), "must be 1");
        }
    }
}

/// The hooks of a container, in a pod whose end takes at most `grace` seconds.
pub(super) fn lifecycle(at: &At<'_>, grace: Option<i64>, errors: &mut Errors) {
    for hook in ["postStart", "preStop"] {
        if at.at(hook).is_set() {
            handler(&at.at(hook), grace, errors);
        }
    }
}

fn handler(at: &At<'_>, grace: Option<i64>, errors: &mut Errors) {
    let mut found = false;
    for (name, rules) in HANDLERS.iter().chain(&[("sleep", &[] as Rules)]) {
        let handler = at.at(name);
        if !handler.is_set() {
            continue;
        }
        if found {
            errors.forbidden(&handler, "may not specify more than 1 handler type");
            continue;
        }
        found = true;
        run(rules, &handler, errors);
        let seconds = handler.at("seconds").int().unwrap_or(0);
        if let Some(grace) = grace.filter(|grace| *name == "sleep" && !(0..=*grace).contains(&seconds)) {
            let why = format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
            errors.invalid_as(&handler, seconds, why);
        }
    }
    if !found {
        errors.required(at, "must specify a handler type");
    }
}
