//! Pure: the columns of services and what belongs to them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::table::cell::{Cell, Row, list, number, text};
use crate::table::format::{self, NONE, scalar, some_of};

/// How many entries of a list are shown.
const SHOWN: usize = 3;

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "services" => SERVICES,
        "ingresses" => INGRESSES,
        "ingressclasses" => INGRESS_CLASSES,
        "networkpolicies" => &[Cell::Name, Cell::Selector("spec.podSelector"), Cell::Age],
        "endpoints" => &[Cell::Name, Cell::Of(endpoints), Cell::Age],
        "endpointslices" => ENDPOINT_SLICES,
        "servicecidrs" => {
            &[Cell::Name, Cell::Of(|row| texts(row.list("spec.cidrs")).join(",").into()), Cell::Age]
        }
        "ipaddresses" => &[Cell::Name, Cell::Of(parent), Cell::Age],
        _ => return None,
    })
}

const SERVICES: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.type", ""),
    Cell::Of(|row| row.list("spec.clusterIPs").first().cloned().unwrap_or_else(|| NONE.into())),
    Cell::Of(external_ip),
    Cell::Of(service_ports),
    Cell::Age,
    Cell::Labels("spec.selector"),
];

const INGRESSES: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.ingressClassName", NONE),
    Cell::Of(hosts),
    Cell::Of(|row| addresses(row).into()),
    Cell::Of(|row| if row.count("spec.tls") == 0 { "80".into() } else { "80, 443".into() }),
    Cell::Age,
];

const INGRESS_CLASSES: &[Cell] = &[
    Cell::Of(|row| {
        let name = row.text("metadata.name");
        let annotations = row.get("metadata.annotations");
        let default = annotations.and_then(|map| map.get("ingressclass.kubernetes.io/is-default-class"));
        if default == Some(&"true".into()) { format!("{name} (default)").into() } else { name.into() }
    }),
    Cell::Text("spec.controller", ""),
    Cell::Of(parameters),
    Cell::Age,
];

const ENDPOINT_SLICES: &[Cell] = &[
    Cell::Name,
    Cell::Text("addressType", ""),
    Cell::Of(|row| {
        let ports = row.list("ports").iter();
        let named = |port: &Value| {
            let name = port.get("name").and_then(Value::as_str);
            port.get("port")
                .and_then(Value::as_i64)
                .map_or_else(|| name.unwrap_or("*").to_owned(), |n| n.to_string())
        };
        some_of(&ports.map(named).collect::<Vec<_>>(), SHOWN, "<unset>").into()
    }),
    Cell::Of(|row| {
        let addresses = row.list("endpoints").iter().flat_map(|endpoint| texts(list(endpoint, "addresses")));
        some_of(&addresses.collect::<Vec<_>>(), SHOWN, "<unset>").into()
    }),
    Cell::Age,
];

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(|value| scalar(Some(value), "")).collect()
}

/// The addresses of a load balancer, each once, in order.
fn addresses(row: Row<'_>) -> String {
    let points = row.list("status.loadBalancer.ingress").iter();
    let named = points.map(|point| {
        Some(text(point, "ip")).filter(|ip| !ip.is_empty()).unwrap_or_else(|| text(point, "hostname"))
    });
    let addresses: BTreeSet<&str> = named.filter(|name| !name.is_empty()).collect();
    format::join(addresses)
}

fn external_ip(row: Row<'_>) -> Value {
    let external = texts(row.list("spec.externalIPs"));
    let (given, empty) = match row.text("spec.type") {
        "ClusterIP" | "NodePort" => (String::new(), NONE),
        "LoadBalancer" => (addresses(row), "<pending>"),
        "ExternalName" => return row.text("spec.externalName").into(),
        _ => return "<unknown>".into(),
    };
    let all: Vec<String> =
        Some(given).filter(|given| !given.is_empty()).into_iter().chain(external).collect();
    if all.is_empty() { empty.into() } else { all.join(",").into() }
}

fn service_ports(row: Row<'_>) -> Value {
    let ports = row.list("spec.ports").iter().map(|port| {
        let (number, protocol) = (number(port, "port"), text(port, "protocol"));
        match port.get("nodePort").and_then(Value::as_i64) {
            Some(node @ 1..) => format!("{number}:{node}/{protocol}"),
            _ => format!("{number}/{protocol}"),
        }
    });
    let ports = ports.collect::<Vec<_>>().join(",");
    if ports.is_empty() { NONE.into() } else { ports.into() }
}

fn hosts(row: Row<'_>) -> Value {
    let rules = row.list("spec.rules");
    let mut hosts: Vec<&str> = Vec::new();
    let mut more = false;
    for rule in rules {
        more |= hosts.len() == SHOWN;
        let host = text(rule, "host");
        if !more && !host.is_empty() {
            hosts.push(host);
        }
    }
    if hosts.is_empty() {
        return "*".into();
    }
    let shown = format::join(hosts);
    if more { format!("{shown} + {} more...", rules.len() - SHOWN).into() } else { shown.into() }
}

fn parameters(row: Row<'_>) -> Value {
    let Some(parameters) = row.get("spec.parameters") else {
        return NONE.into();
    };
    let group = parameters.get("apiGroup").and_then(Value::as_str);
    let group = group.map(|group| format!(".{group}")).unwrap_or_default();
    format!("{}{group}/{}", text(parameters, "kind"), text(parameters, "name")).into()
}

fn endpoints(row: Row<'_>) -> Value {
    let subsets = row.list("subsets");
    if subsets.is_empty() {
        return NONE.into();
    }
    let mut all: Vec<String> = Vec::new();
    for subset in subsets {
        let addresses = list(subset, "addresses").iter().map(|address| text(address, "ip"));
        let ports = list(subset, "ports");
        if ports.is_empty() {
            all.extend(addresses.clone().map(str::to_owned));
        }
        for port in ports {
            let port = number(port, "port");
            all.extend(
                addresses.clone().map(|ip| {
                    if ip.contains(':') { format!("[{ip}]:{port}") } else { format!("{ip}:{port}") }
                }),
            );
        }
    }
    some_of(&all, SHOWN, "").into()
}

fn parent(row: Row<'_>) -> Value {
    let Some(parent) = row.get("spec.parentRef") else {
        return NONE.into();
    };
    let (group, resource) = (text(parent, "group"), text(parent, "resource"));
    let mut parts = vec![
        if group.is_empty() { resource.to_owned() } else { format!("{resource}.{group}") }.to_lowercase(),
    ];
    parts
        .extend(Some(text(parent, "namespace")).filter(|namespace| !namespace.is_empty()).map(str::to_owned));
    parts.push(text(parent, "name").to_owned());
    parts.join("/").into()
}
