//! Pure: the body of a server-side apply.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::resource::GroupVersionKind;

/// Members of `metadata` that the server writes. `managedFields` is refused in an apply, a
/// resourceVersion or uid would turn it into a conditional write, and the rest is ignored.
const SERVER_OWNED: [&str; 8] = [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
];

/// The bytes to apply. The server drops a null in a POST or PUT and refuses it here, so where the
/// kind has no null it is left out; an absent status at the root always is.
pub(crate) fn apply_body(
    object: &impl Serialize,
    gvk: &GroupVersionKind,
    name: &str,
    never_null: bool,
) -> Result<Vec<u8>> {
    let unwritable = || Error::invalid("the object cannot be written as JSON");
    let value = serde_json::to_value(object).map_err(|_| unwritable())?;
    let Value::Object(mut root) = value else {
        return Err(Error::invalid("what is applied must be an object"));
    };
    if root.get("status").is_some_and(Value::is_null) {
        root.remove("status");
    }
    if never_null {
        drop_nulls(&mut root);
    }
    put(&mut root, "apiVersion", &gvk.api_version())?;
    put(&mut root, "kind", &gvk.kind)?;
    let metadata = root.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
    if metadata.is_null() {
        *metadata = Value::Object(Map::new());
    }
    let Value::Object(metadata) = metadata else {
        return Err(Error::invalid("metadata must be an object"));
    };
    for member in SERVER_OWNED {
        metadata.remove(member);
    }
    put(metadata, "name", name)?;
    serde_json::to_vec(&root).map_err(|_| unwritable())
}

/// Sets a member that may be left out, but not be another.
fn put(object: &mut Map<String, Value>, member: &str, value: &str) -> Result<()> {
    match object.get(member) {
        None | Some(Value::Null) => {
            object.insert(member.to_owned(), Value::from(value));
            Ok(())
        }
        Some(Value::String(given)) if given == value => Ok(()),
        Some(_) => Err(Error::invalid(format!("the object has another {member} than {value:?}"))),
    }
}

fn drop_nulls(object: &mut Map<String, Value>) {
    object.retain(|_, value| {
        drop_nulls_inside(value);
        !value.is_null()
    });
}

fn drop_nulls_inside(value: &mut Value) {
    match value {
        Value::Object(object) => drop_nulls(object),
        Value::Array(items) => items.iter_mut().for_each(drop_nulls_inside),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn website() -> GroupVersionKind {
        GroupVersionKind { group: "example.com".into(), version: "v1".into(), kind: "Website".into() }
    }

    fn body(object: &Value, never_null: bool) -> Value {
        serde_json::from_slice(&apply_body(object, &website(), "front", never_null).unwrap()).unwrap()
    }

    #[test]
    fn what_the_server_writes_is_left_out_and_the_names_are_put_in() {
        let object = json!({
            "metadata": {
                "name": "front", "namespace": "shop", "labels": {"a": "b"}, "managedFields": [{}],
                "resourceVersion": "7", "uid": "u", "generation": 2, "creationTimestamp": null,
            },
            "spec": {"replicas": 1},
            "status": null,
        });
        let expected = json!({
            "apiVersion": "example.com/v1",
            "kind": "Website",
            "metadata": {"name": "front", "namespace": "shop", "labels": {"a": "b"}},
            "spec": {"replicas": 1},
        });
        assert_eq!(body(&object, false), expected);
        assert_eq!(
            body(&json!({}), false),
            json!({"apiVersion": "example.com/v1", "kind": "Website", "metadata": {"name": "front"}})
        );
    }

    #[test]
    fn null_is_left_out_only_where_the_kind_has_none() {
        let object = json!({"spec": {"a": null, "list": [{"b": null, "c": 1}, null]}, "x": null});
        let kept = body(&object, false);
        assert_eq!(kept["spec"], object["spec"]);
        assert!(kept.as_object().unwrap().contains_key("x"));
        let dropped = body(&object, true);
        assert_eq!(dropped["spec"], json!({"list": [{"c": 1}, null]}));
        assert!(!dropped.as_object().unwrap().contains_key("x"));
    }

    #[test]
    fn an_object_of_another_kind_or_name_is_refused() {
        for object in [
            json!({"kind": "Deployment"}),
            json!({"apiVersion": "v1"}),
            json!({"metadata": {"name": "back"}}),
            json!({"metadata": 1}),
            json!([]),
        ] {
            let error = apply_body(&object, &website(), "front", false).unwrap_err();
            assert!(error.is_invalid(), "{object}");
        }
    }
}
