//! Pure: the body of a server-side apply.

use serde_json::{Map, Value};

use super::topology::Place;
use crate::error::{Error, Result};
use crate::schema::Node;

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

/// The bytes to apply. The server drops a null in a POST or PUT and refuses it here, so where the schema of the kind
/// has no null it is left out; an absent status at the root always is.
pub(crate) fn apply_body(
    object: Value,
    api_version: &str,
    kind: Option<&str>,
    name: &str,
    schema: Option<&'static Node>,
) -> Result<Vec<u8>> {
    let Value::Object(mut root) = object else {
        return Err(Error::invalid("what is applied must be an object"));
    };
    if root.get("status").is_some_and(Value::is_null) {
        root.remove("status");
    }
    if let Some(node) = schema {
        drop_nulls(&mut root, Some(Place::root(node)));
    }
    put(&mut root, "apiVersion", api_version)?;
    match kind {
        Some(kind) => put(&mut root, "kind", kind)?,
        None if root.get("kind").and_then(Value::as_str).is_none_or(str::is_empty) => {
            return Err(Error::invalid(
                "the object has no kind, and the resource is known by its name alone",
            ));
        }
        None => {}
    }
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
    serde_json::to_vec(&root).map_err(|_| Error::invalid("the object cannot be written as JSON"))
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

/// Leaves out null where no schema has one. What is inside of free JSON is the user's.
fn drop_nulls(object: &mut Map<String, Value>, place: Option<Place>) {
    object.retain(|name, value| {
        let inside = place.and_then(|place| place.member(name));
        drop_nulls_inside(value, inside);
        !value.is_null() || inside.is_some_and(Place::is_nullable)
    });
}

fn drop_nulls_inside(value: &mut Value, place: Option<Place>) {
    if place.is_some_and(Place::is_open) {
        return;
    }
    match value {
        Value::Object(object) => drop_nulls(object, place),
        Value::Array(items) => {
            let inside = place.and_then(Place::item);
            items.iter_mut().for_each(|item| drop_nulls_inside(item, inside));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{Field, Rules, Shape, Tagging, Union, Variant};

    fn applied(object: &Value, schema: Option<&'static Node>) -> Result<Vec<u8>> {
        apply_body(object.clone(), "example.com/v1", Some("Website"), "front", schema)
    }

    fn body(object: &Value, schema: Option<&'static Node>) -> Value {
        serde_json::from_slice(&applied(object, schema).unwrap()).unwrap()
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
        assert_eq!(body(&object, None), expected);
        assert_eq!(
            body(&json!({}), None),
            json!({"apiVersion": "example.com/v1", "kind": "Website", "metadata": {"name": "front"}})
        );
    }

    #[test]
    fn null_is_kept_where_a_value_cannot_be_absent() {
        const TEXT: &Node = &Node::new(Shape::String).optional();
        const EITHER: Union =
            Union::new("Either", Tagging::External, &[Variant::new("A", TEXT), Variant::new("B", TEXT)]);
        const ROOT: &Node = &Node::object(
            "Website",
            &[
                Field::new("list", "list", &Node::new(Shape::List(TEXT))),
                Field::new("map", "map", &Node::new(Shape::Map(TEXT))),
                Field::new("either", "either", &Node::new(Shape::Union(&EITHER))),
                Field::new("any", "any", &Node::new(Shape::Any)),
                Field::new("text", "text", TEXT),
            ],
        );
        let object = json!({"list": [null], "map": {"a": null}, "either": {"A": null}, "any": null});
        let mut sent = body(&object, Some(ROOT));
        for name in ["apiVersion", "kind", "metadata"] {
            sent.as_object_mut().unwrap().remove(name);
        }
        assert_eq!(sent, object);
        assert!(body(&json!({"text": null}), Some(ROOT)).get("text").is_none());
    }

    const TEXT: Node = Node::new(Shape::String);
    const SPEC: Node = Node::object(
        "Spec",
        &[
            Field::new("a", "a", &TEXT.optional()),
            Field::new("b", "b", &TEXT.optional()).rules(&const { Rules::new().nullable() }),
            Field::new("list", "list", &Node::new(Shape::List(&SPEC_ITEM))),
            Field::new("any", "any", &Node::new(Shape::Any)),
        ],
    );
    const SPEC_ITEM: Node = Node::object("Item", &[Field::new("c", "c", &TEXT.optional())]);
    const ROOT: Node = Node::object("Website", &[Field::new("spec", "spec", &SPEC)]);

    #[test]
    fn null_is_left_out_where_the_schema_has_none() {
        let object =
            json!({"spec": {"a": null, "b": null, "list": [{"c": null}], "any": {"d": null}}, "x": null});
        assert_eq!(body(&object, Some(&ROOT))["spec"], json!({"b": null, "list": [{}], "any": {"d": null}}));
        assert!(body(&object, Some(&ROOT)).get("x").is_none());
        let kept = body(&object, None);
        assert_eq!((&kept["spec"], kept.get("x")), (&object["spec"], Some(&Value::Null)));
    }

    #[test]
    fn an_object_without_a_kind_needs_a_resource_whose_kind_is_known() {
        let apply = |object| apply_body(object, "example.com/v1", None, "front", None);
        assert!(apply(json!({})).unwrap_err().to_string().contains("no kind"));
        let body: Value = serde_json::from_slice(&apply(json!({"kind": "Website"})).unwrap()).unwrap();
        assert_eq!((&body["apiVersion"], &body["kind"]), (&json!("example.com/v1"), &json!("Website")));
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
            let error = applied(&object, None).unwrap_err();
            assert!(error.is_invalid(), "{object}");
        }
    }
}
