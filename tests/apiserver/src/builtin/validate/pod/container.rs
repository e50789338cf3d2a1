//! Pure: the containers of a pod.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::pod::env;
use crate::builtin::validate::pod::mounts;
use crate::builtin::validate::pod::probe;
use crate::builtin::validate::pod::security;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Rule, Rules, run};

/// What the containers of a pod share.
pub(super) struct Shared<'a> {
    pub(super) spec: At<'a>,
    /// The well formed volumes.
    pub(super) volumes: Vec<At<'a>>,
}

impl Shared<'_> {
    fn grace(&self) -> Option<i64> {
        self.spec.at("terminationGracePeriodSeconds").int()
    }

    fn names(&self, list: &str) -> Vec<&str> {
        self.spec.at(list).items().iter().map(|container| container.at("name").text()).collect()
    }
}

const START: Rules = &[
    ("name", Rule::Name(format::label)),
    ("image", Rule::Required("")),
    ("terminationMessagePolicy", Rule::Needed(&["File", "FallbackToLogsOnError"])),
    ("ports", Rule::Check(ports)),
    ("env[]", Rule::Rules(env::ENV)),
    ("envFrom", Rule::Check(env::env_from)),
];
const PULL_POLICY: Rules = &[("imagePullPolicy", Rule::Needed(&["Always", "IfNotPresent", "Never"]))];
const PORT: Rules =
    &[("hostPort", Rule::Check(host_port)), ("protocol", Rule::Needed(&["SCTP", "TCP", "UDP"]))];

fn ports(at: &At<'_>, errors: &mut Errors) {
    let mut names = Vec::new();
    for port in at.items() {
        let name = port.at("name");
        if !name.text().is_empty() {
            let before = errors.len();
            errors.format(&name, format::port_name);
            if errors.len() == before && names.contains(&name.text()) {
                errors.duplicate(&name);
            } else if errors.len() == before {
                names.push(name.text());
            }
        }
        let number = port.at("containerPort");
        if number.is_empty() {
            errors.required(&number, "");
        } else {
            resources::port_number(&number, errors);
        }
        run(PORT, &port, errors);
    }
}

fn host_port(at: &At<'_>, errors: &mut Errors) {
    if !at.is_empty() {
        resources::port_number(at, errors);
    }
}

/// What holds for every kind of container.
fn common(container: &At<'_>, shared: &Shared<'_>, errors: &mut Errors) {
    run(START, container, errors);
    mounts::mounts(container, &shared.volumes, errors);
    mounts::devices(container, &shared.volumes, errors);
    run(PULL_POLICY, container, errors);
    let claims = shared.names("resourceClaims");
    resources::requirements(&container.at("resources"), &claims, errors);
    resize_policy(&container.at("resizePolicy"), &shared.spec, errors);
    security::container(container, &shared.spec, errors);
}

fn resize_policy(at: &At<'_>, spec: &At<'_>, errors: &mut Errors) {
    let mut seen = Vec::new();
    for policy in at.items() {
        let (name, restart) = (policy.at("resourceName"), policy.at("restartPolicy"));
        if seen.contains(&name.text()) {
            errors.duplicate_as(&policy, name.text());
        }
        seen.push(name.text());
        Rule::Needed(&["cpu", "memory"]).judge(&name.named(&at.path), errors);
        Rule::Needed(&["NotRequired", "RestartContainer"]).judge(&restart.named(&at.path), errors);
        if spec.at("restartPolicy").text() == "Never" && restart.text() != "NotRequired" {
            let why = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
            errors.invalid_text(&restart.named(&at.path), why);
        }
    }
}

/// The containers that run as long as the pod.
pub(super) fn containers(shared: &Shared<'_>, errors: &mut Errors) {
    let at = shared.spec.at("containers");
    if at.is_empty() {
        return errors.required(&at, "");
    }
    let mut names = Vec::new();
    for container in at.items() {
        common(&container, shared, errors);
        let name = container.at("name");
        if names.contains(&name.text()) {
            errors.duplicate_as(&name, name.text());
        }
        names.push(name.text());
        probe::lifecycle(&container.at("lifecycle"), shared.grace(), errors);
        probe::probes(&container, errors);
        restart_policy(&container, errors);
    }
    host_ports(&at.items(), errors);
}

const RESTART: Rules = &[("restartPolicy", Rule::Exactly(&["Always", "Never", "OnFailure"]))];

fn restart_policy(container: &At<'_>, errors: &mut Errors) {
    let (policy, rules) = (container.at("restartPolicy"), container.at("restartPolicyRules"));
    if !policy.is_set() {
        if !rules.is_empty() {
            errors.required(&policy, "must specify restartPolicy when restart rules are used");
        }
    } else {
        run(RESTART, container, errors);
    }
    if rules.len() > 20 {
        errors.too_many(&rules, 20);
    }
    for rule in rules.items() {
        run(&[("action", Rule::Exactly(&["Restart", "RestartAllContainers"]))], &rule, errors);
        let codes = rule.at("exitCodes");
        if codes.is_set() {
            run(&[("operator", Rule::Exactly(&["In", "NotIn"]))], &codes, errors);
        } else {
            errors.required(&codes, "must be specified");
        }
    }
}

/// A port of the node can be taken once.
fn host_ports(containers: &[At<'_>], errors: &mut Errors) {
    let mut taken = Vec::new();
    for container in containers {
        for port in container.at("ports").items() {
            let number = port.at("hostPort").int().unwrap_or(0);
            if number == 0 {
                continue;
            }
            let (protocol, ip) = (port.at("protocol").text(), port.at("hostIP").text());
            let key = format!("{protocol}/{ip}/{number}");
            if taken.contains(&key) {
                errors.duplicate_as(&port.at("hostPort"), key);
            } else {
                taken.push(key);
            }
        }
    }
}

/// The containers that run before the others, or beside them.
pub(super) fn init_containers(shared: &Shared<'_>, errors: &mut Errors) {
    let mut names = shared.names("containers");
    let at = shared.spec.at("initContainers");
    for container in at.items() {
        common(&container, shared, errors);
        if container.at("restartPolicy").is_set() || !container.at("restartPolicyRules").is_empty() {
            restart_policy(&container, errors);
        }
        let name = container.at("name");
        if names.contains(&name.text()) {
            errors.duplicate_as(&name, name.text());
        } else if !name.text().is_empty() {
            names.push(name.text());
        }
        let mut conflicts = Errors::default();
        host_ports(&[container.named(format!("{}[0]", at.path))], &mut conflicts);
        errors.append(conflicts);
        let is_sidecar = container.at("restartPolicy").text() == "Always";
        if is_sidecar {
            probe::lifecycle(&container.at("lifecycle"), shared.grace(), errors);
            probe::probes(&container, errors);
        } else {
            for name in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
                if container.at(name).is_set() {
                    let why = "may not be set for init containers without restartPolicy=Always";
                    errors.forbidden(&container.at(name), why);
                }
            }
            for policy in container.at("resizePolicy").items() {
                let restart = policy.at("restartPolicy");
                if restart.text() == "RestartContainer" {
                    let why = "must not be set to 'RestartContainer' for non-sidecar initContainers";
                    errors.invalid(&restart, why);
                }
            }
        }
    }
}
