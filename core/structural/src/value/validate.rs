//! Pure: an object against its schema, with the API server's texts.

use serde_json::{Map, Value};

use crate::field_error::FieldError;
use crate::formats;
use crate::node::{Additional, Node};
use crate::number::Num;
use crate::ratchet;
use crate::value::bounds::check_number;
use crate::value::unique;

/// Everything that a schema says is wrong with `object`; empty when it is valid. What is as it was in `old` is not
/// judged.
pub fn validate(object: &Value, old: Option<&Value>, schema: &Node) -> Vec<FieldError> {
    let mut errors = Vec::new();
    check(object, old, schema, "", &mut errors);
    for error in &mut errors {
        // Values of a map at the root are named `.key` in texts.
        if let Some(field) = error.field.strip_prefix('.') {
            error.field = field.to_owned();
        }
    }
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

/// Collects what is wrong with a value. Returns for how many keywords it has been checked, as the server counts them: of
/// branches that fail, it shows the mistakes of the one with the most.
fn check(value: &Value, old: Option<&Value>, schema: &Node, path: &str, errors: &mut Errors) -> usize {
    if old == Some(value) {
        return 0;
    }
    let has_type = !schema.kind.is_empty() || schema.int_or_string || !schema.format.is_empty();
    let before = errors.len();
    check_type(value, schema, path, errors);
    let type_fits = usize::from(errors.len() == before);
    if value.is_null() {
        check_enum(value, schema, path, errors);
        return type_fits;
    }
    let mut count = if has_type { type_fits + 1 } else { 0 };
    count += check_branches(value, schema, path, errors) + 2;
    match value {
        Value::Null | Value::Bool(_) | Value::Object(_) => {}
        Value::Number(number) => {
            check_number(Num::of(number), value, schema, path, errors);
            count += 2;
        }
        Value::String(text) => {
            check_string(text, value, schema, path, errors);
            count += 1 + usize::from(!schema.format.is_empty());
        }
        Value::Array(items) => count += check_array(items, old, schema, path, errors) + 2,
    }
    check_enum(value, schema, path, errors);
    if let Value::Object(map) = value {
        count += check_object(map, old, schema, path, errors) + 1;
    }
    count + 2
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

fn check_array(
    items: &[Value],
    old: Option<&Value>,
    schema: &Node,
    path: &str,
    errors: &mut Errors,
) -> usize {
    let mut matches = 0;
    if let Some(of_item) = &schema.items {
        for (index, item) in items.iter().enumerate() {
            let before = ratchet::item(old, item, schema);
            matches += check(item, before, of_item, &format!("{path}[{index}]"), errors);
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
    matches
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
) -> usize {
    let mut matches = 0;
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
                matches +=
                    check(value, ratchet::member(old, name), schema, &format!("{path}.{name}"), errors);
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
            matches += check(value, ratchet::member(old, name), property, &below(name), errors);
        }
    }
    for name in &schema.required {
        if !map.contains_key(name) {
            errors.push(FieldError::required(&below(name), ""));
        }
    }
    matches
}

/// The mistakes in a value by one branch, and their count of checked keywords.
struct Tried {
    errors: Errors,
    matches: usize,
}

impl Tried {
    fn of(value: &Value, branch: &Node, path: &str) -> Self {
        let mut errors = Vec::new();
        let matches = check(value, None, branch, path, &mut errors);
        Self { errors, matches }
    }

    fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    fn merge(self, matches: &mut usize, errors: &mut Errors) {
        *matches += self.matches;
        errors.extend(self.errors);
    }
}

/// The failed branch whose mistakes are shown: the first of those that were checked the most.
fn best(tried: Vec<Tried>) -> Option<Tried> {
    tried.into_iter().reduce(|best, next| if next.matches > best.matches { next } else { best })
}

fn check_branches(value: &Value, schema: &Node, path: &str, errors: &mut Errors) -> usize {
    let broken = |text: String| FieldError::invalid("", "", format!("\"{path}\" must {text}"));
    let mut matches = 0;
    if !schema.any_of.is_empty() {
        let mut failed = Vec::new();
        let mut valid = None;
        for branch in &schema.any_of {
            let tried = Tried::of(value, branch, path);
            if tried.is_valid() {
                valid = Some(tried);
                break;
            }
            failed.push(tried);
        }
        if valid.is_none() {
            errors.push(broken("validate at least one schema (anyOf)".to_owned()));
        }
        if let Some(shown) = valid.or_else(|| best(failed)) {
            shown.merge(&mut matches, errors);
        }
    }
    if !schema.one_of.is_empty() {
        let tried = schema.one_of.iter().map(|branch| Tried::of(value, branch, path));
        let (mut valid, failed): (Vec<Tried>, Vec<Tried>) = tried.partition(Tried::is_valid);
        match valid.len() {
            0 => {
                errors.push(broken("validate one and only one schema (oneOf). Found none valid".to_owned()));
                if let Some(shown) = best(failed) {
                    shown.merge(&mut matches, errors);
                }
            }
            1 => matches += valid.remove(0).matches,
            count => errors.push(broken(format!(
                "validate one and only one schema (oneOf). Found {count} valid alternatives"
            ))),
        }
    }
    if !schema.all_of.is_empty() {
        let tried: Vec<Tried> = schema.all_of.iter().map(|branch| Tried::of(value, branch, path)).collect();
        let (all, valid) = (tried.len(), tried.iter().filter(|tried| tried.is_valid()).count());
        tried.into_iter().for_each(|tried| tried.merge(&mut matches, errors));
        if valid != all {
            let none = if valid == 0 { ". None validated" } else { "" };
            errors.push(broken(format!("validate all the schemas (allOf){none}")));
        }
    }
    if let Some(not) = &schema.not
        && Tried::of(value, not, path).is_valid()
    {
        errors.push(broken("not validate the schema (not)".to_owned()));
    }
    matches
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
