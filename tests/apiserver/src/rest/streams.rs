//! Pure: log, exec, attach, portforward and proxy, as a server answers them that can reach no node.

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::meta;
use crate::rest::{Answer, Call};
use crate::status::Status;
use crate::storage::Key;

/// GET of the log of a pod: one that is on no node has none yet.
pub(crate) fn log(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let key = call.key()?;
    let pod = cluster.get(&call.kind, &key)?;
    check_log_options(call, &key.name)?;
    check_container(&pod.object, call.query.get("container"))?;
    match node(&pod.object) {
        "" => Ok(Answer::empty()),
        node => Err(unreachable(cluster, node)),
    }
}

/// What goes through to a node, a pod or a service.
pub(crate) fn connect(cluster: &mut Cluster, call: &mut Call, part: &str) -> Result<Answer, Status> {
    let key = call.key()?;
    if call.kind.plural == "services" {
        let why = format!("no endpoints available for service \"{}\"", key.name);
        return Err(Status::new(503, "ServiceUnavailable", why));
    }
    let object = &cluster.get(&call.kind, &key)?.object;
    if call.kind.plural == "nodes" {
        return Err(no_address(object));
    }
    if part == "proxy" {
        return Err(Status::bad_request("address not allowed"));
    }
    if part != "portforward" {
        check_container(object, call.query.get("container"))?;
    }
    match node(object) {
        "" => Err(Status::bad_request(format!("pod {} does not have a host assigned", key.name))),
        node => Err(unreachable(cluster, node)),
    }
}

fn node(pod: &Value) -> &str {
    pod["spec"]["nodeName"].as_str().unwrap_or_default()
}

/// The server looks for the node, and names it a pod when it is not there.
fn unreachable(cluster: &Cluster, node: &str) -> Status {
    let key = Key { namespace: String::new(), name: node.to_owned() };
    let nodes = cluster.registry.find("", "v1", "nodes");
    match nodes.and_then(|kind| cluster.get(kind, &key).ok()) {
        Some(node) => no_address(&node.object),
        None => Status::named_not_found("", "pods", node),
    }
}

fn no_address(node: &Value) -> Status {
    let addresses = node["status"]["addresses"].as_array().map_or(&[][..], Vec::as_slice);
    let text = |address: &Value, field: &str| address[field].as_str().unwrap_or_default().to_owned();
    match addresses.first() {
        None => Status::internal("no preferred addresses found; known addresses: []"),
        Some(first) => {
            Status::internal(format!("dial tcp {}: no node listens there", text(first, "address")))
        }
    }
}

fn check_container(pod: &Value, container: Option<&str>) -> Result<(), Status> {
    let name = meta::text(pod, "name");
    let names = |field: &str| -> Vec<String> {
        let containers = pod["spec"][field].as_array().into_iter().flatten();
        containers.filter_map(|container| container["name"].as_str().map(str::to_owned)).collect()
    };
    let (inits, mains, ephemerals) =
        (names("initContainers"), names("containers"), names("ephemeralContainers"));
    match container {
        Some(wanted) if [&inits, &mains, &ephemerals].into_iter().flatten().any(|own| own == wanted) => {
            Ok(())
        }
        Some(wanted) => Err(Status::bad_request(format!("container {wanted} is not valid for pod {name}"))),
        None if mains.len() == 1 => Ok(()),
        None if has_default(pod, &mains) => Ok(()),
        None => {
            let all: Vec<String> = inits.into_iter().chain(mains).chain(ephemerals).collect();
            Err(Status::bad_request(format!(
                "a container name must be specified for pod {name}, choose one of: [{}]",
                all.join(" ")
            )))
        }
    }
}

/// Whether an annotation names the container that is meant when none is.
fn has_default(pod: &Value, containers: &[String]) -> bool {
    let annotations = meta::field(pod, "annotations");
    let named = annotations.and_then(|map| map.get("kubectl.kubernetes.io/default-container"));
    named.and_then(Value::as_str).is_some_and(|named| containers.iter().any(|own| own == named))
}

fn check_log_options(call: &Call, name: &str) -> Result<(), Status> {
    let mut errors = Vec::new();
    let number = |field: &str| {
        let text = call.query.get(field);
        let parsed = text.map(|text| {
            text.parse::<i64>().map_err(|_| {
                Status::bad_request(format!("strconv.ParseInt: parsing {text:?}: invalid syntax"))
            })
        });
        parsed.transpose()
    };
    let (tail, limit, since) = (number("tailLines")?, number("limitBytes")?, number("sinceSeconds")?);
    if let Some(tail) = tail.filter(|tail| *tail < 0) {
        errors.push(FieldError::invalid("tailLines", tail, "must be greater than or equal to 0"));
    }
    if let Some(limit) = limit.filter(|limit| *limit < 1) {
        errors.push(FieldError::invalid("limitBytes", limit, "must be greater than 0"));
    }
    if since.is_some() && call.query.get("sinceTime").is_some() {
        let why = "at most one of `sinceTime` or `sinceSeconds` may be specified";
        errors.push(FieldError::forbidden("[]", why));
    } else if let Some(since) = since.filter(|since| *since < 1) {
        errors.push(FieldError::invalid("sinceSeconds", since, "must be greater than 0"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Status::invalid("", "PodLogOptions", name, &errors)) }
}
