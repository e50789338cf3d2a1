//! Pure: a default must be a value that its schema takes.

use serde_json::{Value, json};

use crate::field_error::{FieldError, child};
use crate::node::Node;
use crate::raw::{Keywords, keyed};
use crate::validations::Validations;
use crate::value::embedded;
use crate::value::prune;
use crate::value::validate;

type Errors = Vec<FieldError>;

/// Checks each default: nothing in it would be pruned, and it is valid. Defaults below `additionalProperties` are not
/// looked at, which is how the server has it.
pub(crate) fn check_defaults(node: &Keywords, path: &str, root: bool, errors: &mut Errors) {
    if let Some(default) = node.get("default").filter(|default| !default.is_null()) {
        check_default(default, node, &child(path, "default"), root, errors);
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        check_defaults(items, &child(path, "items"), false, errors);
    }
    for (name, property) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(property) = property.as_object() {
            check_defaults(property, &keyed(path, "properties", name), false, errors);
        }
    }
}

fn check_default(default: &Value, node: &Keywords, here: &str, root: bool, errors: &mut Errors) {
    let parsed = Node::parse(&Value::Object(node.clone()));
    // A whole resource is one that needs no mark.
    let schema = Node { embedded: parsed.embedded || root, ..parsed };
    // One level of wrapping gives the pruning a parent that is not a whole resource.
    let wrapper = Node { properties: [("default".to_owned(), schema.clone())].into(), ..Node::default() };
    let mut wrapped = json!({ "default": default });
    if !prune::prune(&mut wrapped, &wrapper).is_empty() {
        errors.push(FieldError::invalid(here, default.clone(), "must not have unknown fields"));
    }
    let mut wrong = Vec::new();
    embedded::validate(default, &schema, "", &mut wrong);
    if wrong.is_empty() {
        wrong = validate::validate(default, None, &schema);
    }
    if wrong.is_empty()
        && let Some(rules) = Validations::of(&schema, root)
    {
        // It must do as the value of a new object, and as one that has not changed.
        wrong = rules.evaluate(&schema, default, Some(default)).errors;
        if wrong.is_empty() {
            wrong = rules.evaluate(&schema, default, None).errors;
        }
    }
    for mut error in wrong {
        error.field = if error.field == "<nil>" { here.to_owned() } else { child(here, &error.field) };
        errors.push(error);
    }
}
