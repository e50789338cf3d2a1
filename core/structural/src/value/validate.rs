//! Pure: an object against its schema, with the API server's texts.

use serde_json::{Map, Value};

use crate::field_error::FieldError;
use crate::formats;
use crate::node::{Additional, Node};
use crate::number::Num;
use crate::value::bounds::check_number;
use crate::value::ratchet;
use crate::value::unique;

/// Everything that a schema says is wrong with `object`; empty when it is valid. What is as it was in `old` is not
/// judged.
pub fn validate(object: &Value, old: Option<&Value>, schema: &Node) -> Vec<FieldError> {
    let mut errors = Vec::new();
    check(object, old, schema, "", &mut errors);
    let mut seen = Vec::new();
    errors.retain(|error| {
        let text = error.to_string();
        let is_new = !seen.contains(&text);
        seen.push(text);
        is_new
    });
    errors
}

/// What must be unique in the lists of `object`.
pub fn validate_lists(object: &Value, schema: &Node) -> Vec<FieldError> {
    let mut errors = Vec::new();
    unique::check_unique(object, schema, "", &mut errors);
    errors
}

type Errors = Vec<FieldError>;

fn check(value: &Value, old: Option<&Value>, schema: &Node, path: &str, errors: &mut Errors) {
    if old == Some(value) {
        return;
    }
    check_type(value, schema, path, errors);
    if !value.is_null() {
        check_branches(value, schema, path, errors);
    }
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => check_number(Num::of(number), value, schema, path, errors),
        Value::String(text) => check_string(text, value, schema, path, errors),
        Value::Array(items) => check_array(items, old, schema, path, errors),
        Value::Object(_) => {}
    }
    check_enum(value, schema, path, errors);
    if let Value::Object(map) = value {
        check_object(map, old, schema, path, errors);
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) => match Num::of(number) {
            Num::Int(_) => "integer",
            Num::Float(_) => "number",
        },
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn wrong_type(path: &str, expected: &str, actual: &str) -> FieldError {
    let detail = format!("{path} in body must be of type {expected}: \"{actual}\"");
    FieldError::type_invalid(path, actual, detail)
}

fn check_type(value: &Value, schema: &Node, path: &str, errors: &mut Errors) {
    let types: &[&str] = if schema.int_or_string {
        &["integer", "string"]
    } else if schema.kind.is_empty() {
        return;
    } else {
        &[schema.kind.as_str()]
    };
    let actual = type_of(value);
    if value.is_null() {
        if !schema.nullable {
            errors.push(wrong_type(path, &types.join(","), actual));
        }
        return;
    }
    let numeric = types.contains(&"number") || types.contains(&"integer");
    let integral = match value {
        Value::Number(number) => types.contains(&"integer") && Num::of(number).is_integral(),
        _ => false,
    };
    let fits = types.contains(&actual) || integral || (actual == "integer" && types.contains(&"number"));
    let format = schema.format.as_str();
    if !fits && !format.is_empty() && !matches!(value, Value::String(_) | Value::Array(_)) {
        let actual_format = match actual {
            "integer" => "int64",
            "number" => "float64",
            _ => "",
        };
        errors.push(wrong_type(path, format, actual_format));
    } else if !fits && (numeric || format.is_empty() || !matches!(value, Value::String(_) | Value::Array(_)))
    {
        errors.push(wrong_type(path, &types.join(","), actual));
    }
}

fn check_string(text: &str, value: &Value, schema: &Node, path: &str, errors: &mut Errors) {
    let length = text.chars().count() as u64;
    let bounds = &schema.bounds;
    let wrong = |why: String| FieldError::invalid(path, value.clone(), format!("{path} in body {why}"));
    // Of length and pattern the server names only the first that fails.
    if let Some(max) = bounds.max_length.filter(|max| length > *max) {
        errors.push(FieldError::too_long(path, max));
    } else if let Some(min) = bounds.min_length.filter(|min| length < *min) {
        errors.push(wrong(format!("should be at least {min} chars long")));
    } else if let Some(pattern) = schema.pattern.as_ref().filter(|pattern| !pattern.regex.is_match(text)) {
        errors.push(wrong(format!("should match '{}'", pattern.text)));
    }
    if !schema.format.is_empty() && !formats::matches(&schema.format, text) {
        errors.push(wrong_type(path, &schema.format, text));
    }
}

fn check_array(items: &[Value], old: Option<&Value>, schema: &Node, path: &str, errors: &mut Errors) {
    if let Some(of_item) = &schema.items {
        for (index, item) in items.iter().enumerate() {
            let before = ratchet::item(old, item, schema);
            check(item, before, of_item, &format!("{path}[{index}]"), errors);
        }
    }
    let count = items.len() as u64;
    if let Some(min) = schema.bounds.min_items
        && count < min
    {
        let detail = format!("{path} in body should have at least {min} items");
        errors.push(FieldError::invalid(path, count, detail));
    }
    if let Some(max) = schema.bounds.max_items
        && count > max
    {
        errors.push(FieldError::too_many(path, count, max));
    }
}

fn check_enum(value: &Value, schema: &Node, path: &str, errors: &mut Errors) {
    if schema.allowed.is_empty() || schema.allowed.iter().any(|allowed| same(allowed, value)) {
        return;
    }
    let names: Vec<String> = schema
        .allowed
        .iter()
        .map(|allowed| allowed.as_str().map_or_else(|| allowed.to_string(), str::to_owned))
        .collect();
    errors.push(FieldError::not_supported(path, value.clone(), &names));
}

/// Equality that takes `1` and `1.0` for the same number.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => false,
        (Value::Number(left), Value::Number(right)) => {
            Num::of(left) == Num::of(right) || left.as_f64() == right.as_f64()
        }
        _ => left == right,
    }
}

fn check_object(
    map: &Map<String, Value>,
    old: Option<&Value>,
    schema: &Node,
    path: &str,
    errors: &mut Errors,
) {
    let count = map.len() as u64;
    if let Some(min) = schema.bounds.min_properties
        && count < min
    {
        let detail = format!("{path} in body should have at least {min} properties");
        errors.push(FieldError::invalid(path, count, detail));
    }
    if let Some(max) = schema.bounds.max_properties
        && count > max
    {
        errors.push(FieldError::too_many(path, count, max));
    }
    let below = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    for (name, value) in map {
        if schema.properties.contains_key(name) {
            continue;
        }
        match &schema.additional {
            Additional::Schema(schema) => {
                check(value, ratchet::member(old, name), schema, &below(name), errors);
            }
            Additional::Allowed(false) => {
                let detail = format!("{path}.{name} in body is a forbidden property");
                errors.push(FieldError::invalid(path, name.as_str(), detail));
            }
            Additional::Allowed(true) | Additional::Unset => {}
        }
    }
    for (name, property) in &schema.properties {
        if let Some(value) = map.get(name) {
            check(value, ratchet::member(old, name), property, &below(name), errors);
        }
    }
    for name in &schema.required {
        if !map.contains_key(name) {
            errors.push(FieldError::required(&below(name), ""));
        }
    }
}

fn failures(value: &Value, schema: &Node, path: &str) -> Errors {
    let mut errors = Vec::new();
    check(value, None, schema, path, &mut errors);
    errors
}

fn check_branches(value: &Value, schema: &Node, path: &str, errors: &mut Errors) {
    let mut broken =
        |text: String| errors.push(FieldError::invalid("", "", format!("\"{path}\" must {text}")));
    let mut nested = Vec::new();
    if !schema.any_of.is_empty() {
        let results: Vec<Errors> = schema.any_of.iter().map(|branch| failures(value, branch, path)).collect();
        if results.iter().all(|result| !result.is_empty()) {
            broken("validate at least one schema (anyOf)".to_owned());
            nested.extend(first(results));
        }
    }
    if !schema.one_of.is_empty() {
        let results: Vec<Errors> = schema.one_of.iter().map(|branch| failures(value, branch, path)).collect();
        match results.iter().filter(|result| result.is_empty()).count() {
            0 => {
                broken("validate one and only one schema (oneOf). Found none valid".to_owned());
                nested.extend(first(results));
            }
            1 => {}
            count => {
                broken(format!("validate one and only one schema (oneOf). Found {count} valid alternatives"))
            }
        }
    }
    if !schema.all_of.is_empty() {
        let results: Vec<Errors> = schema.all_of.iter().map(|branch| failures(value, branch, path)).collect();
        let valid = results.iter().filter(|result| result.is_empty()).count();
        if valid != results.len() {
            let none = if valid == 0 { ". None validated" } else { "" };
            broken(format!("validate all the schemas (allOf){none}"));
        }
        nested.extend(results.into_iter().flatten());
    }
    if let Some(not) = &schema.not
        && failures(value, not, path).is_empty()
    {
        broken("not validate the schema (not)".to_owned());
    }
    errors.append(&mut nested);
}

/// The branch whose mistakes are worth showing: the first, which is the one the real server shows mostly.
fn first(results: Vec<Errors>) -> Errors {
    results.into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn texts(schema: Value, object: Value) -> Vec<String> {
        validate(&object, None, &Node::parse(&schema)).iter().map(FieldError::to_string).collect()
    }

    fn spec(field: Value) -> Value {
        json!({"type": "object", "properties": {"spec": {"type": "object", "required": ["f"], "properties": {"f": field}}}})
    }

    #[test]
    fn bounds_patterns_and_required_fields_have_the_servers_texts() {
        let number = spec(json!({"type": "integer", "minimum": 0, "maximum": 100}));
        assert_eq!(
            texts(number.clone(), json!({"spec": {"f": 101}})),
            ["spec.f: Invalid value: 101: spec.f in body should be less than or equal to 100"]
        );
        assert_eq!(texts(number, json!({"spec": {}})), ["spec.f: Required value"]);
        assert_eq!(
            texts(spec(json!({"type": "string", "pattern": "^gs://"})), json!({"spec": {"f": "x"}})),
            ["spec.f: Invalid value: \"x\": spec.f in body should match '^gs://'"]
        );
    }

    #[test]
    fn wrong_types_name_both_types() {
        assert_eq!(
            texts(spec(json!({"type": "string"})), json!({"spec": {"f": 5}})),
            ["spec.f: Invalid value: \"integer\": spec.f in body must be of type string: \"integer\""]
        );
        assert_eq!(
            texts(spec(json!({"x-kubernetes-int-or-string": true})), json!({"spec": {"f": true}})),
            [
                "spec.f: Invalid value: \"boolean\": spec.f in body must be of type integer,string: \"boolean\""
            ]
        );
    }

    #[test]
    fn integers_beyond_their_format_are_refused() {
        assert_eq!(
            texts(
                spec(json!({"type": "integer", "format": "int32"})),
                json!({"spec": {"f": 2_147_483_648_i64}})
            ),
            ["<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in spec.f"]
        );
    }

    #[test]
    fn fractions_are_no_integers() {
        assert_eq!(
            texts(spec(json!({"type": "integer"})), json!({"spec": {"f": 1.5}})),
            [
                "spec.f: Invalid value: \"number\": spec.f in body must be of type integer: \"number\"",
                "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in spec.f",
            ]
        );
    }

    #[test]
    fn closed_sets_list_what_they_take() {
        assert_eq!(
            texts(spec(json!({"type": "string", "enum": ["A", "B"]})), json!({"spec": {"f": "C"}})),
            ["spec.f: Unsupported value: \"C\": supported values: \"A\", \"B\""]
        );
    }
}
