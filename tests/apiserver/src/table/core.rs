//! Pure: the columns of nodes, namespaces, events, quotas and plain data.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::table::cell::{Cell, Row, condition, is_true, text};
use crate::table::format::{NONE, join, scalar};
use crate::table::human;

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "configmaps" => &[Cell::Name, Cell::Count(&["data", "binaryData"]), Cell::Age],
        "secrets" => &[Cell::Name, Cell::Text("type", ""), Cell::Count(&["data"]), Cell::Age],
        "serviceaccounts" => &[Cell::Name, Cell::Age],
        "namespaces" => &[Cell::Name, Cell::Text("status.phase", ""), Cell::Age],
        "nodes" => NODES,
        "events" => EVENTS,
        "resourcequotas" => QUOTAS,
        "componentstatuses" => COMPONENTS,
        _ => return None,
    })
}

const UNKNOWN: &str = "<unknown>";

const NODES: &[Cell] = &[
    Cell::Name,
    Cell::Of(node_status),
    Cell::Of(roles),
    Cell::Age,
    Cell::Text("status.nodeInfo.kubeletVersion", ""),
    Cell::Of(|row| node_address(row, "InternalIP")),
    Cell::Of(|row| node_address(row, "ExternalIP")),
    Cell::Text("status.nodeInfo.osImage", UNKNOWN),
    Cell::Of(|row| {
        let kernel = row.text_or("status.nodeInfo.kernelVersion", UNKNOWN);
        match row.text("status.nodeInfo.architecture") {
            "" => kernel.into(),
            architecture => format!("{kernel} ({architecture})").into(),
        }
    }),
    Cell::Text("status.nodeInfo.containerRuntimeVersion", UNKNOWN),
];

const EVENTS: &[Cell] = &[
    Cell::Of(last_seen),
    Cell::Text("type", ""),
    Cell::Text("reason", ""),
    Cell::Of(target),
    Cell::Of(|row| text(regarding(row), "fieldPath").into()),
    Cell::Of(source),
    Cell::Of(|row| either(row, "message", "note").trim().into()),
    Cell::Of(|row| first_seen(row).into()),
    Cell::Of(count),
    Cell::Name,
];

const QUOTAS: &[Cell] =
    &[Cell::Name, Cell::Of(|row| quota(row, false)), Cell::Of(|row| quota(row, true)), Cell::Age];

const COMPONENTS: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| match condition(row.list("conditions"), "Healthy") {
        None => "Unknown".into(),
        Some(healthy) if is_true(healthy) => "Healthy".into(),
        Some(_) => "Unhealthy".into(),
    }),
    Cell::Of(|row| component(row, "message")),
    Cell::Of(|row| component(row, "error")),
];

fn component(row: Row<'_>, field: &str) -> Value {
    condition(row.list("conditions"), "Healthy").map_or("", |healthy| text(healthy, field)).into()
}

fn node_status(row: Row<'_>) -> Value {
    // The last condition of a type counts.
    let ready = row.list("status.conditions").iter().rfind(|one| text(one, "type") == "Ready");
    let mut status = vec![match ready {
        None => "Unknown",
        Some(ready) if is_true(ready) => "Ready",
        Some(_) => "NotReady",
    }];
    if row.get("spec.unschedulable") == Some(&Value::Bool(true)) {
        status.push("SchedulingDisabled");
    }
    join(status).into()
}

fn roles(row: Row<'_>) -> Value {
    let labels = row.get("metadata.labels").and_then(Value::as_object).into_iter().flatten();
    let roles: BTreeSet<&str> = labels
        .filter_map(|(key, value)| match key.strip_prefix("node-role.kubernetes.io/") {
            None if key == "kubernetes.io/role" => value.as_str(),
            role => role,
        })
        .filter(|role| !role.is_empty())
        .collect();
    if roles.is_empty() { NONE.into() } else { join(roles).into() }
}

fn node_address(row: Row<'_>, kind: &str) -> Value {
    let address = condition(row.list("status.addresses"), kind);
    address.map_or(NONE, |address| text(address, "address")).into()
}

/// The first of two fields that is there: events have other names for some in their own group.
fn either<'a>(row: Row<'a>, core: &str, own: &str) -> &'a str {
    Some(row.text(core)).filter(|text| !text.is_empty()).unwrap_or_else(|| row.text(own))
}

fn regarding(row: Row<'_>) -> &Value {
    row.get("involvedObject").or_else(|| row.get("regarding")).unwrap_or(&Value::Null)
}

fn moment(row: Row<'_>, core: &str, own: &str) -> Option<jiff::Timestamp> {
    human::moment(row.get(core)).or_else(|| human::moment(row.get(own)))
}

fn first_seen(row: Row<'_>) -> String {
    let first = moment(row, "firstTimestamp", "deprecatedFirstTimestamp");
    human::since(row.now, first.or_else(|| human::moment(row.get("eventTime"))))
}

fn last_seen(row: Row<'_>) -> Value {
    if row.has("series") {
        return row.age("series.lastObservedTime").into();
    }
    match moment(row, "lastTimestamp", "deprecatedLastTimestamp") {
        None => first_seen(row).into(),
        last => human::since(row.now, last).into(),
    }
}

fn count(row: Row<'_>) -> Value {
    if row.has("series") {
        return row.number("series.count").into();
    }
    row.number("count").max(row.number("deprecatedCount")).max(1).into()
}

fn target(row: Row<'_>) -> Value {
    let object = regarding(row);
    let kind = text(object, "kind").to_lowercase();
    match text(object, "name") {
        "" => kind.into(),
        name => format!("{kind}/{name}").into(),
    }
}

fn source(row: Row<'_>) -> Value {
    let of = |field: &str| {
        text(row.get("source").or_else(|| row.get("deprecatedSource")).unwrap_or(&Value::Null), field)
    };
    let first = |own: &'static str, other: &str, another: &str| match of(own) {
        "" => either(row, other, another).to_owned(),
        own => own.to_owned(),
    };
    let component = first("component", "reportingComponent", "reportingController");
    match first("host", "reportingInstance", "reportingInstance").as_str() {
        "" => component.into(),
        instance => format!("{component}, {instance}").into(),
    }
}

fn quota(row: Row<'_>, limits: bool) -> Value {
    let hard = row.get("status.hard").and_then(Value::as_object).into_iter().flatten();
    let used = row.get("status.used");
    let parts: Vec<String> = hard
        .filter(|(resource, _)| resource.starts_with("limits.") == limits)
        .map(|(resource, hard)| {
            let used = scalar(used.and_then(|used| used.get(resource)), "0");
            format!("{resource}: {used}/{}", scalar(Some(hard), "0"))
        })
        .collect();
    parts.join(", ").into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(plural: &str, object: &Value) -> Vec<Value> {
        let row = Row { object, now: "2026-01-01T01:00:00Z".parse().unwrap() };
        cells(plural).unwrap().iter().map(|cell| cell.value(row)).collect()
    }

    #[test]
    fn events_of_both_groups_read_the_same() {
        let core = json!({
            "metadata": {"name": "e"}, "type": "Normal", "reason": "Pulled", "message": " pulled ",
            "involvedObject": {"kind": "Pod", "name": "p", "fieldPath": "spec"}, "count": 3,
            "source": {"component": "kubelet", "host": "n"},
            "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:59:00Z",
        });
        let own = json!({
            "metadata": {"name": "e"}, "type": "Normal", "reason": "Pulled", "note": " pulled ",
            "regarding": {"kind": "Pod", "name": "p", "fieldPath": "spec"}, "deprecatedCount": 3,
            "deprecatedSource": {"component": "kubelet", "host": "n"},
            "deprecatedFirstTimestamp": "2026-01-01T00:00:00Z", "deprecatedLastTimestamp": "2026-01-01T00:59:00Z",
        });
        let cells = row("events", &core);
        assert_eq!(cells, row("events", &own));
        assert_eq!(cells[0], "60s");
        assert_eq!(
            cells[3..=9],
            [
                json!("pod/p"),
                json!("spec"),
                json!("kubelet, n"),
                json!("pulled"),
                json!("60m"),
                json!(3),
                json!("e"),
            ]
        );
    }

    #[test]
    fn limits_of_a_quota_stand_apart() {
        let quota = json!({"metadata": {"name": "q"}, "status": {
            "hard": {"limits.cpu": "4", "pods": "10", "cpu": "2"}, "used": {"pods": "1"},
        }});
        assert_eq!(
            row("resourcequotas", &quota)[1..3],
            ["cpu: 0/2, pods: 1/10", "limits.cpu: 0/4"].map(Value::from)
        );
    }

    #[test]
    fn a_node_tells_its_roles() {
        let node = json!({
            "metadata": {"name": "n", "labels": {"node-role.kubernetes.io/b": "", "kubernetes.io/role": "a"}},
            "spec": {"unschedulable": true},
            "status": {"conditions": [{"type": "Ready", "status": "False"}], "nodeInfo": {"architecture": "arm64"}},
        });
        let cells = row("nodes", &node);
        assert_eq!(cells[1..3], ["NotReady,SchedulingDisabled", "a,b"].map(Value::from));
        assert_eq!(cells[8], "<unknown> (arm64)");
    }
}
