//! Pure: a branch may only constrain what the schema itself describes.

use serde_json::Value;

use crate::field_error::{FieldError, child};
use crate::raw::{Keywords, keyed};

type Errors = Vec<FieldError>;

/// Reports what the branches at the root of a schema constrain but the schema does not describe.
pub(crate) fn check_complete(node: &Keywords, path: &str, errors: &mut Errors) {
    branches(node, Some(node), path, path, errors);
}

/// The branches of `constraint`, which stands at `at`, against the described node at `path`.
fn branches(constraint: &Keywords, described: Option<&Keywords>, path: &str, at: &str, errors: &mut Errors) {
    for word in ["allOf", "anyOf", "oneOf"] {
        for (index, branch) in
            constraint.get(word).and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            if let Some(branch) = branch.as_object() {
                nested(branch, described, path, &format!("{at}.{word}[{index}]"), errors);
            }
        }
    }
    if let Some(not) = constraint.get("not").and_then(Value::as_object) {
        nested(not, described, path, &child(at, "not"), errors);
    }
}

fn nested(constraint: &Keywords, described: Option<&Keywords>, path: &str, at: &str, errors: &mut Errors) {
    let Some(node) = described else {
        errors.push(FieldError::required(path, format!("because it is defined in {at}")));
        return;
    };
    branches(constraint, described, path, at, errors);
    if let Some(items) = constraint.get("items").and_then(Value::as_object) {
        let known = node.get("items").and_then(Value::as_object);
        nested(items, known, &child(path, "items"), &child(at, "items"), errors);
    }
    for (name, property) in constraint.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let Some(property) = property.as_object() else {
            continue;
        };
        let known = node.get("properties").and_then(|map| map.get(name)).and_then(Value::as_object);
        nested(property, known, &keyed(path, "properties", name), &keyed(at, "properties", name), errors);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_branch_at_the_root_names_only_what_is_described() {
        let schema = json!({"properties": {"spec": {"properties": {"a": {}}}},
            "oneOf": [{"properties": {"spec": {"properties": {"zz": {}}}}}]});
        let mut errors = Vec::new();
        check_complete(schema.as_object().unwrap(), "s", &mut errors);
        assert_eq!(
            errors[0].to_string(),
            "s.properties[spec].properties[zz]: Required value: because it is defined in s.oneOf[0].properties[spec].properties[zz]"
        );
    }
}
