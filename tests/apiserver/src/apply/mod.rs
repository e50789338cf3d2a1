//! Pure: server-side apply, and the record of who owns which field.

use kubist_structural::field_error::quote;
use serde_json::{Value, json};

use crate::apply::fields::FieldSet;
use crate::apply::topology::Topology;
use crate::apply::track::{Managers, Writer};
use crate::status::Status;

pub(crate) mod compare;
pub(crate) mod fields;
pub(crate) mod merge;
pub(crate) mod topology;
pub(crate) mod track;

/// Merges the applied `config` into the live object. Fields that the manager applied before, leaves out now and
/// owned alone are removed. A field that another manager owns with another value is a conflict, unless `force`.
pub(crate) fn apply(live: &Value, config: &Value, writer: &Writer, force: bool) -> Result<Value, Status> {
    let topology = writer.topology();
    let mut config = config.clone();
    writer.keep_own_part(&mut config);
    let applied = writer.fields_of(&config);
    let mut managers = Managers::read(live);
    managers.begin(live, writer);
    let (before, time_before) = managers.take_applied(writer).unzip();
    let time_before = time_before.flatten();
    // A map or list in which something is still applied stays, also where the manager owned it as a whole before.
    let owned = managers.union().union(&applied);

    let mut merged = live.clone();
    merge::merge(&mut merged, &config, topology);
    let given_up = before.map(|before| before.difference(&applied)).unwrap_or_default();
    merge::remove(&mut merged, &given_up, &owned, topology);

    let changes = compare::compare(live, &merged, topology);
    let touched = changes.touched();
    let conflicts = managers.conflicts(&touched);
    if !force && !conflicts.is_empty() {
        return Err(conflict(&conflicts));
    }
    managers.release(&touched);
    managers.release(&changes.removed);
    managers.release_elsewhere(live, &merged, writer);
    let time = if merged == *live { time_before } else { Some(writer.now.clone()) };
    managers.set_applied(writer, applied, time);
    managers.write(&mut merged);
    Ok(merged)
}

/// The answer to a conflict: who owns what.
fn conflict(conflicts: &[(String, FieldSet)]) -> Status {
    let mut causes = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut only = String::new();
    for (manager, fields) in conflicts {
        lines.push(format!("conflicts with {manager}:"));
        for path in fields.paths() {
            causes.push(json!({
                "reason": "FieldManagerConflict",
                "message": format!("conflict with {manager}"),
                "field": path,
            }));
            only = format!("conflict with {manager}: {path}");
            lines.push(format!("- {path}"));
        }
    }
    let message = match causes.len() {
        1 => format!("Apply failed with 1 conflict: {only}"),
        count => format!("Apply failed with {count} conflicts: {}", lines.join("\n")),
    };
    Status::apply_conflict(message, causes)
}

/// How a manager is named in a conflict; one that updated, with the version it used.
fn shown(manager: &str, subresource: &str, updated: Option<&str>) -> String {
    let mut text = quote(manager);
    if !subresource.is_empty() {
        text = format!("{text} with subresource {}", quote(subresource));
    }
    match updated {
        Some(api_version) => format!("{text} using {api_version}"),
        None => text,
    }
}

impl Writer {
    fn topology(&self) -> Topology<'_> {
        Topology::root(&self.rules)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use kubist_structural::node::Node;

    fn writer(manager: &str) -> Writer {
        let schema = Node::parse(
            &json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
                "a": {"type": "string"}, "b": {"type": "string"},
                "tags": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
                "ports": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                    "items": {"type": "object", "properties": {"name": {"type": "string"}, "port": {"type": "integer"}}}},
            }}}}),
        );
        Writer {
            manager: manager.to_owned(),
            api_version: "example.com/v1".to_owned(),
            subresource: String::new(),
            now: "2024-01-01T00:00:00Z".to_owned(),
            rules: topology::Rules::Custom(Arc::new(schema)),
            has_status: false,
            status_has_metadata: false,
            records: true,
        }
    }

    fn object(spec: Value) -> Value {
        json!({"apiVersion": "example.com/v1", "kind": "Website", "metadata": {"name": "x"}, "spec": spec})
    }

    fn first(manager: &str, spec: Value) -> Value {
        let config = object(spec);
        let mut live = config.clone();
        track::own_new(&mut live, &config, &writer(manager));
        live
    }

    #[test]
    fn owned_fields_have_their_paths() {
        let live = first("one", json!({"a": "1", "tags": ["t"], "ports": [{"name": "http", "port": 80}]}));
        assert_eq!(
            live["metadata"]["managedFields"][0]["fieldsV1"],
            json!({"f:spec": {"f:a": {}, "f:tags": {"v:\"t\"": {}},
                "f:ports": {"k:{\"name\":\"http\"}": {".": {}, "f:name": {}, "f:port": {}}}}})
        );
    }

    #[test]
    fn another_owner_with_another_value_is_a_conflict_unless_forced() {
        let live = first("one", json!({"a": "1"}));
        let status = apply(&live, &object(json!({"a": "2"})), &writer("two"), false).unwrap_err();
        assert_eq!(
            status.to_value()["message"],
            "Apply failed with 1 conflict: conflict with \"one\": .spec.a"
        );
        let forced = apply(&live, &object(json!({"a": "2"})), &writer("two"), true).unwrap();
        assert_eq!(forced["spec"]["a"], "2");
        assert_eq!(forced["metadata"]["managedFields"].as_array().unwrap().len(), 1);
        let same = apply(&live, &object(json!({"a": "1"})), &writer("two"), false).unwrap();
        assert_eq!(same["metadata"]["managedFields"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn what_a_manager_stops_applying_goes_when_nobody_else_owns_it() {
        let live = first("one", json!({"a": "1", "b": "1", "tags": ["x", "y"]}));
        let shared = apply(&live, &object(json!({"b": "1"})), &writer("two"), false).unwrap();
        let less = apply(&shared, &object(json!({"tags": ["y"]})), &writer("one"), false).unwrap();
        assert_eq!(less["spec"], json!({"b": "1", "tags": ["y"]}));
    }

    #[test]
    fn a_list_that_was_owned_whole_stays_for_what_is_still_applied() {
        let config = object(json!({"tags": ["x"], "ports": [{"name": "http", "port": 80}]}));
        let mut live = config.clone();
        track::record(None, &mut live, &writer("one"));
        live["metadata"]["managedFields"][0]["operation"] = "Apply".into();
        assert_eq!(live["metadata"]["managedFields"][0]["fieldsV1"]["f:spec"]["f:ports"]["."], json!({}));
        let again = apply(&live, &config, &writer("one"), false).unwrap();
        assert_eq!(again["spec"], config["spec"]);
        let less = apply(&live, &object(json!({"tags": ["x"]})), &writer("one"), false).unwrap();
        assert_eq!(less["spec"], json!({"tags": ["x"]}));
    }

    #[test]
    fn who_applies_what_is_there_already_has_no_time() {
        let live = first("one", json!({"a": "1", "b": "1"}));
        let later = |manager: &str| Writer { now: "2024-01-02T00:00:00Z".to_owned(), ..writer(manager) };
        let times = |object: &Value| {
            let entries = object["metadata"]["managedFields"].as_array().unwrap().iter();
            entries.map(|entry| (entry["manager"].clone(), entry["time"].clone())).collect::<Vec<_>>()
        };
        let both = apply(&live, &object(json!({"a": "1"})), &later("two"), false).unwrap();
        let at_first = json!("2024-01-01T00:00:00Z");
        assert_eq!(times(&both), [(json!("two"), Value::Null), (json!("one"), at_first.clone())]);
        let less = apply(&both, &object(json!({"b": "1"})), &later("one"), false).unwrap();
        assert_eq!(times(&less), [(json!("two"), Value::Null), (json!("one"), at_first)]);
        let other = apply(&less, &object(json!({"b": "2"})), &later("one"), false).unwrap();
        assert_eq!(times(&other)[1], (json!("one"), json!("2024-01-02T00:00:00Z")));
    }

    #[test]
    fn lists_of_type_map_and_set_merge_by_key() {
        let live = first("one", json!({"tags": ["x"], "ports": [{"name": "http", "port": 80}]}));
        let config = object(json!({"tags": ["y"], "ports": [{"name": "tls", "port": 443}]}));
        let both = apply(&live, &config, &writer("two"), false).unwrap();
        assert_eq!(both["spec"]["tags"], json!(["x", "y"]));
        assert_eq!(both["spec"]["ports"].as_array().unwrap().len(), 2);
        let gone = apply(&both, &object(json!({})), &writer("one"), false).unwrap();
        assert_eq!(gone["spec"], json!({"tags": ["y"], "ports": [{"name": "tls", "port": 443}]}));
    }
}
