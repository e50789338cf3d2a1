//! Pure: the addresses and node ports that services are given.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use kubist_structural::field_error::FieldError;
use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};
use crate::builtin::defaults::services::{self, kind_of};
use crate::builtin::validate;
use crate::kinds::Kind;
use crate::meta;
use crate::status::Status;

/// The network of the cluster's services, of 256 addresses.
const NETWORK: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 0);
/// The addresses that are given to services that ask for none. Those below are left for who asks.
const FREE_ADDRESSES: std::ops::RangeInclusive<u8> = 17..=254;
/// The ports that services may have on every node, and those given to services that ask for none.
const NODE_PORTS: std::ops::RangeInclusive<i64> = 30_000..=32_767;
const FREE_NODE_PORTS: std::ops::RangeInclusive<i64> = 30_086..=32_767;

/// What the other services hold.
#[derive(Debug, Default)]
pub(super) struct Taken {
    addresses: BTreeSet<String>,
    ports: BTreeSet<i64>,
}

impl Taken {
    /// Reads what `services` hold; the first address is the API server's own.
    pub(super) fn by<'a>(services: impl Iterator<Item = &'a Value>) -> Self {
        let mut taken = Self { addresses: BTreeSet::from(["10.0.0.1".to_owned()]), ports: BTreeSet::new() };
        for spec in services.filter_map(|service| service.get("spec")?.as_object()) {
            let list = spec.get("clusterIPs").and_then(Value::as_array).into_iter().flatten();
            taken.addresses.extend(list.filter_map(Value::as_str).map(str::to_owned));
            taken.ports.extend(services::node_ports(spec));
        }
        taken
    }

    fn take_address(&mut self, address: &str) -> Result<(), String> {
        if address.parse::<IpAddr>().is_ok_and(|address| !is_in_range(address)) {
            return Err("the provided network does not match the current range".to_owned());
        }
        if !self.addresses.insert(address.to_owned()) {
            return Err("provided IP is already allocated".to_owned());
        }
        Ok(())
    }

    fn next_address(&mut self) -> Option<String> {
        let network = NETWORK.octets();
        let mut free = from_anywhere(FREE_ADDRESSES).chain(1..*FREE_ADDRESSES.start());
        let address = free.find_map(|host| {
            let address = Ipv4Addr::new(network[0], network[1], network[2], host).to_string();
            (!self.addresses.contains(&address)).then_some(address)
        })?;
        self.addresses.insert(address.clone());
        Some(address)
    }

    fn take_port(&mut self, port: i64) -> Result<(), String> {
        if !NODE_PORTS.contains(&port) {
            return Err(format!(
                "provided port is not in the valid range. The range of valid ports is {}-{}",
                NODE_PORTS.start(),
                NODE_PORTS.end()
            ));
        }
        if !self.ports.insert(port) {
            return Err("provided port is already allocated".to_owned());
        }
        Ok(())
    }

    fn next_port(&mut self) -> Option<i64> {
        let mut free = from_anywhere(FREE_NODE_PORTS).chain(*NODE_PORTS.start()..*FREE_NODE_PORTS.start());
        let port = free.find(|port| !self.ports.contains(port))?;
        self.ports.insert(port);
        Some(port)
    }
}

/// The values of a range from one of them on, around the end: what was given back is not what is given next.
fn from_anywhere<T: Copy>(range: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let values: Vec<T> = range.collect();
    let (first, count) = (meta::generate::below(values.len()), values.len());
    values.into_iter().cycle().skip(first).take(count)
}

fn is_in_range(address: IpAddr) -> bool {
    let IpAddr::V4(address) = address else {
        return false;
    };
    address.octets()[..3] == NETWORK.octets()[..3] && !matches!(address.octets()[3], 0 | 255)
}

/// Gives a new or changed service the addresses and ports that it needs. `taken` is what all other services hold.
pub(super) fn allocate(
    kind: &Kind,
    object: &mut Value,
    old: Option<&Value>,
    taken: &mut Taken,
) -> Result<(), Status> {
    let name = meta::text(object, "name").to_owned();
    let old = old.and_then(|old| old.get("spec")?.as_object());
    let spec = edit::make(object, &["spec"]);
    if let Some(old) = old {
        services::keep_allocated(spec, old);
    }
    services::agree_on_address(spec, old);
    let errors = validate::service_addresses(&Value::Object(spec.clone()));
    let refuse = |errors: Vec<FieldError>| Status::invalid(&kind.group, &kind.kind, &name, &errors);
    if !errors.is_empty() {
        return Err(refuse(errors));
    }
    let invalid = |error: FieldError| refuse(vec![error]);
    if services::has_cluster_ip(spec) {
        families(spec, old).map_err(refuse)?;
        if first_address(spec).is_empty() {
            let Some(address) = taken.next_address() else {
                let why = format!("failed to allocate a serviceIP for Service {name:?}: range is full");
                return Err(Status::internal_error(&why));
            };
            spec.insert("clusterIPs".to_owned(), json!([address]));
            spec.insert("clusterIP".to_owned(), address.into());
        } else {
            take_own_address(spec, old, taken).map_err(invalid)?;
        }
    }
    if services::has_node_ports(spec) {
        node_ports(spec, old, taken).map_err(invalid)?;
    }
    health_check(spec, old, taken)
}

/// The families of the addresses: this cluster has IPv4 alone.
fn families(spec: &mut Fields, old: Option<&Fields>) -> Result<(), Vec<FieldError>> {
    let is_free = edit::text(spec, "clusterIP") == "None" && edit::is_empty(spec, "selector");
    if edit::is_absent(spec, "ipFamilyPolicy") {
        let before = old.and_then(|old| old.get("ipFamilyPolicy")).cloned();
        let policy =
            before.unwrap_or_else(|| if is_free { "RequireDualStack" } else { "SingleStack" }.into());
        spec.insert("ipFamilyPolicy".to_owned(), policy);
    }
    let policy = edit::text(spec, "ipFamilyPolicy").to_owned();
    if is_free {
        if edit::is_empty(spec, "ipFamilies") {
            spec.insert("ipFamilies".to_owned(), json!(["IPv4"]));
        }
        if let Some(Value::Array(families)) = spec.get_mut("ipFamilies")
            && families.len() == 1
            && policy != "SingleStack"
        {
            let other = if families[0] == "IPv4" { "IPv6" } else { "IPv4" };
            families.push(other.into());
        }
        return Ok(());
    }
    let mut errors = Vec::new();
    if policy == "RequireDualStack" {
        let why = "this cluster is not configured for dual-stack services";
        errors.push(FieldError::invalid("spec.ipFamilyPolicy", policy, why));
    }
    let families = spec.get("ipFamilies").and_then(Value::as_array).into_iter().flatten();
    for (index, family) in families.enumerate().filter(|(_, family)| *family != "IPv4") {
        let path = format!("spec.ipFamilies[{index}]");
        errors.push(FieldError::invalid(&path, family.clone(), "not configured on this cluster"));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    if edit::is_empty(spec, "ipFamilies") {
        spec.insert("ipFamilies".to_owned(), json!(["IPv4"]));
    }
    Ok(())
}

/// The first address that a service names.
fn first_address(spec: &Fields) -> &str {
    spec.get("clusterIPs").and_then(|list| list.get(0)).and_then(Value::as_str).unwrap_or_default()
}

fn take_own_address(spec: &Fields, old: Option<&Fields>, taken: &mut Taken) -> Result<(), FieldError> {
    let address = first_address(spec);
    if address == "None" || old.is_some_and(|old| edit::text(old, "clusterIP") == address) {
        return Ok(());
    }
    let list = spec.get("clusterIPs").cloned().unwrap_or_default();
    if address.parse::<Ipv6Addr>().is_ok() {
        return Err(FieldError::invalid(
            "spec.clusterIPs[0]",
            list,
            "IPv6 is not configured on this cluster",
        ));
    }
    taken.take_address(address).map_err(|why| {
        FieldError::invalid("spec.clusterIPs", list, format!("failed to allocate IP {address}: {why}"))
    })
}

fn node_ports(spec: &mut Fields, old: Option<&Fields>, taken: &mut Taken) -> Result<(), FieldError> {
    let wants_all = kind_of(spec) == "NodePort"
        || spec.get("allocateLoadBalancerNodePorts").and_then(Value::as_bool).unwrap_or(true);
    let mut kept = old.map(services::node_ports).unwrap_or_default();
    let asked: Vec<(i64, i64)> = edit::items(spec, "ports")
        .map(|port| (port_number(port), services::node_port(port)))
        .filter(|(_, number)| *number != 0)
        .collect();
    let mut given: Vec<(i64, i64)> = Vec::new();
    for (index, port) in edit::items(spec, "ports").enumerate() {
        let number = port_number(port);
        // Two protocols on one port share a node port, if the service is new.
        let shared = |pairs: &[(i64, i64)]| {
            pairs.iter().find(|(port, _)| *port == number).map(|(_, node_port)| *node_port)
        };
        let wanted = match services::node_port(port) {
            0 if !wants_all => continue,
            0 if old.is_none() => shared(&given).or_else(|| shared(&asked)),
            0 => None,
            asked => Some(asked),
        };
        let node_port = match wanted {
            Some(wanted) => {
                if !kept.contains(&wanted) {
                    taken.take_port(wanted).map_err(|why| {
                        FieldError::invalid(&format!("spec.ports[{index}].nodePort"), wanted, why)
                    })?;
                    kept.push(wanted);
                }
                wanted
            }
            None => taken.next_port().unwrap_or_default(),
        };
        kept.push(node_port);
        given.push((number, node_port));
        port.insert("nodePort".to_owned(), json!(node_port));
    }
    Ok(())
}

fn port_number(port: &Fields) -> i64 {
    port.get("port").and_then(Value::as_i64).unwrap_or(0)
}

fn health_check(spec: &mut Fields, old: Option<&Fields>, taken: &mut Taken) -> Result<(), Status> {
    if !services::has_health_check(spec) {
        return Ok(());
    }
    let number = |spec: &Fields| spec.get("healthCheckNodePort").and_then(Value::as_i64).unwrap_or(0);
    match number(spec) {
        0 => {
            let port = taken.next_port().unwrap_or_default();
            spec.insert("healthCheckNodePort".to_owned(), json!(port));
            Ok(())
        }
        asked if old.is_some_and(|old| number(old) == asked) => Ok(()),
        asked => taken.take_port(asked).map_err(|why| {
            Status::internal_error(&format!(
                "failed to allocate requested HealthCheck NodePort {asked}: {why}"
            ))
        }),
    }
}
