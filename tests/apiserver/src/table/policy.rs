//! Pure: the columns of scaling, scheduling, budgets, leases and flow control.

use serde_json::Value;

use crate::table::cell::{Cell, Row, condition, is_true, text};
use crate::table::format::{NONE, scalar};

const UNKNOWN: &str = "<unknown>";
/// How many metrics are shown.
const SHOWN: usize = 2;

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "poddisruptionbudgets" => BUDGETS,
        "horizontalpodautoscalers" => AUTOSCALERS,
        "priorityclasses" => PRIORITY_CLASSES,
        "runtimeclasses" => &[Cell::Name, Cell::Text("handler", ""), Cell::Age],
        "leases" => &[Cell::Name, Cell::Text("spec.holderIdentity", ""), Cell::Age],
        "leasecandidates" => LEASE_CANDIDATES,
        "flowschemas" => FLOW_SCHEMAS,
        "prioritylevelconfigurations" => PRIORITY_LEVELS,
        "storageversionmigrations" => MIGRATIONS,
        "deviceclasses" | "resourceclaimtemplates" => &[Cell::Name, Cell::Age],
        "resourceclaims" => &[Cell::Name, Cell::Of(claim_state), Cell::Age],
        "resourceslices" => RESOURCE_SLICES,
        "devicetaintrules" => DEVICE_TAINTS,
        _ => return None,
    })
}

const BUDGETS: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| scalar(row.get("spec.minAvailable"), "N/A").into()),
    Cell::Of(|row| scalar(row.get("spec.maxUnavailable"), "N/A").into()),
    Cell::Number("status.disruptionsAllowed"),
    Cell::Age,
];

const AUTOSCALERS: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| {
        format!("{}/{}", row.text("spec.scaleTargetRef.kind"), row.text("spec.scaleTargetRef.name")).into()
    }),
    Cell::Of(|row| metrics(row).into()),
    Cell::Of(|row| scalar(row.get("spec.minReplicas"), "<unset>").into()),
    Cell::Number("spec.maxReplicas"),
    Cell::Number("status.currentReplicas"),
    Cell::Age,
];

const PRIORITY_CLASSES: &[Cell] = &[
    Cell::Name,
    Cell::Number("value"),
    Cell::Flag("globalDefault", false),
    Cell::Age,
    Cell::Text("preemptionPolicy", ""),
];

const LEASE_CANDIDATES: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.leaseName", ""),
    Cell::Text("spec.binaryVersion", ""),
    Cell::Text("spec.emulationVersion", ""),
    Cell::Age,
];

const FLOW_SCHEMAS: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.priorityLevelConfiguration.name", ""),
    Cell::Number("spec.matchingPrecedence"),
    Cell::Text("spec.distinguisherMethod.type", NONE),
    Cell::Age,
    Cell::Of(|row| {
        condition(row.list("status.conditions"), "Dangling").map_or("?", |one| text(one, "status")).into()
    }),
];

const PRIORITY_LEVELS: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.type", ""),
    Cell::Of(|row| limit(row, "spec.limited", "nominalConcurrencyShares")),
    Cell::Of(|row| limit(row, "spec.limited.limitResponse.queuing", "queues")),
    Cell::Of(|row| limit(row, "spec.limited.limitResponse.queuing", "handSize")),
    Cell::Of(|row| limit(row, "spec.limited.limitResponse.queuing", "queueLengthLimit")),
    Cell::Age,
];

const MIGRATIONS: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| match (row.text("spec.resource.resource"), row.text("spec.resource.group")) {
        (resource, "") => resource.into(),
        (resource, group) => format!("{resource}.{group}").into(),
    }),
    Cell::Of(|row| {
        let mut held =
            row.list("status.conditions").iter().filter(|one| is_true(one)).map(|one| text(one, "type"));
        held.rfind(|kind| matches!(*kind, "Running" | "Failed" | "Succeeded")).unwrap_or("Unknown").into()
    }),
];

const RESOURCE_SLICES: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.nodeName", ""),
    Cell::Text("spec.driver", ""),
    Cell::Text("spec.pool.name", ""),
    Cell::Age,
];

const DEVICE_TAINTS: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.taint.key", ""),
    Cell::Text("spec.taint.value", ""),
    Cell::Text("spec.taint.effect", ""),
    Cell::Since("spec.taint.timeAdded", ""),
    Cell::Age,
];

/// A number below a part that may be missing.
fn limit(row: Row<'_>, parent: &str, field: &str) -> Value {
    match row.get(parent) {
        None => NONE.into(),
        Some(parent) => parent.get(field).cloned().unwrap_or_else(|| 0.into()),
    }
}

fn claim_state(row: Row<'_>) -> Value {
    let deleted = row.has("metadata.deletionTimestamp");
    let mut states = Vec::new();
    if deleted {
        states.push("deleted");
    }
    if row.has("status.allocation") {
        states.push("allocated");
        if row.count("status.reservedFor") > 0 {
            states.push("reserved");
        }
    } else if !deleted {
        states.push("pending");
    }
    states.join(",").into()
}

fn metrics(row: Row<'_>) -> String {
    if row.has("spec.targetCPUUtilizationPercentage") {
        let percent = |path: &str| row.get(path).and_then(Value::as_i64).map(|percent| format!("{percent}%"));
        let current = percent("status.currentCPUUtilizationPercentage").unwrap_or_else(|| UNKNOWN.to_owned());
        let target = percent("spec.targetCPUUtilizationPercentage").unwrap_or_default();
        return format!("cpu: {current}/{target}");
    }
    let metrics = row.list("spec.metrics");
    if metrics.is_empty() {
        return NONE.to_owned();
    }
    let statuses = row.list("status.currentMetrics");
    let all: Vec<String> =
        metrics.iter().enumerate().map(|(index, metric)| show_metric(metric, statuses.get(index))).collect();
    let shown = all.get(..SHOWN).unwrap_or(&all).join(", ");
    match all.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("{shown} + {more} more..."),
        _ => shown,
    }
}

/// What a metric is and what it should be.
fn show_metric(metric: &Value, status: Option<&Value>) -> String {
    let (source, prefixed, whole) = match text(metric, "type") {
        "External" => ("external", false, true),
        "Object" => ("object", false, true),
        "Pods" => ("pods", false, false),
        "Resource" => ("resource", true, false),
        "ContainerResource" => ("containerResource", true, false),
        _ => return "<unknown type>".to_owned(),
    };
    let spec = metric.get(source).unwrap_or(&Value::Null);
    let target = spec.get("target").unwrap_or(&Value::Null);
    let current = status.and_then(|status| status.get(source)?.get("current"));
    let current = |field: &str| current.and_then(|current| current.get(field));
    let name = if prefixed { format!("{}: ", text(spec, "name")) } else { String::new() };
    if let Some(average) = target.get("averageValue").filter(|value| !value.is_null()) {
        let suffix = if whole { " (avg)" } else { "" };
        let now = scalar(current("averageValue"), UNKNOWN);
        return format!("{name}{now}/{}{suffix}", scalar(Some(average), ""));
    }
    if prefixed {
        let percent = |value: Option<&Value>, default: &str| {
            value.and_then(Value::as_i64).map_or_else(|| default.to_owned(), |percent| format!("{percent}%"))
        };
        let now = percent(current("averageUtilization"), UNKNOWN);
        return format!("{name}{now}/{}", percent(target.get("averageUtilization"), "<auto>"));
    }
    format!("{}/{}", scalar(current("value"), UNKNOWN), scalar(target.get("value"), "<nil>"))
}

/// Flow schemas in the order in which they are matched.
pub(crate) fn sort_flow_schemas(schemas: &mut [&Value]) {
    schemas.sort_by(|left, right| precedence(left).cmp(&precedence(right)));
}

fn precedence(schema: &Value) -> (i64, &str) {
    let precedence =
        schema.get("spec").and_then(|spec| spec.get("matchingPrecedence")).and_then(Value::as_i64);
    (precedence.unwrap_or_default(), text(schema, "metadata.name"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn metrics_show_what_is_and_what_should_be() {
        let show = |object: &Value| metrics(Row { object, now: jiff::Timestamp::UNIX_EPOCH });
        let object = json!({
            "spec": {"metrics": [
                {"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 80}}},
                {"type": "External", "external": {"target": {"averageValue": "10"}}},
                {"type": "Pods", "pods": {"target": {"averageValue": "1k"}}},
            ]},
            "status": {"currentMetrics": [
                {"type": "Resource", "resource": {"name": "cpu", "current": {"averageUtilization": 20}}},
            ]},
        });
        assert_eq!(show(&object), "cpu: 20%/80%, <unknown>/10 (avg) + 1 more...");
        assert_eq!(show(&json!({"spec": {"targetCPUUtilizationPercentage": 70}})), "cpu: <unknown>/70%");
        assert_eq!(show(&json!({})), "<none>");
    }
}
