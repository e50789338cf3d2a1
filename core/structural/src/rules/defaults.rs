//! Pure: a default must be a value that its schema takes.

use serde_json::{Value, json};

use crate::field_error::{FieldError, child};
use crate::node::Node;
use crate::raw::{Keywords, keyed};
use crate::value::defaults;
use crate::value::prune;
use crate::value::validate;

type Errors = Vec<FieldError>;

/// A default must itself be a value that the schema takes, with nothing in it that would be pruned.
pub(crate) fn check_defaults(node: &Keywords, path: &str, root: bool, errors: &mut Errors) {
    if let Some(default) = node.get("default").filter(|default| !default.is_null()) {
        let here = child(path, "default");
        if root {
            errors.push(FieldError::forbidden(&here, "must not be set at the root"));
            return;
        }
        let schema = Node::parse(&Value::Object(node.clone()));
        // One level of wrapping gives the pruning a parent that is not a whole resource.
        let wrapper = Node { properties: [("default".to_owned(), schema.clone())].into(), ..Node::default() };
        let mut wrapped = json!({ "default": default });
        let unknown = prune::prune(&mut wrapped, &wrapper);
        if !unknown.is_empty() {
            errors.push(FieldError::invalid(&here, default.clone(), "must not have unknown fields"));
        }
        let mut filled = default.clone();
        defaults::apply_defaults(&mut filled, &schema);
        for mut error in validate::validate(default, None, &schema)
            .into_iter()
            .chain(validate::validate_lists(&Value::Null, &schema))
        {
            error.field = if error.field == "<nil>" { here.clone() } else { child(&here, &error.field) };
            errors.push(error);
        }
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        check_defaults(items, &child(path, "items"), false, errors);
    }
    for (name, property) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(property) = property.as_object() {
            check_defaults(property, &keyed(path, "properties", name), false, errors);
        }
    }
    if let Some(additional) = node.get("additionalProperties").and_then(Value::as_object) {
        check_defaults(additional, &child(path, "additionalProperties"), false, errors);
    }
}
