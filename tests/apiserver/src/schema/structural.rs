//! Pure: whether a schema is one that the server can prune, default and validate by.

use serde_json::{Map, Value, json};

use crate::schema::defaulting;
use crate::schema::field_error::{FieldError, child};
use crate::schema::node::{Schema, compile, strings};
use crate::schema::prune;
use crate::schema::validate;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    Item,
    Field,
}

type Errors = Vec<FieldError>;
type Node = Map<String, Value>;

/// Everything that forbids `schema`, which stands at `path` of the definition.
pub(crate) fn check(schema: &Value, path: &str) -> Errors {
    let mut errors = Vec::new();
    let Some(node) = schema.as_object() else {
        return vec![FieldError::required(path, "")];
    };
    walk(node, Level::Root, path, &mut errors);
    if flag(node, "nullable") {
        errors.push(FieldError::forbidden(
            &format!("{path}.nullable"),
            "nullable cannot be true at the root",
        ));
    }
    if errors.is_empty() {
        check_defaults(node, path, true, &mut errors);
    }
    errors
}

fn text<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn keyed(path: &str, map: &str, key: &str) -> String {
    format!("{path}.{map}[{key}]")
}

fn walk(node: &Node, level: Level, path: &str, errors: &mut Errors) {
    check_keywords(node, path, errors);
    check_type(node, level, path, errors);
    check_extensions(node, path, errors);
    check_list(node, path, errors);
    check_resource(node, level, path, errors);
    check_branches(node, path, errors);
    if text(node, "type") == "array" && node.get("items").is_none_or(Value::is_null) {
        errors.push(FieldError::required(
            &child(path, "items"),
            "must be specified",
        ));
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        walk(items, Level::Item, &child(path, "items"), errors);
    }
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            if level == Level::Root && name == "metadata" {
                continue;
            }
            if let Some(property) = property.as_object() {
                walk(
                    property,
                    Level::Field,
                    &keyed(path, "properties", name),
                    errors,
                );
            }
        }
    }
    check_additional(node, level, path, errors);
}

fn check_additional(node: &Node, level: Level, path: &str, errors: &mut Errors) {
    let Some(additional) = node.get("additionalProperties") else {
        return;
    };
    let here = child(path, "additionalProperties");
    let has_properties = node
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|map| !map.is_empty());
    if has_properties && *additional != Value::Bool(true) {
        errors.push(FieldError::forbidden(
            &here,
            "additionalProperties and properties are mutual exclusive",
        ));
    }
    if level == Level::Root {
        errors.push(FieldError::forbidden(&here, "must not be used at the root"));
    }
    if flag(node, "x-kubernetes-embedded-resource") {
        errors.push(FieldError::forbidden(
            &here,
            "must not be used if x-kubernetes-embedded-resource is set",
        ));
    }
    if let Some(schema) = additional.as_object() {
        walk(schema, Level::Field, &here, errors);
    }
}

fn check_keywords(node: &Node, path: &str, errors: &mut Errors) {
    const NEVER: [&str; 6] = [
        "$ref",
        "additionalItems",
        "definitions",
        "dependencies",
        "id",
        "patternProperties",
    ];
    for word in NEVER {
        if node.contains_key(word) {
            errors.push(FieldError::forbidden(
                &child(path, word),
                format!("{word} is not supported"),
            ));
        }
    }
    if flag(node, "uniqueItems") {
        let why =
            "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
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
        let why = format!("must be a valid regular expression, but isn't: {why}");
        errors.push(FieldError::invalid(&child(path, "pattern"), pattern, why));
    }
}

fn check_type(node: &Node, level: Level, path: &str, errors: &mut Errors) {
    let kind = text(node, "type");
    let here = child(path, "type");
    if kind == "null" {
        let why = "type cannot be set to null, use nullable as an alternative";
        errors.push(FieldError::forbidden(&here, why));
    } else if !kind.is_empty() && !TYPES.contains(&kind) {
        let supported: Vec<String> = TYPES.iter().map(|name| (*name).to_owned()).collect();
        errors.push(FieldError::not_supported(&here, kind, &supported));
    }
    let untyped_is_fine = flag(node, "x-kubernetes-int-or-string")
        || flag(node, "x-kubernetes-preserve-unknown-fields");
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
        errors.push(FieldError::invalid(
            &here,
            kind,
            "must be object at the root",
        ));
    }
}

fn required_or_invalid(path: &str, actual: &str, why: &str) -> FieldError {
    if actual.is_empty() {
        FieldError::required(path, why)
    } else {
        FieldError::invalid(path, actual, why)
    }
}

fn check_extensions(node: &Node, path: &str, errors: &mut Errors) {
    const PRESERVE: &str = "x-kubernetes-preserve-unknown-fields";
    const EMBEDDED: &str = "x-kubernetes-embedded-resource";
    if node.get(PRESERVE) == Some(&Value::Bool(false)) {
        errors.push(FieldError::invalid(
            &child(path, PRESERVE),
            false,
            "must be true or undefined",
        ));
    }
    if flag(node, "x-kubernetes-int-or-string") {
        for other in [PRESERVE, EMBEDDED] {
            if flag(node, other) {
                let why = "must be false if x-kubernetes-int-or-string is true";
                errors.push(FieldError::invalid(&child(path, other), true, why));
            }
        }
    }
    if let Some(map_type) = node.get("x-kubernetes-map-type").and_then(Value::as_str) {
        if text(node, "type") != "object" {
            let why = "must be object if x-kubernetes-map-type is specified";
            errors.push(required_or_invalid(
                &child(path, "type"),
                text(node, "type"),
                why,
            ));
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
    if flag(node, EMBEDDED)
        && !flag(node, PRESERVE)
        && node
            .get("properties")
            .and_then(Value::as_object)
            .is_none_or(Map::is_empty)
    {
        let why = "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields";
        errors.push(FieldError::required(&child(path, "properties"), why));
    }
}

fn check_list(node: &Node, path: &str, errors: &mut Errors) {
    let list_type = node.get("x-kubernetes-list-type").and_then(Value::as_str);
    let keys = strings(node.get("x-kubernetes-list-map-keys"));
    let keys_path = child(path, "x-kubernetes-list-map-keys");
    let type_path = child(path, "x-kubernetes-list-type");
    let items = node.get("items").and_then(Value::as_object);
    if let Some(list_type) = list_type {
        if text(node, "type") != "array" {
            let why = "must be array if x-kubernetes-list-type is specified";
            errors.push(required_or_invalid(
                &child(path, "type"),
                text(node, "type"),
                why,
            ));
        }
        if !matches!(list_type, "atomic" | "set" | "map") {
            let supported = ["atomic".to_owned(), "set".to_owned(), "map".to_owned()];
            errors.push(FieldError::not_supported(&type_path, list_type, &supported));
        }
        if matches!(list_type, "set" | "map") && items.is_some_and(|items| flag(items, "nullable"))
        {
            let why = format!("cannot be nullable when x-kubernetes-list-type is {list_type}");
            errors.push(FieldError::forbidden(
                &child(&child(path, "items"), "nullable"),
                why,
            ));
        }
        if list_type == "set" {
            check_set_items(items, path, errors);
        }
    }
    if !keys.is_empty() && list_type != Some("map") {
        let why = "must be map if x-kubernetes-list-map-keys is non-empty";
        errors.push(required_or_invalid(
            &type_path,
            list_type.unwrap_or_default(),
            why,
        ));
    }
    if list_type != Some("map") {
        return;
    }
    if keys.is_empty() {
        errors.push(FieldError::required(
            &keys_path,
            "must not be empty if x-kubernetes-list-type is map",
        ));
    }
    match items {
        None => {
            let why = "must have a schema if x-kubernetes-list-type is map";
            errors.push(FieldError::required(&child(path, "items"), why));
        }
        Some(items) => check_keys(items, &keys, path, errors),
    }
}

fn check_set_items(items: Option<&Node>, path: &str, errors: &mut Errors) {
    let Some(items) = items else { return };
    let here = child(path, "items");
    let why = "must be atomic as item of a list with x-kubernetes-list-type=set";
    let list_type = items.get("x-kubernetes-list-type").and_then(Value::as_str);
    if text(items, "type") == "array" && list_type.is_some_and(|list_type| list_type != "atomic") {
        errors.push(FieldError::invalid(
            &child(&here, "x-kubernetes-list-type"),
            list_type,
            why,
        ));
    }
    let map_type = items.get("x-kubernetes-map-type").and_then(Value::as_str);
    if text(items, "type") == "object" && map_type != Some("atomic") {
        errors.push(FieldError::invalid(
            &child(&here, "x-kubernetes-map-type"),
            map_type,
            why,
        ));
    }
}

fn check_keys(items: &Node, keys: &[String], path: &str, errors: &mut Errors) {
    let keys_path = child(path, "x-kubernetes-list-map-keys");
    let here = child(path, "items");
    if text(items, "type") != "object" {
        let why = "must be object if parent array's x-kubernetes-list-type is map";
        errors.push(FieldError::invalid(
            &child(&here, "type"),
            text(items, "type"),
            why,
        ));
    }
    let required = strings(items.get("required"));
    for (index, key) in keys.iter().enumerate() {
        if keys[..index].contains(key) {
            errors.push(FieldError::invalid(
                &keys_path,
                json!(keys),
                "must not contain duplicate entries",
            ));
            continue;
        }
        let Some(property) = items
            .get("properties")
            .and_then(|map| map.get(key))
            .and_then(Value::as_object)
        else {
            errors.push(FieldError::invalid(
                &keys_path,
                json!(keys),
                "entries must all be names of item properties",
            ));
            continue;
        };
        let here = keyed(&here, "properties", key);
        if matches!(text(property, "type"), "array" | "object") {
            let why = "must be a scalar type if parent array's x-kubernetes-list-type is map";
            errors.push(FieldError::invalid(
                &child(&here, "type"),
                text(items, "type"),
                why,
            ));
        }
        if !required.contains(key) && property.get("default").is_none_or(Value::is_null) {
            let why = "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property";
            errors.push(FieldError::required(&child(&here, "default"), why));
        }
        if flag(property, "nullable") {
            let why = "this property is in x-kubernetes-list-map-keys, so it cannot be nullable";
            errors.push(FieldError::forbidden(&child(&here, "nullable"), why));
        }
    }
}

fn check_resource(node: &Node, level: Level, path: &str, errors: &mut Errors) {
    if level != Level::Root && !flag(node, "x-kubernetes-embedded-resource") {
        return;
    }
    let property = |name: &str| {
        node.get("properties")
            .and_then(|map| map.get(name))
            .and_then(Value::as_object)
    };
    for (name, kind) in [
        ("apiVersion", "string"),
        ("kind", "string"),
        ("metadata", "object"),
    ] {
        if let Some(property) = property(name)
            && text(property, "type") != kind
        {
            let here = child(&keyed(path, "properties", name), "type");
            errors.push(FieldError::invalid(
                &here,
                text(property, "type"),
                format!("must be {kind}"),
            ));
        }
    }
    if level == Level::Root
        && let Some(metadata) = property("metadata")
    {
        let names_only = metadata
            .get("properties")
            .and_then(Value::as_object)
            .is_none_or(|properties| {
                properties
                    .keys()
                    .all(|name| name == "name" || name == "generateName")
            });
        let nothing_else = metadata
            .keys()
            .all(|key| matches!(key.as_str(), "type" | "properties" | "description"));
        if !names_only || !nothing_else {
            let why = "must not specify anything other than name and generateName, but metadata is implicitly specified";
            errors.push(FieldError::forbidden(
                &keyed(path, "properties", "metadata"),
                why,
            ));
        }
    }
}

fn is_int_or_string_choice(node: &Node) -> bool {
    node.get("anyOf") == Some(&json!([{"type": "integer"}, {"type": "string"}]))
}

fn check_branches(node: &Node, path: &str, errors: &mut Errors) {
    let int_or_string = flag(node, "x-kubernetes-int-or-string");
    for word in ["allOf", "anyOf", "oneOf"] {
        if word == "anyOf" && int_or_string && is_int_or_string_choice(node) {
            continue;
        }
        for (index, branch) in node
            .get(word)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let Some(branch) = branch.as_object() else {
                continue;
            };
            let may_choose =
                word == "allOf" && index == 0 && int_or_string && is_int_or_string_choice(branch);
            if !may_choose {
                check_branch(branch, &format!("{path}.{word}[{index}]"), errors);
            }
        }
    }
    if let Some(not) = node.get("not").and_then(Value::as_object) {
        check_branch(not, &child(path, "not"), errors);
    }
}

fn check_branch(node: &Node, path: &str, errors: &mut Errors) {
    const EMPTY: [&str; 5] = [
        "type",
        "title",
        "description",
        "x-kubernetes-list-map-keys",
        "x-kubernetes-validations",
    ];
    const UNDEFINED: [&str; 4] = [
        "additionalProperties",
        "default",
        "x-kubernetes-list-type",
        "x-kubernetes-map-type",
    ];
    const FALSE: [&str; 4] = [
        "nullable",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource",
        "x-kubernetes-int-or-string",
    ];
    check_keywords(node, path, errors);
    for word in EMPTY {
        if node.contains_key(word) {
            errors.push(FieldError::forbidden(
                &child(path, word),
                "must be empty to be structural",
            ));
        }
    }
    for word in UNDEFINED {
        let closed = word == "additionalProperties" && node.get(word) == Some(&Value::Bool(false));
        if node.contains_key(word) && !closed {
            errors.push(FieldError::forbidden(
                &child(path, word),
                "must be undefined to be structural",
            ));
        }
    }
    for word in FALSE {
        if flag(node, word) {
            errors.push(FieldError::forbidden(
                &child(path, word),
                "must be false to be structural",
            ));
        }
    }
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let here = keyed(path, "properties", name);
            if name == "metadata" {
                errors.push(FieldError::forbidden(
                    &here,
                    "must not be specified in a nested context",
                ));
            }
            if let Some(property) = property.as_object() {
                check_branch(property, &here, errors);
            }
        }
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        check_branch(items, &child(path, "items"), errors);
    }
    check_branches(node, path, errors);
}

/// A default must itself be a value that the schema takes, with nothing in it that would be pruned.
fn check_defaults(node: &Node, path: &str, root: bool, errors: &mut Errors) {
    if let Some(default) = node.get("default").filter(|default| !default.is_null()) {
        let here = child(path, "default");
        if root {
            errors.push(FieldError::forbidden(&here, "must not be set at the root"));
            return;
        }
        let schema = Schema::parse(&Value::Object(node.clone()));
        // One level of wrapping gives the pruning a parent that is not a whole resource.
        let wrapper = Schema {
            properties: [("default".to_owned(), schema.clone())].into(),
            ..Schema::default()
        };
        let mut wrapped = json!({ "default": default });
        let unknown = prune::prune(&mut wrapped, &wrapper);
        if !unknown.is_empty() {
            let why = format!("must not have unknown fields: {}", unknown.join(", "));
            errors.push(FieldError::invalid(&here, default.clone(), why));
        }
        let mut filled = default.clone();
        defaulting::apply_defaults(&mut filled, &schema);
        for mut error in validate::validate(default, &schema)
            .into_iter()
            .chain(validate::validate_lists(&Value::Null, &schema))
        {
            error.field = if error.field == "<nil>" {
                here.clone()
            } else {
                child(&here, &error.field)
            };
            errors.push(error);
        }
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        check_defaults(items, &child(path, "items"), false, errors);
    }
    for (name, property) in node
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if let Some(property) = property.as_object() {
            check_defaults(property, &keyed(path, "properties", name), false, errors);
        }
    }
    if let Some(additional) = node.get("additionalProperties").and_then(Value::as_object) {
        check_defaults(
            additional,
            &child(path, "additionalProperties"),
            false,
            errors,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(schema: Value) -> Vec<String> {
        check(&schema, "s").iter().map(FieldError::text).collect()
    }

    #[test]
    fn every_field_needs_a_type() {
        assert_eq!(
            texts(json!({"type": "object", "properties": {"spec": {}}})),
            [
                "s.properties[spec].type: Required value: must not be empty for specified object fields"
            ]
        );
        assert_eq!(
            texts(json!({"type": "object", "properties": {"l": {"type": "array"}}})),
            ["s.properties[l].items: Required value: must be specified"]
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
        let closed =
            json!({"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}});
        assert!(texts(list(closed)).is_empty());
    }

    #[test]
    fn a_default_that_the_schema_refuses_is_refused() {
        let bad =
            json!({"type": "object", "properties": {"n": {"type": "integer", "default": "x"}}});
        assert_eq!(texts(bad).len(), 1);
    }
}
