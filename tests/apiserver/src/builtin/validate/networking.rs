//! Pure: Ingresses, their classes, and network policies.

use crate::builtin::validate::at::At;
use crate::builtin::validate::batch;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::ip;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules};
use crate::builtin::validate::selector;

pub(super) const INGRESS: Rules = &[
    ("spec", Rule::Check(some_backend)),
    ("spec.defaultBackend", Rule::Check(backend)),
    ("spec.rules[]", Rule::Check(ingress_rule)),
    ("spec.tls[]", Rule::Check(tls)),
    ("spec.ingressClassName", Rule::Optional(&Rule::Always(format::subdomain))),
];
pub(super) const NEW_INGRESS: Rules = &[("", Rule::Rules(INGRESS)), ("", Rule::Check(class_annotation))];

fn some_backend(spec: &At<'_>, errors: &mut Errors) {
    if spec.at("rules").is_empty() && !spec.at("defaultBackend").is_set() {
        let rules = spec.at("rules");
        errors.invalid_as(spec, rules.value.clone(), "either `defaultBackend` or `rules` must be specified");
    }
}

fn backend(at: &At<'_>, errors: &mut Errors) {
    if at.is_set() {
        needed_backend(at, errors);
    }
}

fn needed_backend(at: &At<'_>, errors: &mut Errors) {
    let (resource, service) = (at.at("resource"), at.at("service"));
    match (resource.is_set(), service.is_set()) {
        (true, true) => errors.invalid_as(at, "", "cannot set both resource and service backends"),
        (true, false) => reference(&resource, errors),
        (false, true) => {
            Rule::Name(format::label).judge(&service.at("name"), errors);
            let (name, number) = (service.at("port.name"), service.at("port.number"));
            match (!name.text().is_empty(), !number.is_empty()) {
                (true, true) => errors.invalid_as(at, "", "cannot set both port name & port number"),
                (true, false) => errors.format(&name, format::port_name),
                (false, true) => resources::port_number(&number, errors),
                (false, false) => errors.required(at, "port name or number is required"),
            }
        }
        (false, false) => errors.invalid_as(at, "", "resource or service backend is required"),
    }
}

/// An object of some kind in the same namespace.
fn reference(at: &At<'_>, errors: &mut Errors) {
    if at.at("apiGroup").is_set() {
        errors.format(&at.at("apiGroup"), format::subdomain);
    }
    Rule::Name(format::path_segment).judge(&at.at("kind"), errors);
    Rule::Name(format::path_segment).judge(&at.at("name"), errors);
}

fn host(at: &At<'_>, errors: &mut Errors) {
    let is_wild = at.text().contains('*');
    errors.format(at, if is_wild { format::wildcard } else { format::subdomain });
}

fn ingress_rule(at: &At<'_>, errors: &mut Errors) {
    let name = at.at("host");
    if !name.text().is_empty() {
        if ip::is_ip(name.text()) {
            errors.invalid(&name, "must be a DNS name, not an IP address");
        }
        host(&name, errors);
    }
    let http = at.at("http");
    if http.is_set() {
        Rule::Required("").judge(&http.at("paths"), errors);
        http.at("paths").items().iter().for_each(|path| http_path(path, errors));
    }
}

fn http_path(at: &At<'_>, errors: &mut Errors) {
    const KINDS: [&str; 3] = ["Exact", "ImplementationSpecific", "Prefix"];
    let (path, kind) = (at.at("path"), at.at("pathType"));
    let text = path.text();
    if !kind.is_set() {
        return errors.required(&kind, "pathType must be specified");
    }
    let is_plain = matches!(kind.text(), "Exact" | "Prefix");
    if !KINDS.contains(&kind.text()) {
        errors.unsupported(&kind, &KINDS);
    } else if !text.starts_with('/') && (is_plain || !text.is_empty()) {
        errors.invalid_text(&path, "must be an absolute path");
    }
    if is_plain {
        for part in ["//", "/./", "/../", "%2f", "%2F"].iter().filter(|part| text.contains(**part)) {
            errors.invalid(&path, format!("must not contain '{part}'"));
        }
        for end in ["/..", "/."].iter().filter(|end| text.ends_with(**end)) {
            errors.invalid(&path, format!("cannot end with '{end}'"));
        }
    }
    needed_backend(&at.at("backend"), errors);
}

fn tls(at: &At<'_>, errors: &mut Errors) {
    at.at("hosts").items().iter().for_each(|name| host(name, errors));
    Rule::Form(format::subdomain).judge(&at.at("secretName"), errors);
}

fn class_annotation(ingress: &At<'_>, errors: &mut Errors) {
    const KEY: &str = "kubernetes.io/ingress.class";
    let class = ingress.at("spec.ingressClassName");
    let found = ingress.at("metadata.annotations").value.get(KEY).and_then(serde_json::Value::as_str);
    if let Some(found) = found.filter(|found| class.is_set() && *found != class.text()) {
        let place = class.named(format!("annotations.{KEY}"));
        errors.invalid_as(&place, found, "must match `ingressClassName` when both are specified");
    }
}

pub(super) const CLASS: Rules =
    &[("spec.controller", Rule::Check(controller)), ("spec.parameters", Rule::Check(parameters))];
pub(super) const CLASS_CHANGES: &[Change] = &[Change::ImmutableText("spec.controller"), Change::Rules(CLASS)];

fn controller(at: &At<'_>, errors: &mut Errors) {
    if at.text().len() > 250 {
        errors.too_long(at, 250);
    }
    batch::domain_prefixed_path(at, errors);
}

fn parameters(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let mut late = Errors::default();
    if at.at("apiGroup").is_set() {
        errors.format(&at.at("apiGroup"), format::subdomain);
    }
    for field in ["kind", "name"] {
        let place = at.at(field);
        Rule::Required("").judge(&place, &mut late);
        errors.format(&place, format::path_segment);
    }
    let (scope, namespace) = (at.at("scope"), at.at("namespace"));
    match scope.text() {
        "" if !scope.is_set() => errors.required(&scope, ""),
        "Namespace" if !namespace.is_set() => {
            errors.required(&namespace, "`parameters.scope` is set to 'Namespace'");
        }
        "Namespace" => errors.format(&namespace, format::label),
        "Cluster" if namespace.is_set() => {
            errors.forbidden(&namespace, "`parameters.scope` is set to 'Cluster'");
        }
        "Cluster" => {}
        _ => errors.unsupported(&scope, &["Cluster", "Namespace"]),
    }
    errors.append(late);
}

pub(super) const POLICY: Rules = &[
    ("spec.podSelector", Rule::Check(selector::selector)),
    ("spec.ingress[]", Rule::Check(ingress_peers)),
    ("spec.egress[]", Rule::Check(egress_peers)),
    ("spec.policyTypes", Rule::Check(policy_types)),
];

fn ingress_peers(at: &At<'_>, errors: &mut Errors) {
    peers(at, "from", errors);
}

fn egress_peers(at: &At<'_>, errors: &mut Errors) {
    peers(at, "to", errors);
}

fn peers(at: &At<'_>, list: &str, errors: &mut Errors) {
    at.at("ports").items().iter().for_each(|port| policy_port(port, errors));
    for peer in at.at(list).items() {
        let block = peer.at("ipBlock");
        let selectors = ["podSelector", "namespaceSelector"].map(|name| peer.at(name));
        selectors.iter().for_each(|place| selector::selector(place, errors));
        ip_block(&block, errors);
        let chosen = selectors.iter().any(At::is_set);
        if !chosen && !block.is_set() {
            errors.required(&peer, "must specify a peer");
        } else if chosen && block.is_set() {
            errors.forbidden(&peer, "may not specify both ipBlock and another peer");
        }
    }
}

fn policy_port(at: &At<'_>, errors: &mut Errors) {
    let (port, end) = (at.at("port"), at.at("endPort"));
    if at.at("protocol").is_set() {
        Rule::Exactly(&["TCP", "UDP", "SCTP"]).judge(&at.at("protocol"), errors);
    }
    if let Some(number) = port.int() {
        resources::port_number(&port, errors);
        if end.int().is_some_and(|end| end < number) {
            errors.invalid(&end, "must be greater than or equal to `port`");
        }
        if end.is_set() {
            resources::port_number(&end, errors);
        }
        return;
    }
    if end.is_set() {
        let what = if port.is_set() { "non-numeric" } else { "not specified" };
        errors.invalid(&end, format!("may not be specified when `port` is {what}"));
    }
    if port.is_set() {
        errors.format(&port, format::port_name);
    }
}

fn ip_block(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let whole = at.at("cidr");
    if whole.text().is_empty() {
        return errors.required(&whole, "");
    }
    ip::cidr(&whole, errors);
    let Some(network) = ip::Network::parse(whole.text()) else {
        return;
    };
    for except in at.at("except").items() {
        ip::cidr(&except, errors);
        if ip::Network::parse(except.text()).is_some_and(|part| !network.strictly_contains(part)) {
            errors.invalid(&except, "must be a strict subset of `cidr`");
        }
    }
}

fn policy_types(at: &At<'_>, errors: &mut Errors) {
    if at.len() > 2 {
        return errors.invalid(at, "may not specify more than two policyTypes");
    }
    for kind in at.items() {
        Rule::Exactly(&["Ingress", "Egress"]).judge(&kind, errors);
    }
}
