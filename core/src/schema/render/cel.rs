//! Pure: rules of the Common Expression Language, those of the user and those that keywords stand for.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{JSONSchemaProps, ValidationRule};
use kubist_structural::cel::escape;

use crate::schema::node::{Field, Node};
use crate::schema::path::json_path;
use crate::schema::render::rules::json_name;
use crate::schema::render::text;
use crate::schema::rules::{CelRule, Group, GroupCount};

/// A rule of the user.
pub(super) fn rule(rule: &CelRule, node: &Node) -> ValidationRule {
    ValidationRule {
        rule: rule.rule.to_owned(),
        message: text(rule.message),
        message_expression: text(rule.message_expression),
        reason: text(rule.reason),
        field_path: text(rule.field_path).map(|path| json_path(node, &path)),
        optional_old_self: rule.optional_old_self.then_some(true),
    }
}

/// A rule with its message.
pub(super) fn holds(rule: String, message: String) -> ValidationRule {
    ValidationRule { rule, message: Some(message), ..ValidationRule::default() }
}

/// The keys of a map match a pattern.
pub(super) fn keys(pattern: &str) -> ValidationRule {
    let literal = string(pattern);
    holds(format!("self.all(key, key.matches({literal}))"), format!("each key must match {pattern}"))
}

/// The value is what it was.
pub(super) fn immutable() -> ValidationRule {
    holds("self == oldSelf".to_owned(), "the value cannot be changed".to_owned())
}

/// Fields that cannot change may not be taken away either, which only their parent can see.
pub(super) fn immutable_members(fields: &[Field], schema: &mut JSONSchemaProps) {
    let removable = fields.iter().filter(|field| field.rules.immutable && field.node.optional);
    let rules: Vec<_> = removable
        .filter_map(|field| {
            let name = escape(field.json)?;
            let rule = format!("!has(oldSelf.{name}) || has(self.{name})");
            Some(holds(rule, format!("{} cannot be removed", field.json)))
        })
        .collect();
    if !rules.is_empty() {
        schema.x_kubernetes_validations.get_or_insert_default().extend(rules);
    }
}

/// So many of the fields are set. The sum costs the server less than a list would.
pub(super) fn group(group: &Group, node: &Node) -> ValidationRule {
    let names: Vec<&str> = group.fields.iter().map(|field| json_name(node, field)).collect();
    let terms: Vec<String> =
        names.iter().filter_map(|name| Some(format!("(has(self.{}) ? 1 : 0)", escape(name)?))).collect();
    let (comparison, words) = match group.count {
        GroupCount::AtLeastOne => (">= 1", "at least one of"),
        GroupCount::AtMostOne => ("<= 1", "at most one of"),
        GroupCount::ExactlyOne => ("== 1", "exactly one of"),
    };
    holds(format!("{} {comparison}", terms.join(" + ")), format!("{words} {} must be set", names.join(", ")))
}

/// A string literal.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::from("'");
    for c in text.chars() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '\'' => literal.push_str("\\'"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}
