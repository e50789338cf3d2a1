//! Pure: the references of an object to its owners.

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::meta;

const PATH: &str = "metadata.ownerReferences";
/// The fields in the order in which the server shows them.
const FIELDS: [&str; 6] = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"];

/// When in a request the same reference was found twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    AsSent,
    /// After a patch was applied.
    AsPatched,
}

/// The references of an object.
pub(crate) fn of(object: &Value) -> &[Value] {
    meta::field(object, "ownerReferences").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Leaves each reference once; the warning, if there were more.
pub(crate) fn deduplicate(object: &mut Value, moment: Moment) -> Option<String> {
    let owners = meta::metadata(object).get_mut("ownerReferences")?.as_array_mut()?;
    let mut kept: Vec<Value> = Vec::new();
    let mut repeated = Vec::new();
    for owner in std::mem::take(owners) {
        if kept.contains(&owner) {
            repeated.push(text(&owner, "uid").to_owned());
        } else {
            kept.push(owner);
        }
    }
    *owners = kept;
    if repeated.is_empty() {
        return None;
    }
    let moment = match moment {
        Moment::AsSent => "",
        Moment::AsPatched => " after mutating admission happens",
    };
    Some(format!(
        ".metadata.ownerReferences contains duplicate entries{moment}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: {}",
        repeated.join(", ")
    ))
}

fn text<'a>(owner: &'a Value, field: &str) -> &'a str {
    owner.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// What is wrong with the references.
pub(crate) fn validate(object: &Value, errors: &mut Vec<FieldError>) {
    let owners = of(object);
    let mut controller: Option<String> = None;
    for (index, owner) in owners.iter().enumerate() {
        let path = format!("{PATH}[{index}]");
        let (api_version, kind) = (text(owner, "apiVersion"), text(owner, "kind"));
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        if api_version.is_empty() {
            errors.push(FieldError::required(&format!("{path}.apiVersion"), "must not be empty"));
        } else if version.is_empty() || version.contains('/') {
            let why = "must be <group>/<version> or <version>";
            errors.push(FieldError::invalid(&format!("{path}.apiVersion"), api_version, why));
        }
        for field in ["kind", "name", "uid"] {
            if text(owner, field).is_empty() {
                errors.push(FieldError::required(&format!("{path}.{field}"), "must not be empty"));
            }
        }
        if group.is_empty() && version == "v1" && kind == "Event" {
            let why = "/v1, Kind=Event is disallowed from being an owner";
            errors.push(FieldError::invalid_as(&path, shown(owner), why));
        }
        if owner.get("controller") == Some(&Value::Bool(true)) {
            let named = format!("{kind}/{}", text(owner, "name"));
            if let Some(first) = &controller {
                let all: Vec<String> = owners.iter().map(shown).collect();
                let why = format!(
                    "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {named}"
                );
                errors.push(FieldError::invalid_as(PATH, format!("[{}]", all.join(",")), why));
            } else {
                controller = Some(named);
            }
        }
    }
}

/// A reference as the server writes it.
fn shown(owner: &Value) -> String {
    let member = |field: &&str| {
        let value = owner.get(*field).cloned();
        let required = !matches!(*field, "controller" | "blockOwnerDeletion");
        let value = if required { Some(value.unwrap_or_else(|| "".into())) } else { value };
        value.map(|value| format!("\"{field}\":{value}"))
    };
    let members: Vec<String> = FIELDS.iter().filter_map(member).collect();
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn owner(name: &str) -> Value {
        json!({"apiVersion": "v1", "kind": "Pod", "name": name, "uid": "1", "controller": true})
    }

    #[test]
    fn there_is_one_controller() {
        let object = json!({"metadata": {"ownerReferences": [owner("a"), owner("b")]}});
        let mut errors = Vec::new();
        validate(&object, &mut errors);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].body().contains("references for Pod/a and Pod/b"), "{errors:?}");
        assert!(
            errors[0]
                .body()
                .contains(r#"[{"apiVersion":"v1","kind":"Pod","name":"a","uid":"1","controller":true},"#)
        );
    }

    #[test]
    fn equal_references_are_kept_once_and_others_of_the_same_uid_stay() {
        let mut object = json!({"metadata": {"ownerReferences": [owner("a"), owner("b"), owner("a")]}});
        let warning = deduplicate(&mut object, Moment::AsSent).unwrap();
        assert!(warning.ends_with("observed: 1"), "{warning}");
        assert_eq!(of(&object).len(), 2);
        assert_eq!(deduplicate(&mut object, Moment::AsPatched), None);
    }
}
