// Pure:
//! One node of a structural schema, read once from a definition and then only walked.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Map, Value};

use crate::field_error::{FieldError, child};
use crate::formats::is_supported;
use crate::pattern::compile;

/// What a node says about keys that are not among its properties.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_enums, reason = "the keyword has no other values")]
pub enum Additional {
    /// Nothing: unknown keys are pruned.
    #[default]
    Unset,
    /// `true` or `false`.
    Allowed(bool),
    /// Every value follows this schema.
    Schema(Box<Node>),
}

/// How a list merges and what must be unique in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the keyword has no other values")]
pub enum ListType {
    /// One value; anything may repeat.
    #[default]
    Atomic,
    /// No item twice.
    Set,
    /// No two items with the same values under these names.
    Map(Vec<String>),
}

/// A regular expression with its source text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pattern {
    /// As it was written.
    pub text: String,
    /// What matches as the server does.
    pub regex: Regex,
}

/// Bounds of numbers, lengths and counts.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Bounds {
    /// `minimum`.
    pub minimum: Option<f64>,
    /// `maximum`.
    pub maximum: Option<f64>,
    /// Whether `minimum` itself is refused.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is refused.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<f64>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
}

/// A rule of `x-kubernetes-validations`, its texts as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationRule {
    /// The expression.
    pub rule: String,
    /// What is said when it is false; may be empty.
    pub message: String,
    /// An expression for what is said; may be empty.
    pub message_expression: String,
    /// The reason of the error, where it is not `FieldValueInvalid`.
    pub reason: Option<String>,
    /// The field that is to blame, from the rule's place; may be empty.
    pub field_path: String,
    /// Whether `oldSelf` is an optional, and the rule is evaluated without an old value too.
    pub optional_old_self: bool,
}

impl ValidationRule {
    fn parse(value: &Value) -> Self {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            rule: text("rule"),
            message: text("message"),
            message_expression: text("messageExpression"),
            reason: value.get("reason").and_then(Value::as_str).map(str::to_owned),
            field_path: text("fieldPath"),
            optional_old_self: value.get("optionalOldSelf") == Some(&Value::Bool(true)),
        }
    }
}

/// One node of a schema: its keywords, by the names they have in a definition or shorter ones.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Node {
    /// `object`, `array`, `string`, `integer`, `number`, `boolean`, or empty.
    pub kind: String,
    /// `format`, where the server gives it a meaning for this type; empty otherwise.
    pub format: String,
    /// `nullable`.
    pub nullable: bool,
    /// `x-kubernetes-preserve-unknown-fields`.
    pub preserve_unknown: bool,
    /// `x-kubernetes-int-or-string`.
    pub int_or_string: bool,
    /// `x-kubernetes-embedded-resource`.
    pub embedded: bool,
    /// `properties`.
    pub properties: BTreeMap<String, Self>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `items`.
    pub items: Option<Box<Self>>,
    /// `required`.
    pub required: Vec<String>,
    /// `default`; null is none.
    pub default: Option<Value>,
    /// `enum`.
    pub allowed: Vec<Value>,
    /// `pattern`.
    pub pattern: Option<Pattern>,
    /// Bounds of numbers, lengths and counts.
    pub bounds: Bounds,
    /// `x-kubernetes-list-type` and `x-kubernetes-list-map-keys`.
    pub list_type: ListType,
    /// Whether `x-kubernetes-map-type` is `atomic`.
    pub atomic_map: bool,
    /// `allOf`.
    pub all_of: Vec<Self>,
    /// `anyOf`.
    pub any_of: Vec<Self>,
    /// `oneOf`.
    pub one_of: Vec<Self>,
    /// `not`.
    pub not: Option<Box<Self>>,
    /// `x-kubernetes-validations`.
    pub validations: Vec<ValidationRule>,
    /// Why the pattern cannot be run.
    pub(crate) broken_pattern: Option<String>,
}

impl Node {
    /// Reads a node. Keywords of the wrong shape are left out; `structural` reports them.
    pub fn parse(value: &Value) -> Self {
        let Some(map) = value.as_object() else {
            return Self::default();
        };
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let flag = |key: &str| map.get(key).and_then(Value::as_bool).unwrap_or(false);
        let pattern = pattern(map);
        Self {
            kind: text("type"),
            format: Some(text("format"))
                .filter(|format| is_supported(&text("type"), format))
                .unwrap_or_default(),
            nullable: flag("nullable"),
            preserve_unknown: flag("x-kubernetes-preserve-unknown-fields"),
            int_or_string: flag("x-kubernetes-int-or-string"),
            embedded: flag("x-kubernetes-embedded-resource"),
            properties: properties(map),
            additional: additional(map.get("additionalProperties")),
            items: map
                .get("items")
                .filter(|items| items.is_object())
                .map(|items| Box::new(Self::parse(items))),
            required: strings(map.get("required")),
            default: map.get("default").filter(|default| !default.is_null()).cloned(),
            allowed: map.get("enum").and_then(Value::as_array).cloned().unwrap_or_default(),
            broken_pattern: pattern.as_ref().and_then(|pattern| pattern.as_ref().err().cloned()),
            pattern: pattern.and_then(Result::ok),
            bounds: bounds(map),
            list_type: list_type(map),
            atomic_map: text("x-kubernetes-map-type") == "atomic",
            all_of: branches(map, "allOf"),
            any_of: branches(map, "anyOf"),
            one_of: branches(map, "oneOf"),
            not: map.get("not").map(|not| Box::new(Self::parse(not))),
            validations: map
                .get("x-kubernetes-validations")
                .and_then(Value::as_array)
                .map(|rules| rules.iter().map(ValidationRule::parse).collect())
                .unwrap_or_default(),
        }
    }

    /// The patterns that cannot be run here, although the server takes them, each with its place below `path`.
    pub(crate) fn broken_patterns(&self, path: &str, found: &mut Vec<FieldError>) {
        if let Some(why) = &self.broken_pattern {
            found.push(FieldError::invalid_silent(&child(path, "pattern"), why.as_str()));
        }
        for (name, node) in &self.properties {
            node.broken_patterns(&format!("{path}.properties[{name}]"), found);
        }
        let below = [("items", self.items.as_deref()), ("not", self.not.as_deref())];
        let additional = ("additionalProperties", self.additional_schema());
        for (word, node) in below.into_iter().chain([additional]) {
            if let Some(node) = node {
                node.broken_patterns(&child(path, word), found);
            }
        }
        for (word, nodes) in [("allOf", &self.all_of), ("anyOf", &self.any_of), ("oneOf", &self.one_of)] {
            for (index, node) in nodes.iter().enumerate() {
                node.broken_patterns(&format!("{path}.{word}[{index}]"), found);
            }
        }
    }

    /// The schema of the values of unknown keys, if there is one.
    pub fn additional_schema(&self) -> Option<&Self> {
        match &self.additional {
            Additional::Schema(schema) => Some(schema),
            Additional::Unset | Additional::Allowed(_) => None,
        }
    }

    /// The schema of the value under `key`.
    pub fn field(&self, key: &str) -> Option<&Self> {
        self.properties.get(key).or_else(|| self.additional_schema())
    }
}

fn properties(map: &Map<String, Value>) -> BTreeMap<String, Node> {
    let Some(properties) = map.get("properties").and_then(Value::as_object) else {
        return BTreeMap::new();
    };
    properties.iter().map(|(name, schema)| (name.clone(), Node::parse(schema))).collect()
}

fn additional(value: Option<&Value>) -> Additional {
    match value {
        Some(Value::Bool(allowed)) => Additional::Allowed(*allowed),
        Some(schema @ Value::Object(_)) => Additional::Schema(Box::new(Node::parse(schema))),
        _ => Additional::Unset,
    }
}

fn branches(map: &Map<String, Value>, key: &str) -> Vec<Node> {
    map.get(key)
        .and_then(Value::as_array)
        .map(|items| items.iter().map(Node::parse).collect())
        .unwrap_or_default()
}

/// The texts in a list; empty when there is no list.
#[must_use]
pub fn strings(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .map(|items| items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
        .unwrap_or_default()
}

fn pattern(map: &Map<String, Value>) -> Option<Result<Pattern, String>> {
    let text = map.get("pattern").and_then(Value::as_str).filter(|text| !text.is_empty())?;
    Some(compile(text).map(|regex| Pattern { text: text.to_owned(), regex }))
}

fn bounds(map: &Map<String, Value>) -> Bounds {
    let float = |key: &str| map.get(key).and_then(Value::as_f64);
    let count = |key: &str| map.get(key).and_then(Value::as_u64);
    let flag = |key: &str| map.get(key).and_then(Value::as_bool).unwrap_or(false);
    Bounds {
        minimum: float("minimum"),
        maximum: float("maximum"),
        exclusive_minimum: flag("exclusiveMinimum"),
        exclusive_maximum: flag("exclusiveMaximum"),
        multiple_of: float("multipleOf"),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
    }
}

fn list_type(map: &Map<String, Value>) -> ListType {
    match map.get("x-kubernetes-list-type").and_then(Value::as_str) {
        Some("set") => ListType::Set,
        Some("map") => ListType::Map(strings(map.get("x-kubernetes-list-map-keys"))),
        _ => ListType::Atomic,
    }
}
