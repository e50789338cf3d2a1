//! Pure: the schemas of a custom resource.

use serde_json::{Map, Value, json};

use crate::kinds::Kind;
use crate::openapi::schema::{meta, refer};

/// `com.example.v1.Website` for `example.com/v1`.
pub(crate) fn name(kind: &Kind) -> String {
    let group: Vec<&str> = kind.group.split('.').rev().collect();
    format!("{}.{}.{}", group.join("."), kind.version, kind.kind)
}

/// Adds the schemas of the kind and of its list.
pub(crate) fn schemas(kind: &Kind, schemas: &mut Map<String, Value>) {
    let Some(custom) = &kind.custom else {
        return;
    };
    let gvk = |name: &str| json!([{"group": kind.group, "kind": name, "version": kind.version}]);
    let mut object = custom.document.clone();
    if !object.is_object() {
        object = json!({"type": "object"});
    }
    if !object.get("properties").is_some_and(Value::is_object) {
        object["properties"] = json!({});
    }
    object["properties"]["apiVersion"] = json!({"type": "string"});
    object["properties"]["kind"] = json!({"type": "string"});
    object["properties"]["metadata"] = json!({"allOf": [refer(&meta("ObjectMeta"))]});
    object["x-kubernetes-group-version-kind"] = gvk(&kind.kind);
    let list = json!({
        "description": format!("{} is a list of {}", kind.list_kind, kind.kind),
        "type": "object",
        "required": ["items"],
        "properties": {
            "apiVersion": {"type": "string"},
            "items": {"type": "array", "items": refer(&name(kind))},
            "kind": {"type": "string"},
            "metadata": {"allOf": [refer(&meta("ListMeta"))]},
        },
        "x-kubernetes-group-version-kind": gvk(&kind.list_kind),
    });
    schemas.insert(name(kind), object);
    schemas.insert(format!("{}List", name(kind)), list);
}
