//! Pure: the conditional defaults of services, and what an update takes over or lets go.

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};

/// How long a client stays with its endpoint, in seconds.
const AFFINITY_TIMEOUT: i32 = 10_800;

/// To be called when type, affinity and protocols have their defaults.
pub(crate) fn fill(object: &mut Value) {
    let spec = edit::make(object, &["spec"]);
    fill_affinity(spec);
    for port in edit::items(spec, "ports") {
        let target = port.get("targetPort");
        if target.is_none_or(|target| target.is_null() || *target == json!(0) || *target == json!("")) {
            let number = port.get("port").cloned().unwrap_or_else(|| json!(0));
            port.insert("targetPort".to_owned(), number);
        }
    }
    if is_external(spec) {
        edit::default(spec, "externalTrafficPolicy", "Cluster");
    }
    if matches!(kind_of(spec), "ClusterIP" | "NodePort" | "LoadBalancer") {
        edit::default(spec, "internalTrafficPolicy", "Cluster");
    }
    if kind_of(spec) == "LoadBalancer" {
        edit::default(spec, "allocateLoadBalancerNodePorts", true);
        if let Some(balancer) = edit::at(object, &["status", "loadBalancer"]) {
            for ingress in edit::items(balancer, "ingress").filter(|ingress| !edit::is_empty(ingress, "ip")) {
                edit::default(ingress, "ipMode", "VIP");
            }
        }
    }
}

fn fill_affinity(spec: &mut Fields) {
    match edit::text(spec, "sessionAffinity") {
        "None" => {
            spec.remove("sessionAffinityConfig");
        }
        "ClientIP" => {
            let config = edit::child(spec, "sessionAffinityConfig");
            let client = edit::child(config, "clientIP");
            edit::default(client, "timeoutSeconds", AFFINITY_TIMEOUT);
        }
        _ => {}
    }
}

/// The type of a service.
pub(crate) fn kind_of(spec: &Fields) -> &str {
    edit::text(spec, "type")
}

/// Whether clients from outside reach the service.
fn is_external(spec: &Fields) -> bool {
    let has_external_ip = kind_of(spec) == "ClusterIP" && !edit::is_empty(spec, "externalIPs");
    has_external_ip || matches!(kind_of(spec), "NodePort" | "LoadBalancer")
}

pub(crate) fn has_cluster_ip(spec: &Fields) -> bool {
    kind_of(spec) != "ExternalName"
}

pub(crate) fn has_node_ports(spec: &Fields) -> bool {
    matches!(kind_of(spec), "NodePort" | "LoadBalancer")
}

pub(crate) fn has_health_check(spec: &Fields) -> bool {
    kind_of(spec) == "LoadBalancer" && edit::text(spec, "externalTrafficPolicy") == "Local"
}

/// Whether `name` is the same in both.
pub(crate) fn same(spec: &Fields, old: &Fields, name: &str) -> bool {
    let value = |fields: &Fields| fields.get(name).filter(|value| !value.is_null()).cloned();
    value(spec) == value(old)
}

/// Takes over what was allocated before and is not mentioned now.
pub(crate) fn keep_allocated(spec: &mut Fields, old: &Fields) {
    if has_cluster_ip(spec) && has_cluster_ip(old) {
        for name in ["clusterIP", "clusterIPs"] {
            if edit::is_empty(spec, name) {
                edit::put(spec, name, old.get(name).cloned());
            }
        }
    }
    if has_node_ports(spec) && has_node_ports(old) {
        keep_node_ports(spec, old);
    }
    if has_health_check(spec) && has_health_check(old) {
        let before = old.get("healthCheckNodePort").cloned();
        if edit::is_absent(spec, "healthCheckNodePort") {
            edit::put(spec, "healthCheckNodePort", before);
        }
    }
}

fn keep_node_ports(spec: &mut Fields, old: &Fields) {
    let used: Vec<i64> = node_ports(spec);
    let mut old = old.clone();
    let before: Vec<(String, i64)> = edit::items(&mut old, "ports")
        .map(|port| (edit::text(port, "name").to_owned(), node_port(port)))
        .filter(|(_, number)| *number != 0 && !used.contains(number))
        .collect();
    for port in edit::items(spec, "ports").filter(|port| node_port(port) == 0) {
        let name = edit::text(port, "name").to_owned();
        if let Some((_, number)) = before.iter().rfind(|(known, _)| *known == name) {
            port.insert("nodePort".to_owned(), json!(number));
        }
    }
}

/// The node port of a port of a service, or 0.
pub(crate) fn node_port(port: &Fields) -> i64 {
    port.get("nodePort").and_then(Value::as_i64).unwrap_or(0)
}

/// All node ports of a service.
pub(crate) fn node_ports(spec: &Fields) -> Vec<i64> {
    let ports = spec.get("ports").and_then(Value::as_array).into_iter().flatten();
    let ports = ports.filter_map(|port| port.get("nodePort")).chain(spec.get("healthCheckNodePort"));
    ports.filter_map(Value::as_i64).filter(|number| *number != 0).collect()
}

/// The one address and the list of them follow each other: clients of either kind change what they know.
pub(crate) fn agree_on_address(spec: &mut Fields, old: Option<&Fields>) {
    let one = edit::text(spec, "clusterIP").to_owned();
    let Some(old) = old else {
        if !one.is_empty() && edit::is_empty(spec, "clusterIPs") {
            spec.insert("clusterIPs".to_owned(), json!([one]));
        }
        return;
    };
    if edit::is_empty(spec, "clusterIPs") && edit::text(old, "clusterIP") == one {
        edit::put(spec, "clusterIPs", old.get("clusterIPs").cloned());
    }
    if edit::text(old, "clusterIP") != one && same(spec, old, "clusterIPs") {
        let list = (!one.is_empty()).then(|| json!([one]));
        edit::put(spec, "clusterIPs", list);
    }
}

/// Who is only a name has no policy for traffic.
pub(crate) fn drop_traffic_policy(object: &mut Value) {
    if let Some(spec) = edit::at(object, &["spec"])
        && kind_of(spec) == "ExternalName"
    {
        spec.remove("internalTrafficPolicy");
    }
}

/// Lets go of what the new type has no use for and the client did not change.
pub(crate) fn drop_unused(object: &mut Value, old: &Value) {
    let Some(old_spec) = old.get("spec").and_then(Value::as_object) else {
        return;
    };
    let spec = edit::make(object, &["spec"]);
    let mut unused: Vec<&str> = Vec::new();
    if has_cluster_ip(old_spec) && !has_cluster_ip(spec) {
        unused.extend(["ipFamilies", "ipFamilyPolicy"]);
        if same(spec, old_spec, "clusterIPs") {
            spec.remove("clusterIP");
            spec.remove("clusterIPs");
        }
    }
    if has_node_ports(old_spec) && !has_node_ports(spec) && same_node_ports(spec, old_spec) {
        for port in edit::items(spec, "ports") {
            port.remove("nodePort");
        }
    }
    if has_health_check(old_spec) && !has_health_check(spec) {
        unused.push("healthCheckNodePort");
    }
    if kind_of(old_spec) == "LoadBalancer" && kind_of(spec) != "LoadBalancer" {
        unused.extend(["allocateLoadBalancerNodePorts", "loadBalancerClass"]);
    }
    if is_external(old_spec) && !is_external(spec) {
        unused.push("externalTrafficPolicy");
    }
    for name in unused {
        if same(spec, old_spec, name) {
            spec.remove(name);
        }
    }
    if kind_of(spec) != "LoadBalancer" {
        object["status"]["loadBalancer"] = json!({});
    }
}

fn same_node_ports(spec: &Fields, old: &Fields) -> bool {
    let sorted = |fields: &Fields| {
        let ports = fields.get("ports").and_then(Value::as_array).into_iter().flatten();
        let mut numbers: Vec<i64> =
            ports.filter_map(|port| port.get("nodePort")).filter_map(Value::as_i64).collect();
        numbers.sort_unstable();
        numbers
    };
    sorted(spec) == sorted(old)
}
