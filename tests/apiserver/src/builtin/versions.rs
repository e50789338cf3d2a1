//! Pure: the few built-in kinds that are served in two versions or groups, whose objects are the same ones.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::builtin::shape;
use crate::builtin::types;
use crate::kinds::Kind;
use crate::meta;

/// The names of an event's fields in the core group, and in its own.
const EVENT: [(&str, &str); 7] = [
    ("involvedObject", "regarding"),
    ("message", "note"),
    ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"),
    ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"),
    ("reportingComponent", "reportingController"),
];

/// Where the first version of autoscalers has what it has no fields for.
const METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";
const BEHAVIOR: &str = "autoscaling.alpha.kubernetes.io/behavior";
const CONDITIONS: &str = "autoscaling.alpha.kubernetes.io/conditions";

/// The object as `kind` shows it.
pub(crate) fn view<'a>(object: &'a Value, kind: &Kind) -> Cow<'a, Value> {
    let is_shared = kind.plural == "events" || kind.plural == "horizontalpodautoscalers";
    let api_version = kind.api_version();
    if !is_shared || object["apiVersion"] == api_version {
        return Cow::Borrowed(object);
    }
    let mut shown = object.clone();
    shown["apiVersion"] = api_version.into();
    match (kind.group.as_str(), kind.version.as_str()) {
        ("", _) => rename(&mut shown, EVENT.map(|(core, own)| (own, core))),
        ("events.k8s.io", _) => rename(&mut shown, EVENT),
        ("autoscaling", "v1") => first_version(&mut shown),
        ("autoscaling", _) => second_version(&mut shown),
        _ => {}
    }
    Cow::Owned(match types::of_kind(kind) {
        Some(of) => shape::shape(of, shown),
        None => shown,
    })
}

fn rename(object: &mut Value, names: [(&str, &str); 7]) {
    let Some(fields) = object.as_object_mut() else {
        return;
    };
    for (from, to) in names {
        if let Some(value) = fields.remove(from) {
            fields.insert(to.to_owned(), value);
        }
    }
}

/// Whether a metric is the one that the first version has a field for.
fn cpu_share(metric: &Value) -> Option<&Value> {
    let resource = metric.get("resource").filter(|resource| resource["name"] == "cpu")?;
    resource["target"].get("averageUtilization")
}

fn first_version(object: &mut Value) {
    let metrics = object["spec"]["metrics"].as_array().cloned().unwrap_or_default();
    if let Some(share) = metrics.iter().find_map(cpu_share) {
        object["spec"]["targetCPUUtilizationPercentage"] = share.clone();
    }
    let others: Vec<Value> = metrics
        .iter()
        .filter(|metric| cpu_share(metric).is_none())
        .map(|metric| recast(metric, older))
        .collect();
    let mut noted = Map::new();
    if !others.is_empty() {
        noted.insert(METRICS.to_owned(), Value::Array(others).to_string().into());
    }
    for (name, at) in [(BEHAVIOR, "/spec/behavior"), (CONDITIONS, "/status/conditions")] {
        if let Some(value) = object.pointer(at).filter(|value| !value.is_null()) {
            let value = if name == BEHAVIOR { respell(value, capital) } else { value.clone() };
            noted.insert(name.to_owned(), value.to_string().into());
        }
    }
    if let Some(current) = object["status"]["currentMetrics"].as_array() {
        let share = current.iter().find_map(|metric| {
            let resource = metric.get("resource").filter(|resource| resource["name"] == "cpu")?;
            resource["current"].get("averageUtilization").cloned()
        });
        object["status"]["currentCPUUtilizationPercentage"] = share.unwrap_or_default();
    }
    if !noted.is_empty() {
        let annotations = meta::metadata(object).entry("annotations").or_insert_with(|| json!({}));
        if let Some(annotations) = annotations.as_object_mut() {
            annotations.extend(noted);
        }
    }
}

fn second_version(object: &mut Value) {
    let mut noted = |name: &str| -> Option<Value> {
        let annotations = meta::metadata(object).get_mut("annotations")?.as_object_mut()?;
        serde_json::from_str(annotations.remove(name)?.as_str()?).ok()
    };
    let (metrics, behavior, conditions) = (noted(METRICS), noted(BEHAVIOR), noted(CONDITIONS));
    let metrics = metrics.as_ref().and_then(Value::as_array);
    let mut metrics: Vec<Value> = metrics.into_iter().flatten().map(|metric| recast(metric, newer)).collect();
    if let Some(share) = object["spec"].get("targetCPUUtilizationPercentage").filter(|share| !share.is_null())
    {
        let target = json!({"type": "Utilization", "averageUtilization": share});
        metrics.push(json!({"type": "Resource", "resource": {"name": "cpu", "target": target}}));
    }
    object["spec"]["metrics"] = metrics.into();
    if let Some(behavior) = behavior {
        object["spec"]["behavior"] = respell(&behavior, small);
    }
    if let Some(conditions) = conditions {
        object["status"]["conditions"] = conditions;
    }
}

/// A metric of the other version: its source is written another way.
fn recast(metric: &Value, source: impl Fn(&str, &Value) -> Value) -> Value {
    let fields = metric.as_object().into_iter().flatten();
    let fields = fields.map(|(name, value)| {
        let value = if name == "type" { value.clone() } else { source(name, value) };
        (name.clone(), value)
    });
    Value::Object(fields.collect())
}

/// The source of a metric of the second version, in the first.
fn older(name: &str, source: &Value) -> Value {
    let (target, metric) = (&source["target"], &source["metric"]);
    let cast = match name {
        "resource" | "containerResource" => json!({
            "name": source["name"],
            "container": source["container"],
            "targetAverageUtilization": target["averageUtilization"],
            "targetAverageValue": target["averageValue"],
        }),
        "object" => json!({
            "target": source["describedObject"],
            "metricName": metric["name"],
            "targetValue": target.get("value").cloned().unwrap_or_else(|| json!("0")),
            "selector": metric["selector"],
            "averageValue": target["averageValue"],
        }),
        "external" => json!({
            "metricName": metric["name"],
            "metricSelector": metric["selector"],
            "targetValue": target["value"],
            "targetAverageValue": target["averageValue"],
        }),
        _ => json!({
            "metricName": metric["name"],
            "targetAverageValue": target["averageValue"],
            "selector": metric["selector"],
        }),
    };
    without_nulls(cast)
}

/// The source of a metric of the first version, in the second.
fn newer(name: &str, source: &Value) -> Value {
    let metric = |selector: &str| json!({"name": source["metricName"], "selector": source[selector]});
    let target = |kind: &str, value: &Value, average: &Value| json!({"type": kind, "value": value, "averageValue": average});
    let nothing = &Value::Null;
    let cast = match name {
        "resource" | "containerResource" => {
            let share = &source["targetAverageUtilization"];
            let kind = if share.is_null() { "AverageValue" } else { "Utilization" };
            let average = &source["targetAverageValue"];
            let target = json!({"type": kind, "averageUtilization": share, "averageValue": average});
            json!({"name": source["name"], "container": source["container"], "target": target})
        }
        "object" => {
            let (value, average) = (&source["targetValue"], &source["averageValue"]);
            let is_average = !average.is_null();
            let value = if is_average && *value == "0" { nothing } else { value };
            let kind = if is_average { "AverageValue" } else { "Value" };
            json!({"describedObject": source["target"], "metric": metric("selector"), "target": target(kind, value, average)})
        }
        "external" => {
            let (value, average) = (&source["targetValue"], &source["targetAverageValue"]);
            let kind = if value.is_null() { "AverageValue" } else { "Value" };
            json!({"metric": metric("metricSelector"), "target": target(kind, value, average)})
        }
        _ => {
            let target = target("AverageValue", nothing, &source["targetAverageValue"]);
            json!({"metric": metric("selector"), "target": target})
        }
    };
    without_nulls(cast)
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
            fields.map(|(name, value)| (name, without_nulls(value))).collect()
        }
        other => other,
    }
}

/// The behavior of an autoscaler stands in the annotation by the names of Go.
fn respell(value: &Value, spell: fn(&str) -> String) -> Value {
    match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (spell(name), respell(value, spell))).collect()
        }
        Value::Array(items) => items.iter().map(|item| respell(item, spell)).collect(),
        other => other.clone(),
    }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

fn small(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::builtin::kinds;

    fn kind(api_version: &str, plural: &str) -> Arc<Kind> {
        let mut all = kinds::all().iter();
        Arc::clone(all.find(|kind| kind.api_version() == api_version && kind.plural == plural).unwrap())
    }

    #[test]
    fn an_event_is_the_same_in_both_groups() {
        let core = json!({
            "apiVersion": "v1", "kind": "Event", "metadata": {"name": "e"}, "involvedObject": {"kind": "Pod", "name": "p"},
            "message": "m", "source": {"component": "c"}, "count": 2, "firstTimestamp": null, "lastTimestamp": null,
            "eventTime": null, "reportingComponent": "r", "reportingInstance": "",
        });
        let own = view(&core, &kind("events.k8s.io/v1", "events")).into_owned();
        assert_eq!(
            (&own["note"], &own["regarding"]["name"], &own["deprecatedCount"]),
            (&json!("m"), &json!("p"), &json!(2))
        );
        assert_eq!(*view(&own, &kind("v1", "events")), core);
    }

    #[test]
    fn an_autoscaler_keeps_its_metrics_in_both_versions() {
        let metric = |name: &str, target: Value| json!({"type": "Resource", "resource": {"name": name, "target": target}});
        let second = json!({
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h", "annotations": {"a": "b"}},
            "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "d"}, "maxReplicas": 3, "metrics": [
                metric("memory", json!({"type": "AverageValue", "averageValue": "1Gi"})),
                metric("cpu", json!({"type": "Utilization", "averageUtilization": 70})),
            ], "behavior": {"scaleDown": {"stabilizationWindowSeconds": 5}}},
            "status": {"desiredReplicas": 0, "currentMetrics": null},
        });
        let (v1, v2) = (
            kind("autoscaling/v1", "horizontalpodautoscalers"),
            kind("autoscaling/v2", "horizontalpodautoscalers"),
        );
        let first = view(&second, &v1).into_owned();
        assert_eq!(first["spec"]["targetCPUUtilizationPercentage"], 70);
        assert!(first["spec"].get("metrics").is_none());
        assert_eq!(*view(&first, &v2), second);
        assert!(matches!(view(&second, &v2), Cow::Borrowed(_)));
    }
}
