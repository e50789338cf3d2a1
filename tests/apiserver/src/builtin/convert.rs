//! Pure: the kinds that are served in two shapes: events, and autoscalers.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::builtin::kinds;
use crate::builtin::shape::shape;
use crate::builtin::types;
use crate::kinds::Kind;

/// The fields of an event, as `v1` and as `events.k8s.io/v1` call them.
const EVENT: [(&str, &str); 7] = [
    ("involvedObject", "regarding"),
    ("message", "note"),
    ("reportingComponent", "reportingController"),
    ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"),
    ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"),
];

/// Where an autoscaler of the first version keeps what it has no field for.
const METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";
const CURRENT_METRICS: &str = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS: &str = "autoscaling.alpha.kubernetes.io/conditions";
const BEHAVIOR: &str = "autoscaling.alpha.kubernetes.io/behavior";

/// Whether objects of the kind can be stored in another shape than its own.
pub(crate) fn has_two_shapes(kind: &Kind) -> bool {
    kind.custom.is_none() && matches!(kind.plural.as_str(), "events" | "horizontalpodautoscalers")
}

/// The object in the shape of `kind`; nothing when it is in it already.
pub(crate) fn convert(object: &Value, kind: &Kind) -> Option<Value> {
    if !has_two_shapes(kind) || object["apiVersion"] == kind.api_version() {
        return None;
    }
    let mut converted = object.clone();
    converted["apiVersion"] = kind.api_version().into();
    match (kind.group.as_str(), kind.version.as_str()) {
        ("", _) => rename(&mut converted, EVENT.map(|(old, new)| (new, old))),
        ("events.k8s.io", _) => rename(&mut converted, EVENT),
        (_, "v1") => to_first(&mut converted),
        _ => to_second(&mut converted),
    }
    Some(types::of_kind(kind).map(|of| shape(of, converted.take())).unwrap_or(converted))
}

/// The other kind that shows the same objects, by its `apiVersion`.
pub(crate) fn other_shape(object: &Value, api_version: &str) -> Option<&'static Kind> {
    let same = |kind: &&Arc<Kind>| object["kind"] == kind.kind && kind.api_version() == api_version;
    kinds::all().iter().find(same).map(Arc::as_ref).filter(|kind| has_two_shapes(kind))
}

fn rename(object: &mut Value, names: [(&str, &str); 7]) {
    let Some(map) = object.as_object_mut() else {
        return;
    };
    for (old, new) in names {
        if let Some(value) = map.remove(old) {
            map.insert(new.to_owned(), value);
        }
    }
}

/// Whether a metric is the one that the first version has a field for.
fn is_cpu(metric: &Value) -> bool {
    metric["type"] == "Resource" && metric["resource"]["name"] == "cpu"
}

fn to_first(object: &mut Value) {
    for (part, list, value, field, annotation) in [
        ("spec", "metrics", "target", "targetCPUUtilizationPercentage", METRICS),
        ("status", "currentMetrics", "current", "currentCPUUtilizationPercentage", CURRENT_METRICS),
    ] {
        let Some(Value::Array(metrics)) = take(object, part, list) else {
            continue;
        };
        let has_percentage =
            |metric: &Value| is_cpu(metric) && !metric["resource"][value]["averageUtilization"].is_null();
        if let Some(cpu) = metrics.iter().find(|metric| has_percentage(metric)) {
            object[part][field] = cpu["resource"][value]["averageUtilization"].clone();
        }
        let all_but_cpu = metrics.iter().filter(|metric| !has_percentage(metric));
        // What is measured is noted whole, what is wanted without what has a field.
        let noted: Vec<Value> = if part == "spec" {
            all_but_cpu.map(|metric| flat(metric, value)).collect()
        } else {
            metrics.iter().map(|metric| flat(metric, value)).collect()
        };
        if !noted.is_empty() {
            annotate(object, annotation, &Value::Array(noted));
        }
    }
    for (part, field, annotation) in [("spec", "behavior", BEHAVIOR), ("status", "conditions", CONDITIONS)] {
        if let Some(value) = take(object, part, field) {
            let value = if field == "behavior" { in_capitals(&value) } else { value };
            annotate(object, annotation, &value);
        }
    }
}

fn to_second(object: &mut Value) {
    for (part, list, value, field, annotation) in [
        ("spec", "metrics", "target", "targetCPUUtilizationPercentage", METRICS),
        ("status", "currentMetrics", "current", "currentCPUUtilizationPercentage", CURRENT_METRICS),
    ] {
        let percentage = take(object, part, field);
        let noted = unannotate(object, annotation);
        let noted = noted.as_ref().and_then(Value::as_array).into_iter().flatten();
        let mut metrics: Vec<Value> = noted.map(|metric| nested(metric, value)).collect();
        if let Some(percentage) = percentage.filter(|_| !metrics.iter().any(is_cpu)) {
            let mut measure = json!({"averageUtilization": percentage});
            if part == "spec" {
                measure["type"] = "Utilization".into();
            }
            metrics.push(json!({"type": "Resource", "resource": {"name": "cpu", value: measure}}));
        }
        if !metrics.is_empty() && object[part].is_object() {
            object[part][list] = metrics.into();
        }
    }
    for (part, field, annotation) in [("spec", "behavior", BEHAVIOR), ("status", "conditions", CONDITIONS)] {
        if let Some(value) = unannotate(object, annotation)
            && object[part].is_object()
        {
            object[part][field] = in_small_letters(value);
        }
    }
}

/// The name of a measure: what is wanted, or what is.
fn measure_name(value: &str, name: &str) -> String {
    format!("{value}{}", capital(name))
}

const MEASURES: [&str; 3] = ["averageUtilization", "averageValue", "value"];

/// A metric as the first version notes it: `targetAverageValue` beside the rest, where the second nests.
fn flat(metric: &Value, value: &str) -> Value {
    let mut flat = json!({"type": metric["type"]});
    for (source, inner) in metric.as_object().into_iter().flatten().filter(|(name, _)| *name != "type") {
        let mut members: Map<String, Value> = Map::new();
        for (name, member) in inner.as_object().into_iter().flatten() {
            match name.as_str() {
                "metric" => {
                    members.insert("metricName".to_owned(), member["name"].clone());
                    if let Some(selector) = member.get("selector") {
                        let field = if source == "external" { "metricSelector" } else { "selector" };
                        members.insert(field.to_owned(), selector.clone());
                    }
                }
                "describedObject" => drop(members.insert("target".to_owned(), member.clone())),
                name if name == value => {
                    for measure in MEASURES {
                        if let Some(amount) = member.get(measure).filter(|amount| !amount.is_null()) {
                            // An object's average has no prefix there.
                            let name = if source == "object" && measure == "averageValue" {
                                measure.to_owned()
                            } else {
                                measure_name(value, measure)
                            };
                            members.insert(name, amount.clone());
                        }
                    }
                }
                name => drop(members.insert(name.to_owned(), member.clone())),
            }
        }
        flat[source] = members.into();
    }
    flat
}

/// The opposite of [`flat`].
fn nested(metric: &Value, value: &str) -> Value {
    let mut nested = json!({"type": metric["type"]});
    for (source, inner) in metric.as_object().into_iter().flatten().filter(|(name, _)| *name != "type") {
        let (mut members, mut measures) = (Map::new(), Map::new());
        for (name, member) in inner.as_object().into_iter().flatten() {
            let measure = MEASURES.iter().find(|measure| {
                *name == measure_name(value, measure) || (source == "object" && name == *measure)
            });
            match (name.as_str(), measure) {
                (_, Some(measure)) => drop(measures.insert((*measure).to_owned(), member.clone())),
                ("metricName", _) => {
                    let metric = members.entry("metric").or_insert_with(|| json!({}));
                    metric["name"] = member.clone();
                }
                ("selector" | "metricSelector", _) => {
                    let metric = members.entry("metric").or_insert_with(|| json!({}));
                    metric["selector"] = member.clone();
                }
                ("target", _) if source == "object" => {
                    members.insert("describedObject".to_owned(), member.clone());
                }
                (name, _) => drop(members.insert(name.to_owned(), member.clone())),
            }
        }
        if value == "target" {
            let kind = ["averageUtilization", "averageValue", "value"]
                .into_iter()
                .find(|measure| measures.contains_key(*measure));
            let kind = match kind {
                Some("averageUtilization") => "Utilization",
                Some("averageValue") => "AverageValue",
                _ => "Value",
            };
            measures.insert("type".to_owned(), kind.into());
        }
        members.insert(value.to_owned(), measures.into());
        nested[source] = members.into();
    }
    nested
}

fn take(object: &mut Value, part: &str, field: &str) -> Option<Value> {
    let value = object.get_mut(part)?.as_object_mut()?.remove(field)?;
    Some(value).filter(|value| !value.is_null())
}

fn annotate(object: &mut Value, name: &str, value: &Value) {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        let annotations = metadata.entry("annotations").or_insert_with(|| json!({}));
        annotations[name] = in_order(value).into();
    }
}

/// How a behavior is annotated: as the struct within the server, whose fields have no names of their own in JSON.
fn in_capitals(behavior: &Value) -> Value {
    let rules = ["scaleUp", "scaleDown"].map(|name| {
        let rules = match &behavior[name] {
            Value::Null => Value::Null,
            rules => {
                let member = |name: &str| rules[name].clone();
                let policies = rules["policies"].as_array().map(|policies| {
                    let policy = |policy: &Value| {
                        json!({"Type": policy["type"], "Value": policy["value"], "PeriodSeconds": policy["periodSeconds"]})
                    };
                    policies.iter().map(policy).collect::<Value>()
                });
                json!({
                    "StabilizationWindowSeconds": member("stabilizationWindowSeconds"),
                    "SelectPolicy": member("selectPolicy"),
                    "Policies": policies,
                    "Tolerance": member("tolerance"),
                })
            }
        };
        (capital(name), rules)
    });
    Value::Object(rules.into_iter().collect())
}

/// The opposite of [`in_capitals`].
fn in_small_letters(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let members = map.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(name, value)| (small(&name), in_small_letters(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(in_small_letters).collect(),
        value => value,
    }
}

fn capital(name: &str) -> String {
    with_first(name, |first| first.to_ascii_uppercase())
}

fn small(name: &str) -> String {
    with_first(name, |first| first.to_ascii_lowercase())
}

fn with_first(name: &str, change: impl Fn(char) -> char) -> String {
    let mut chars = name.chars();
    chars.next().map(change).into_iter().chain(chars).collect()
}

/// The order of the fields in annotations, which is that of the Go structs.
const ORDER: [&str; 37] = [
    "type",
    "status",
    "lastTransitionTime",
    "reason",
    "message",
    "scaleUp",
    "scaleDown",
    "stabilizationWindowSeconds",
    "selectPolicy",
    "policies",
    "tolerance",
    "object",
    "pods",
    "resource",
    "containerResource",
    "external",
    "target",
    "kind",
    "name",
    "apiVersion",
    "metricName",
    "metricSelector",
    "matchLabels",
    "matchExpressions",
    "targetValue",
    "currentMetricValue",
    "currentValue",
    "targetAverageUtilization",
    "currentAverageUtilization",
    "targetAverageValue",
    "currentAverageValue",
    "selector",
    "averageValue",
    "container",
    "value",
    "periodSeconds",
    "operator",
];

/// The JSON of an annotation.
fn in_order(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let place =
                |name: &str| ORDER.iter().position(|known| *known == small(name)).unwrap_or(ORDER.len());
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_by_key(|(name, _)| place(name));
            let members: Vec<String> = members
                .into_iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), in_order(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(in_order).collect();
            format!("[{}]", items.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn unannotate(object: &mut Value, name: &str) -> Option<Value> {
    let metadata = object.get_mut("metadata")?.as_object_mut()?;
    let annotations = metadata.get_mut("annotations")?.as_object_mut()?;
    let text = annotations.remove(name)?;
    if annotations.is_empty() {
        metadata.remove("annotations");
    }
    serde_json::from_str(text.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(group: &str, version: &str, plural: &str) -> &'static Kind {
        kinds::all().iter().find(|kind| kind.is(group, plural) && kind.version == version).unwrap()
    }

    #[test]
    fn an_event_is_the_same_in_both_groups() {
        let event = json!({"apiVersion": "v1", "kind": "Event", "metadata": {"name": "e"}, "message": "m", "count": 2,
            "involvedObject": {"kind": "Pod"}, "reason": "r"});
        let shown = convert(&event, kind("events.k8s.io", "v1", "events")).unwrap();
        assert_eq!((&shown["note"], &shown["deprecatedCount"]), (&json!("m"), &json!(2)));
        assert_eq!(shown["regarding"], json!({"kind": "Pod"}));
        assert!(shown.get("reportingController").is_none());
        let back = convert(&shown, kind("", "v1", "events")).unwrap();
        assert_eq!((&back["message"], &back["reportingComponent"]), (&json!("m"), &json!("")));
        assert!(convert(&event, kind("", "v1", "events")).is_none());
    }

    #[test]
    fn an_autoscaler_keeps_all_its_metrics_in_both_versions() {
        let (first, second) = (
            kind("autoscaling", "v1", "horizontalpodautoscalers"),
            kind("autoscaling", "v2", "horizontalpodautoscalers"),
        );
        let metrics = json!([
            {"type": "Pods", "pods": {"metric": {"name": "rps"}, "target": {"type": "AverageValue", "averageValue": "5"}}},
            {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}},
        ]);
        let object = json!({"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h"},
            "spec": {"maxReplicas": 3, "metrics": metrics}});
        let old = convert(&object, first).unwrap();
        assert_eq!(old["spec"]["targetCPUUtilizationPercentage"], 70);
        assert_eq!(
            old["metadata"]["annotations"][METRICS],
            r#"[{"type":"Pods","pods":{"metricName":"rps","targetAverageValue":"5"}}]"#
        );
        assert_eq!(convert(&old, second).unwrap()["spec"]["metrics"], metrics);
    }
}
