//! Pure: the checks of printer columns, selectable fields and subresources of one version.

use serde_json::Value;

use crate::definition::text;
use crate::field_error::{FieldError, child};
use crate::field_path::resolve;
use crate::node::Node;

type Errors = Vec<FieldError>;

/// Checks the printer columns.
pub(crate) fn check_columns(version: &Value, path: &str, errors: &mut Errors) {
    for (index, column) in
        version.get("additionalPrinterColumns").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        check_column(column, &format!("{path}.additionalPrinterColumns[{index}]"), errors);
    }
}

/// Checks the paths of the scale.
pub(crate) fn check_subresources(version: &Value, path: &str, errors: &mut Errors) {
    if let Some(scale) = version.get("subresources").and_then(|subresources| subresources.get("scale")) {
        check_scale(scale, &format!("{path}.subresources"), errors);
    }
}

fn check_column(column: &Value, path: &str, errors: &mut Errors) {
    const TYPES: [&str; 5] = ["boolean", "date", "integer", "number", "string"];
    const FORMATS: [&str; 8] = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
    if text(column, "name").is_empty() {
        errors.push(FieldError::required(&child(path, "name"), ""));
    }
    let kind = text(column, "type");
    let types = format!("must be one of {}", TYPES.join(","));
    if kind.is_empty() {
        errors.push(FieldError::required(&child(path, "type"), types));
    } else if !TYPES.contains(&kind) {
        errors.push(FieldError::invalid(&child(path, "type"), kind, types));
    }
    let format = text(column, "format");
    if !format.is_empty() && !FORMATS.contains(&format) {
        let why = format!("must be one of {}", FORMATS.join(","));
        errors.push(FieldError::invalid(&child(path, "format"), format, why));
    }
    let json_path = text(column, "jsonPath");
    if json_path.is_empty() {
        errors.push(FieldError::required(&child(path, "JSONPath"), ""));
    } else if !json_path.starts_with('.') {
        let why = "must be a simple json path starting with .";
        errors.push(FieldError::invalid(&child(path, "JSONPath"), json_path, why));
    }
}

/// Checks the selectable fields.
pub(crate) fn check_selectable(version: &Value, path: &str, errors: &mut Errors) {
    const MAX: usize = 8;
    let Some(fields) = version.get("selectableFields").and_then(Value::as_array) else {
        return;
    };
    let here = child(path, "selectableFields");
    let root = version.get("schema").and_then(|schema| schema.get("openAPIV3Schema"));
    let root = root.map(Node::parse).unwrap_or_default();
    let mut seen: Vec<&str> = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let path = format!("{here}[{index}].jsonPath");
        let json_path = text(field, "jsonPath");
        if json_path.is_empty() {
            errors.push(FieldError::required(&path, ""));
            continue;
        }
        match resolve(&root, json_path, false) {
            Err(why) => {
                errors.push(FieldError::invalid(&path, json_path, format!("is an invalid path: {why}")));
                continue;
            }
            Ok((leaf, _)) if !matches!(leaf.kind.as_str(), "string" | "boolean" | "integer") => {
                let why = "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
                errors.push(FieldError::invalid(&path, json_path, why));
            }
            Ok(_) => {}
        }
        if seen.contains(&json_path) {
            errors.push(FieldError::duplicate(&path, json_path));
        } else {
            seen.push(json_path);
        }
    }
    if seen.len() > MAX {
        errors.push(FieldError::too_many(&here, seen.len() as u64, MAX as u64));
    }
}

fn check_scale(scale: &Value, path: &str, errors: &mut Errors) {
    let mut path_of = |name: &str, roots: &[&str], required: bool, why: &str| {
        let here = format!("{path}.scale.{name}");
        let value = text(scale, name);
        if value.is_empty() {
            if required {
                errors.push(FieldError::required(&here, ""));
            }
        } else if !value.starts_with('.') {
            errors.push(FieldError::invalid(&here, value, "must be a simple json path starting with ."));
        } else if !roots.iter().any(|root| value.starts_with(root)) {
            errors.push(FieldError::invalid(&here, value, why));
        }
    };
    path_of("specReplicasPath", &[".spec."], true, "should be a json path under .spec");
    path_of("statusReplicasPath", &[".status."], true, "should be a json path under .status");
    path_of(
        "labelSelectorPath",
        &[".spec.", ".status."],
        false,
        "should be a json path under either .spec or .status",
    );
}
