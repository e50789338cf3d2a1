//! Pure: a custom resource against the schema of its definition.

use serde_json::Value;

use crate::field_error::{FieldError, child};
use crate::node::Node;
use crate::value::embedded;
use crate::value::validate::{validate, validate_lists};

/// Everything that is wrong with a whole custom resource that replaces `old`.
pub fn validate_resource(object: &Value, old: Option<&Value>, schema: &Node) -> Vec<FieldError> {
    let mut errors = validate(object, old, schema);
    embedded::validate(object, schema, "", &mut errors);
    if old.is_none_or(|old| validate_lists(old, schema).is_empty()) {
        errors.extend(validate_lists(object, schema));
    }
    errors
}

/// Everything that is wrong with one member of an object, judged by itself: texts name places from there.
pub fn validate_part(name: &str, object: &Value, old: &Value, schema: &Node) -> Vec<FieldError> {
    let (Some(part), Some(of_part)) = (object.get(name), schema.properties.get(name)) else {
        return Vec::new();
    };
    let old_part = old.get(name);
    let mut errors = validate(part, old_part, of_part);
    embedded::validate(part, of_part, "", &mut errors);
    if old_part.is_none_or(|old| validate_lists(old, of_part).is_empty()) {
        errors.extend(validate_lists(part, of_part));
    }
    for error in &mut errors {
        error.field = if error.field == "<nil>" { name.to_owned() } else { child(name, &error.field) };
    }
    errors
}
