//! Pure: whether a schema is one that the server can prune, default and validate by.

use serde_json::{Map, Value};

use crate::field_error::{FieldError, child};
use crate::pattern::compile;
use crate::raw::{Keywords, flag, keyed, required_or_invalid, text};
use crate::rules::branches::check_branches;
use crate::rules::completeness::check_complete;
use crate::rules::defaults::check_defaults;
use crate::rules::expressions::check_expressions;
use crate::rules::lists::check_list;
use crate::rules::texts::check_texts;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

const UNSUPPORTED: [&str; 6] =
    ["$ref", "additionalItems", "definitions", "dependencies", "id", "patternProperties"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    Item,
    Field,
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    level: Level,
    /// Whether the whole schema has the structure that most rules are about.
    is_structural: bool,
    /// The field of every resource that it is about: `metadata`, `kind` or `apiVersion`.
    field_of_all: Option<&'a str>,
}

type Errors = Vec<FieldError>;

/// Everything that forbids `schema`, which stands at `path` of the definition.
pub fn check(schema: &Value, path: &str) -> Errors {
    let mut errors = Vec::new();
    let Some(node) = schema.as_object() else {
        return vec![FieldError::required(path, "")];
    };
    if has_word(schema, "$schema") {
        errors.push(FieldError::invalid(path, "", "OpenAPIV3Schema 'schema' is not supported"));
    }
    let is_structural = !has_unsupported(node);
    walk(node, Place { level: Level::Root, is_structural, field_of_all: None }, path, &mut errors);
    if is_structural {
        check_complete(node, path, &mut errors);
    }
    if flag(node, "nullable") {
        errors
            .push(FieldError::forbidden(&format!("{path}.nullable"), "nullable cannot be true at the root"));
    }
    if errors.is_empty() {
        check_defaults(node, path, true, &mut errors);
    }
    if errors.is_empty() {
        check_expressions(node, path, &mut errors);
    }
    errors
}

/// Whether any node below has the keyword; properties of that name are none.
fn has_word(schema: &Value, word: &str) -> bool {
    let Some(node) = schema.as_object() else {
        return false;
    };
    let below = |value: &Value| match value {
        Value::Array(items) => items.iter().any(|item| has_word(item, word)),
        other => has_word(other, word),
    };
    node.get(word).is_some_and(Value::is_string)
        || node.iter().any(|(name, value)| match name.as_str() {
            "properties" => {
                value.as_object().is_some_and(|map| map.values().any(|value| has_word(value, word)))
            }
            "items" | "additionalProperties" | "allOf" | "anyOf" | "oneOf" | "not" => below(value),
            _ => false,
        })
}

/// Whether a keyword below is one of those that no structural schema has. Then the real server says only so, and does
/// not look at the structure.
fn has_unsupported(node: &Keywords) -> bool {
    let here = UNSUPPORTED.iter().any(|word| node.contains_key(*word))
        || !text(node, "$schema").is_empty()
        || node.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(false))
        || node.get("items").is_some_and(Value::is_array);
    let below = |value: &Value| value.as_object().is_some_and(has_unsupported);
    here || node.iter().any(|(name, value)| match name.as_str() {
        "properties" => value.as_object().is_some_and(|map| map.values().any(below)),
        "allOf" | "anyOf" | "oneOf" => value.as_array().is_some_and(|items| items.iter().any(below)),
        "items" | "additionalProperties" | "not" => below(value),
        _ => false,
    })
}

fn walk(node: &Keywords, place: Place<'_>, path: &str, errors: &mut Errors) {
    check_keywords(node, path, errors);
    check_known_type(node, path, errors);
    check_map_type(node, path, errors);
    if node.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(false)) {
        let here = child(path, "x-kubernetes-preserve-unknown-fields");
        errors.push(FieldError::invalid(&here, false, "must be true or undefined"));
    }
    if let Some(name) =
        place.field_of_all.filter(|_| node.get("default").is_some_and(|value| !value.is_null()))
    {
        errors.push(FieldError::forbidden(
            &child(path, "default"),
            format!("must not be set in top-level {name}"),
        ));
    }
    check_list(node, path, errors);
    check_texts(node, path, errors);
    if place.is_structural {
        check_type(node, place.level, path, errors);
        check_extensions(node, path, errors);
        check_resource(node, place.level, path, errors);
        check_branches(node, path, errors);
        if text(node, "type") == "array" && node.get("items").is_none_or(Value::is_null) {
            errors.push(FieldError::required(&child(path, "items"), "must be specified"));
        }
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        walk(items, Place { level: Level::Item, ..place }, &child(path, "items"), errors);
    }
    for (name, property) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let is_of_all =
            place.level == Level::Root && matches!(name.as_str(), "metadata" | "kind" | "apiVersion");
        let field_of_all = if is_of_all { Some(name.as_str()) } else { place.field_of_all };
        if let Some(property) = property.as_object() {
            let place = Place { level: Level::Field, field_of_all, ..place };
            walk(property, place, &keyed(path, "properties", name), errors);
        }
    }
    check_additional(node, place, path, errors);
}

fn check_additional(node: &Keywords, place: Place<'_>, path: &str, errors: &mut Errors) {
    let Some(additional) = node.get("additionalProperties") else {
        return;
    };
    let here = child(path, "additionalProperties");
    let has_properties = node.get("properties").and_then(Value::as_object).is_some_and(|map| !map.is_empty());
    if has_properties && *additional != Value::Bool(true) {
        errors.push(FieldError::forbidden(&here, "additionalProperties and properties are mutual exclusive"));
    }
    if place.level == Level::Root && place.is_structural {
        errors.push(FieldError::forbidden(&here, "must not be used at the root"));
    }
    if place.is_structural && flag(node, "x-kubernetes-embedded-resource") {
        errors
            .push(FieldError::forbidden(&here, "must not be used if x-kubernetes-embedded-resource is set"));
    }
    if let Some(schema) = additional.as_object() {
        walk(schema, Place { level: Level::Field, ..place }, &here, errors);
    }
}

/// Keywords that no structural schema has.
pub fn check_keywords(node: &Keywords, path: &str, errors: &mut Errors) {
    for word in UNSUPPORTED {
        if node.contains_key(word) {
            errors.push(FieldError::forbidden(&child(path, word), format!("{word} is not supported")));
        }
    }
    if flag(node, "uniqueItems") {
        let why = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
        errors.push(FieldError::forbidden(&child(path, "uniqueItems"), why));
    }
    if node.get("items").is_some_and(Value::is_array) {
        let why = "items must be a schema object and not an array";
        errors.push(FieldError::forbidden(&child(path, "items"), why));
    }
    let pattern = text(node, "pattern");
    if !pattern.is_empty()
        && let Err(why) = compile(pattern)
    {
        let why = format!("must be a valid regular expression, but isn't: error parsing regexp: {why}");
        errors.push(FieldError::invalid(&child(path, "pattern"), pattern, why));
    }
}

fn check_known_type(node: &Keywords, path: &str, errors: &mut Errors) {
    let kind = text(node, "type");
    let here = child(path, "type");
    if kind == "null" {
        let why = "type cannot be set to null, use nullable as an alternative";
        errors.push(FieldError::forbidden(&here, why));
    } else if !kind.is_empty() && !TYPES.contains(&kind) {
        let supported: Vec<String> = TYPES.iter().map(|name| (*name).to_owned()).collect();
        errors.push(FieldError::not_supported(&here, kind, &supported));
    }
}

fn check_type(node: &Keywords, level: Level, path: &str, errors: &mut Errors) {
    let kind = text(node, "type");
    let here = child(path, "type");
    let untyped_is_fine =
        flag(node, "x-kubernetes-int-or-string") || flag(node, "x-kubernetes-preserve-unknown-fields");
    if flag(node, "x-kubernetes-embedded-resource") && kind != "object" {
        let why = "must be object if x-kubernetes-embedded-resource is true";
        errors.push(required_or_invalid(&here, kind, why));
    } else if kind.is_empty() && !untyped_is_fine {
        let why = match level {
            Level::Root => "must not be empty at the root",
            Level::Item => "must not be empty for specified array items",
            Level::Field => "must not be empty for specified object fields",
        };
        errors.push(FieldError::required(&here, why));
    }
    if level == Level::Root && !kind.is_empty() && kind != "object" {
        errors.push(FieldError::invalid(&here, kind, "must be object at the root"));
    }
}

fn check_map_type(node: &Keywords, path: &str, errors: &mut Errors) {
    if let Some(map_type) = node.get("x-kubernetes-map-type").and_then(Value::as_str) {
        if text(node, "type") != "object" {
            let why = "must be object if x-kubernetes-map-type is specified";
            errors.push(required_or_invalid(&child(path, "type"), text(node, "type"), why));
        }
        if !matches!(map_type, "atomic" | "granular") {
            let supported = ["atomic".to_owned(), "granular".to_owned()];
            errors.push(FieldError::not_supported(
                &child(path, "x-kubernetes-map-type"),
                map_type,
                &supported,
            ));
        }
    }
}

fn check_extensions(node: &Keywords, path: &str, errors: &mut Errors) {
    const PRESERVE: &str = "x-kubernetes-preserve-unknown-fields";
    const EMBEDDED: &str = "x-kubernetes-embedded-resource";
    if flag(node, "x-kubernetes-int-or-string") {
        for other in [PRESERVE, EMBEDDED] {
            if flag(node, other) {
                let why = "must be false if x-kubernetes-int-or-string is true";
                errors.push(FieldError::invalid(&child(path, other), true, why));
            }
        }
    }
    if flag(node, EMBEDDED)
        && !flag(node, PRESERVE)
        && node.get("properties").and_then(Value::as_object).is_none_or(Map::is_empty)
    {
        let why = "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields";
        errors.push(FieldError::required(&child(path, "properties"), why));
    }
}

fn check_resource(node: &Keywords, level: Level, path: &str, errors: &mut Errors) {
    if level != Level::Root && !flag(node, "x-kubernetes-embedded-resource") {
        return;
    }
    let property =
        |name: &str| node.get("properties").and_then(|map| map.get(name)).and_then(Value::as_object);
    for (name, kind) in [("apiVersion", "string"), ("kind", "string"), ("metadata", "object")] {
        if let Some(property) = property(name)
            && text(property, "type") != kind
        {
            let here = child(&keyed(path, "properties", name), "type");
            errors.push(FieldError::invalid(&here, text(property, "type"), format!("must be {kind}")));
        }
    }
    if level == Level::Root
        && let Some(metadata) = property("metadata")
    {
        let names_only = metadata
            .get("properties")
            .and_then(Value::as_object)
            .is_none_or(|properties| properties.keys().all(|name| name == "name" || name == "generateName"));
        let nothing_else =
            metadata.keys().all(|key| matches!(key.as_str(), "type" | "properties" | "description"));
        if !names_only || !nothing_else {
            let why = "must not specify anything other than name and generateName, but metadata is implicitly specified";
            errors.push(FieldError::forbidden(&keyed(path, "properties", "metadata"), why));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn texts(schema: Value) -> Vec<String> {
        check(&schema, "s").iter().map(FieldError::to_string).collect()
    }

    #[test]
    fn every_field_needs_a_type() {
        assert_eq!(
            texts(json!({"type": "object", "properties": {"spec": {}}})),
            ["s.properties[spec].type: Required value: must not be empty for specified object fields"]
        );
        assert_eq!(
            texts(json!({"type": "object", "properties": {"l": {"type": "array"}}})),
            ["s.properties[l].items: Required value: must be specified"]
        );
    }

    #[test]
    fn the_fields_of_every_resource_have_no_defaults() {
        let schema = json!({"type": "object", "properties": {"kind": {"type": "string", "default": "x"},
            "metadata": {"type": "object", "properties": {"name": {"pattern": "a"}}}}});
        assert_eq!(
            texts(schema),
            [
                "s.properties[kind].default: Forbidden: must not be set in top-level kind",
                "s.properties[metadata].properties[name].type: Required value: must not be empty for specified object fields",
            ]
        );
    }

    #[test]
    fn list_map_keys_must_be_required_or_have_a_default() {
        let list = |extra: Value| {
            json!({"type": "object", "properties": {"l": {"type": "array", "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["k"], "items": extra}}})
        };
        let open = json!({"type": "object", "properties": {"k": {"type": "string"}}});
        assert_eq!(texts(list(open)).len(), 1);
        let closed = json!({"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}});
        assert!(texts(list(closed)).is_empty());
    }

    #[test]
    fn a_default_that_the_schema_refuses_is_refused() {
        let bad = json!({"type": "object", "properties": {"n": {"type": "integer", "default": "x"}}});
        assert_eq!(texts(bad).len(), 1);
    }
}
