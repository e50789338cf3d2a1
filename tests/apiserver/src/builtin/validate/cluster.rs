//! Pure: what the components of a cluster write: nodes, leases, endpoints and events.

use kubist_structural::field_error::FieldError;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::ip;
use crate::builtin::validate::pod::placement;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules, run};
use crate::builtin::validate::selector;

pub(super) const NODE: Rules = &[
    ("", Rule::Check(node_taints)),
    ("status.capacity", Rule::Check(node_resources)),
    ("status.allocatable", Rule::Check(node_resources)),
    ("spec.podCIDRs", Rule::Check(pod_cidrs)),
];
pub(super) const NODE_CHANGES: &[Change] = &[Change::Check(node_change)];

fn node_taints(node: &At<'_>, errors: &mut Errors) {
    let taints = node.at("spec.taints");
    placement::taints(&taints.named(node.at("metadata.taints").path), errors);
}

fn node_resources(at: &At<'_>, errors: &mut Errors) {
    for (name, place) in at.entries() {
        resources::amount(&place.named(at.at(name).path), name, errors);
    }
}

fn pod_cidrs(at: &At<'_>, errors: &mut Errors) {
    at.items().iter().for_each(|cidr| ip::cidr(cidr, errors));
    let is_v6 = |text: &&str| text.contains(':');
    let both = at.texts().iter().any(is_v6) && !at.texts().iter().all(is_v6);
    if at.len() > 2 || (at.len() == 2 && !both) {
        errors.invalid(at, "may specify no more than one CIDR for each IP family");
    }
}

fn node_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    for map in ["status.capacity", "status.allocatable"] {
        node_resources(&new.at(map), errors);
    }
    let (cidrs, had) = (new.at("spec.podCIDRs"), old.at("spec.podCIDRs"));
    if !had.is_empty() {
        let why = "node updates may not change podCIDR except from \"\" to valid";
        let changed = if cidrs.len() == had.len() {
            cidrs.texts().iter().zip(had.texts()).filter(|(new, old)| *new != old).count()
        } else {
            1
        };
        (0..changed).for_each(|_| errors.forbidden(&cidrs, why));
    }
    node_taints(new, errors);
    if new.at("spec.externalID").text() != old.at("spec.externalID").text() {
        errors.forbidden(&new.at("spec.externalID"), "may not be updated");
    }
    pod_cidrs(&cidrs, errors);
    let (id, before) = (new.at("spec.providerID"), old.at("spec.providerID"));
    if !before.text().is_empty() && id.text() != before.text() {
        let what = if id.text().is_empty() { "cleared" } else { "modified" };
        errors.invalid_as(&id, serde_json::Value::Null, format!("field cannot be {what} once set"));
    }
}

pub(super) const LEASE: Rules = &[("spec", Rule::Check(lease))];

fn lease(spec: &At<'_>, errors: &mut Errors) {
    let (duration, transitions) = (spec.at("leaseDurationSeconds"), spec.at("leaseTransitions"));
    if duration.int().is_some_and(|seconds| seconds <= 0) {
        errors.invalid(&duration, "must be greater than 0");
    }
    Rule::NonNegative.judge(&transitions, errors);
}

pub(super) const ENDPOINTS: Rules = &[("subsets[]", Rule::Check(subset))];
pub(super) const ENDPOINTS_CHANGES: &[Change] = &[Change::Check(endpoints_change)];

/// Subsets that were once taken are not judged again.
fn endpoints_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    if new.at("subsets").value != old.at("subsets").value {
        run(ENDPOINTS, new, errors);
    }
}

fn subset(at: &At<'_>, errors: &mut Errors) {
    let lists = [at.at("addresses"), at.at("notReadyAddresses")];
    if lists.iter().all(|list| list.is_empty()) {
        errors.required(at, "must specify `addresses` or `notReadyAddresses`");
    }
    for address in lists.iter().flat_map(At::items) {
        ip::address(&address.at("ip"), errors);
        Rule::Form(format::label).judge(&address.at("hostname"), errors);
        if address.at("nodeName").is_set() {
            errors.format(&address.at("nodeName"), format::subdomain);
        }
        ip::endpoint(&address.at("ip"), errors);
    }
    let ports = at.at("ports");
    for port in ports.items() {
        let name = port.at("name");
        if ports.len() > 1 && name.text().is_empty() {
            errors.required(&name, "");
        }
        Rule::Form(format::label).judge(&name, errors);
        resources::port_number(&port.at("port"), errors);
        Rule::Needed(&["SCTP", "TCP", "UDP"]).judge(&port.at("protocol"), errors);
        if port.at("appProtocol").is_set() {
            errors.format(&port.at("appProtocol"), format::qualified);
        }
    }
}

pub(super) const SLICE: Rules = &[
    ("ports", Rule::Check(slice_ports)),
    ("", Rule::Check(slice_endpoints)),
    ("addressType", Rule::Needed(&["FQDN", "IPv4", "IPv6"])),
];
pub(super) const SLICE_CHANGES: &[Change] = &[Change::Check(slice_change), Change::Frozen("addressType")];

/// Endpoints that were once taken are not judged again.
fn slice_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    slice_ports(&new.at("ports"), errors);
    if new.at("endpoints").value != old.at("endpoints").value {
        slice_endpoints(new, errors);
    }
    Rule::Needed(&["FQDN", "IPv4", "IPv6"]).judge(&new.at("addressType"), errors);
}

fn slice_ports(at: &At<'_>, errors: &mut Errors) {
    if at.len() > 20_000 {
        return errors.too_many(at, 20_000);
    }
    let mut names = Vec::new();
    for port in at.items() {
        let name = port.at("name");
        Rule::Form(format::label).judge(&name, errors);
        if names.contains(&name.text()) {
            errors.duplicate_as(&name, name.text());
        } else {
            names.push(name.text());
        }
        let protocol = port.at("protocol");
        if protocol.is_set() {
            Rule::Exactly(&["SCTP", "TCP", "UDP"]).judge(&protocol, errors);
        } else {
            errors.required(&protocol, "");
        }
        if port.at("appProtocol").is_set() {
            errors.format(&port.at("appProtocol"), format::qualified);
        }
    }
}

fn slice_endpoints(slice: &At<'_>, errors: &mut Errors) {
    let at = slice.at("endpoints");
    if at.len() > 1000 {
        return errors.too_many(&at, 1000);
    }
    let mut late = Errors::default();
    for endpoint in at.items() {
        let addresses = endpoint.at("addresses");
        Rule::Required("").judge(&addresses, &mut late);
        if addresses.len() > 100 {
            late.too_many(&addresses, 100);
        }
        for address in addresses.items() {
            slice_address(&address, &addresses, slice.at("addressType").text(), errors);
        }
        if endpoint.at("nodeName").is_set() {
            errors.format(&endpoint.at("nodeName"), format::subdomain);
        }
        selector::labels(&endpoint.at("deprecatedTopology"), errors);
        if endpoint.at("hostname").is_set() {
            errors.format(&endpoint.at("hostname"), format::label);
        }
        for (list, form) in
            [("forZones", format::label_value as format::Format), ("forNodes", format::subdomain)]
        {
            let hints = endpoint.at("hints").at(list);
            if hints.len() > 8 {
                errors.too_many(&hints, 8);
                break;
            }
            let mut seen = Vec::new();
            for hint in hints.items() {
                let name = hint.at("name");
                if seen.contains(&name.text()) {
                    errors.duplicate(&name);
                }
                seen.push(name.text());
                errors.format(&name, form);
            }
        }
    }
    errors.append(late);
}

fn slice_address(at: &At<'_>, list: &At<'_>, kind: &str, errors: &mut Errors) {
    let before = errors.len();
    match kind {
        "IPv4" => ip::address(at, errors),
        "IPv6" => ip::canonical_address(at, errors),
        "FQDN" => return fqdn(at, errors),
        _ => return,
    }
    if errors.len() == before {
        if ip::is_ipv6(at.text()) != (kind == "IPv6") {
            errors.invalid_as(list, at.text(), format!("must be an {kind} address"));
        }
        ip::endpoint(at, errors);
    }
}

fn fqdn(at: &At<'_>, errors: &mut Errors) {
    let name = at.text().strip_suffix('.').unwrap_or_else(|| at.text());
    if at.text().is_empty() {
        return errors.required(at, "");
    }
    let before = errors.len();
    for why in format::subdomain(name) {
        errors.invalid_as(at, name, why);
    }
    if errors.len() == before && name.split('.').count() < 2 {
        errors.invalid_as(at, name, "should be a domain with at least two segments separated by dots");
    }
}

pub(super) const CORE_EVENT: Rules = &[("", Rule::Check(core_event))];
pub(super) const EVENT: Rules = &[("", Rule::Check(event)), ("", Rule::Check(new_event))];
pub(super) const EVENT_CHANGES: &[Change] =
    &[Change::Rules(&[("", Rule::Check(event))]), Change::Check(event_change)];

fn core_event(at: &At<'_>, errors: &mut Errors) {
    any_event(at, "involvedObject", "reportingComponent", errors);
}

/// What every event must hold, by the names of its version's fields.
fn any_event(at: &At<'_>, object: &str, reporter: &str, errors: &mut Errors) {
    let namespace = at.at(object).at("namespace").named("involvedObject.namespace");
    let own = at.at("metadata.namespace").text();
    if at.at("eventTime").text().is_empty() {
        let fits = own == namespace.text() || (namespace.text().is_empty() && own == "default");
        if !fits {
            errors.invalid_text(&namespace, "does not match event.namespace");
        }
        return;
    }
    if namespace.text().is_empty() && !matches!(own, "default" | "kube-system") {
        errors.invalid_text(&namespace, "does not match event.namespace");
    }
    Rule::Required("").judge(&at.at(reporter), errors);
    errors.format(&at.at(reporter), format::qualified);
    for (field, limit) in [("reportingInstance", 128), ("action", 128), ("reason", 128)] {
        Rule::Required("").judge(&at.at(field), errors);
        if at.at(field).text().len() > limit {
            errors.invalid_as(&at.at(field), "", format!("can have at most {limit} characters"));
        }
    }
    let message = if at.at("note").is_set() { at.at("note") } else { at.at("message") };
    if message.text().len() > 1024 {
        errors.invalid_as(&message.named("message"), "", "can have at most 1024 characters");
    }
}

fn event(at: &At<'_>, errors: &mut Errors) {
    any_event(at, "regarding", "reportingController", errors);
}

fn series(at: &At<'_>, errors: &mut Errors) {
    let series = at.at("series");
    if series.is_set() {
        if series.at("count").int().unwrap_or(0) < 2 {
            errors.invalid_as(&series.at("count"), "", "should be at least 2");
        }
        Rule::Required("").judge(&series.at("lastObservedTime"), errors);
    }
}

fn new_event(at: &At<'_>, errors: &mut Errors) {
    series(at, errors);
    Rule::Required("").judge(&at.at("eventTime"), errors);
    let kind = at.at("type");
    if !matches!(kind.text(), "Normal" | "Warning") {
        errors.invalid_as(&kind, "", format!("has invalid value: {}", kind.text()));
    }
    for (field, name) in [
        ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"),
        ("deprecatedCount", "count"),
        ("deprecatedSource", "source"),
    ] {
        if !at.at(field).is_empty() {
            errors.invalid_as(&at.at(field).named(name), "", "needs to be unset");
        }
    }
}

/// What happened does not change; only that it happened again.
fn event_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    if new.at("series").value != old.at("series").value {
        series(new, errors);
    }
    let object = new.at("regarding");
    if object.value != old.at("regarding").value {
        let shown = internal::show_or_zero(&object, "core.v1.ObjectReference");
        errors.invalid_shown(&object.named("involvedObject"), shown, "field is immutable");
    }
    let mut keep = |field: &str, name: &str| {
        if new.at(field).text() != old.at(field).text() {
            errors.invalid_text(&new.at(field).named(name), "field is immutable");
        }
    };
    keep("reason", "reason");
    keep("note", "message");
    keep("type", "type");
    if new.at("eventTime").value != old.at("eventTime").value {
        errors.invalid(&new.at("eventTime"), "field is immutable");
    }
    let mut keep = |field: &str, name: &str| {
        if new.at(field).text() != old.at(field).text() {
            errors.invalid_text(&new.at(field).named(name), "field is immutable");
        }
    };
    keep("action", "action");
    keep("reportingController", "reportingController");
    keep("reportingInstance", "reportingInstance");
}

pub(super) const RUNTIME_CLASS: Rules = &[
    ("overhead", Rule::Check(overhead)),
    ("scheduling.nodeSelector", Rule::Check(selector::labels)),
    ("scheduling.tolerations", Rule::Check(placement::tolerations)),
    ("scheduling.tolerations", Rule::Check(distinct)),
    ("handler", Rule::Name(format::label)),
];
pub(super) const RUNTIME_CLASS_CHANGES: &[Change] = &[Change::ImmutableText("handler")];

/// No toleration may be there twice.
fn distinct(at: &At<'_>, errors: &mut Errors) {
    let mut seen = Vec::new();
    for toleration in at.items() {
        let key = ["key", "operator", "value", "effect"].map(|field| toleration.at(field).text());
        if seen.contains(&key) {
            let shown = internal::show(&toleration, "core.v1.Toleration");
            errors.push(FieldError::duplicate_shown(&toleration.path, shown));
        } else {
            seen.push(key);
        }
    }
}

fn overhead(at: &At<'_>, errors: &mut Errors) {
    let limits = at.at("limits");
    for (name, place) in at.at("podFixed").entries() {
        let place = place.named(limits.key(name));
        resources::container_name(&place, name, errors);
        resources::amount(&place, name, errors);
    }
}
