//! Pure: server-side apply, and the record of who owns which field.

use serde_json::{Value, json};

use crate::apply::fields::FieldSet;
use crate::apply::topology::Topology;
use crate::apply::track::{Managers, Writer};
use crate::schema::field_error::quote;
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
    let before = managers.take_applied(writer);
    let others = managers.union();

    let mut merged = live.clone();
    merge::merge(&mut merged, &config, topology);
    let given_up = before.map(|before| before.difference(&applied)).unwrap_or_default();
    merge::remove(&mut merged, &given_up, &others, topology);

    let changes = compare::compare(live, &merged, topology);
    let touched = changes.touched();
    let conflicts = managers.conflicts(&touched);
    if !force && !conflicts.is_empty() {
        return Err(conflict(&conflicts));
    }
    managers.release(&touched);
    managers.release(&changes.removed);
    managers.release_elsewhere(live, &merged, writer);
    managers.set_applied(writer, applied, live);
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
    use crate::schema::node::Schema;

    fn writer(manager: &str) -> Writer {
        let schema = Schema::parse(
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
