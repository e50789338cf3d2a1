//! Pure: the rules of a schema (`x-kubernetes-validations`), compiled once and evaluated over objects.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::cel::{Answer, COST_LIMIT, EvaluationError, Program, Scope};
use crate::field_error::{FieldError, child, quote};
use crate::field_path::resolve;
use crate::node::{Node, ValidationRule};
use crate::ratchet;

/// What all rules of an object may cost together.
const BUDGET: u64 = 10_000_000;

/// How long a message that an expression makes may be, in bytes.
const MESSAGE_BYTES_MAX: usize = 5 * 1024;

/// The rules of a node and of all below it; nodes without any are left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Validations {
    scope: Option<Scope>,
    rules: Vec<Compiled>,
    properties: BTreeMap<String, Self>,
    items: Option<Box<Self>>,
    additional: Option<Box<Self>>,
}

#[derive(Clone, Debug)]
struct Compiled {
    rule: ValidationRule,
    /// The expression, or why there is none.
    program: Result<Program, String>,
    message: Option<Program>,
    /// The field to blame, from the rule's place.
    blamed: String,
}

/// Why an expression is refused.
pub(crate) struct Refused {
    /// Whether it is the one that makes the message.
    pub(crate) is_message: bool,
    pub(crate) why: String,
}

/// The expressions of a rule, if the server takes them.
pub(crate) fn compile(rule: &ValidationRule, scope: &Scope) -> Result<(Program, Option<Program>), Refused> {
    let refused = |is_message: bool, why: String| Refused { is_message, why };
    let read = |source: &str, is_message: bool| {
        Program::compile(source, scope, rule.optional_old_self).map_err(|errors| {
            // Texts that are no numbers are found when the server makes the program ready.
            if let [error] = errors.as_slice()
                && error.message.starts_with("type conversion error")
            {
                let what =
                    if is_message { "messageExpression instantiation" } else { "program instantiation" };
                return refused(is_message, format!("{what} failed: {}", error.message));
            }
            let what = if is_message { "messageExpression compilation failed" } else { "compilation failed" };
            let shown: Vec<String> =
                errors.iter().map(|error| shown(source, error.position(source), &error.message)).collect();
            refused(is_message, format!("{what}: {}", shown.join("\n")))
        })
    };
    let program = read(&rule.rule, false)?;
    if program.ty().to_string() != "bool" {
        return Err(refused(false, "cel expression must evaluate to a bool".to_owned()));
    }
    if rule.message_expression.is_empty() {
        return Ok((program, None));
    }
    let message = read(&rule.message_expression, true)?;
    if message.ty().to_string() != "string" {
        return Err(refused(true, "messageExpression must evaluate to a string".to_owned()));
    }
    Ok((program, Some(message)))
}

/// A mistake in an expression, with its line and a caret, as the server shows it.
fn shown(source: &str, (line, column): (usize, usize), message: &str) -> String {
    let text = source.split('\n').nth(line - 1).unwrap_or_default().replace('\t', " ");
    let wide = |c: char, narrow: char, wide: char| if c.is_ascii() { narrow } else { wide };
    let mut below: String = text.chars().take(column - 1).map(|c| wide(c, '.', '\u{ff0e}')).collect();
    below.push(text.chars().nth(column - 1).map_or('^', |c| wide(c, '^', '\u{ff3e}')));
    format!("ERROR: <input>:{line}:{column}: {message}\n | {text}\n | {below}")
}

impl Validations {
    /// The rules of a schema, if it has any. `is_root` says that it is that of a whole resource.
    pub(crate) fn of(node: &Node, is_root: bool) -> Option<Self> {
        if !has_rules(node) {
            return None;
        }
        // Expressions do not see what has no type, nor anything below it.
        let scope = Scope::new(node, is_root)?;
        let below = |node: &Node| Self::of(node, false).map(Box::new);
        let rules = node.validations.iter().map(|rule| {
            let (program, message) = match compile(rule, &scope) {
                Ok((program, message)) => (Ok(program), message),
                Err(refused) => (Err(refused.why), None),
            };
            let blamed = resolve(node, &rule.field_path, true).map(|(_, shown)| shown).unwrap_or_default();
            Compiled { rule: rule.clone(), program, message, blamed }
        });
        Some(Self {
            rules: rules.collect(),
            properties: node
                .properties
                .iter()
                .filter_map(|(name, node)| Some((name.clone(), Self::of(node, false)?)))
                .collect(),
            items: node.items.as_deref().and_then(below),
            additional: node.additional_schema().and_then(below),
            scope: Some(scope),
        })
    }

    /// The rules that cannot be evaluated, each with its place below `path`.
    pub(crate) fn broken(&self, path: &str, found: &mut Vec<FieldError>) {
        for (index, compiled) in self.rules.iter().enumerate() {
            if let Err(why) = &compiled.program {
                let here = format!("{path}.x-kubernetes-validations[{index}].rule");
                found.push(FieldError::invalid(&here, compiled.rule.rule.as_str(), why.as_str()));
            }
        }
        for (name, below) in &self.properties {
            below.broken(&format!("{path}.properties[{name}]"), found);
        }
        if let Some(items) = &self.items {
            items.broken(&child(path, "items"), found);
        }
        if let Some(additional) = &self.additional {
            additional.broken(&child(path, "additionalProperties"), found);
        }
    }

    /// Evaluates all rules over a value that replaces `old`.
    pub(crate) fn evaluate(&self, node: &Node, value: &Value, old: Option<&Value>) -> Found {
        let mut run = Run { found: Found::default(), budget: BUDGET };
        let place = Place { path: "", old, is_kept: false };
        // Without a budget there are no more rules: what was found stands.
        let _ = run.visit(self, node, value, place);
        run.found
    }
}

fn has_rules(node: &Node) -> bool {
    !node.validations.is_empty()
        || node.properties.values().any(has_rules)
        || node.items.as_deref().is_some_and(has_rules)
        || node.additional_schema().is_some_and(has_rules)
}

/// What rules say.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) errors: Vec<FieldError>,
    /// The rules that fail for what has not changed.
    pub(crate) warnings: Vec<String>,
}

struct Run {
    found: Found,
    budget: u64,
}

/// The budget is used up.
struct Spent;

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: &'a str,
    /// The value from before, if it is known which that is.
    old: Option<&'a Value>,
    /// Whether the nearest value around it of which that is known is as it was.
    is_kept: bool,
}

impl Run {
    fn visit(
        &mut self,
        rules: &Validations,
        node: &Node,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Spent> {
        if value.is_null() {
            return Ok(());
        }
        let old = place.old.filter(|old| !old.is_null());
        // The server never takes a whole object for what it was.
        let is_kept = !place.path.is_empty() && place.old.map_or(place.is_kept, |old| old == value);
        let place = Place { old, is_kept, ..place };
        if let Some(scope) = &rules.scope {
            for compiled in &rules.rules {
                self.judge(compiled, scope, node, value, place)?;
            }
        }
        match value {
            Value::Array(items) => {
                let (Some(rules), Some(of_item)) = (&rules.items, &node.items) else { return Ok(()) };
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{}[{index}]", place.path);
                    let place = Place { path: &path, old: ratchet::item(old, item, node), is_kept };
                    self.visit(rules, of_item, item, place)?;
                }
            }
            Value::Object(map) => {
                for (name, value) in map {
                    let old = ratchet::member(old, name);
                    if let (Some(rules), Some(of_value)) = (&rules.additional, node.additional_schema()) {
                        let path = format!("{}[{name}]", place.path);
                        self.visit(rules, of_value, value, Place { path: &path, old, is_kept })?;
                    } else if let (Some(rules), Some(property)) =
                        (rules.properties.get(name), node.properties.get(name))
                    {
                        let path = child(place.path, name);
                        self.visit(rules, property, value, Place { path: &path, old, is_kept })?;
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        Ok(())
    }

    fn judge(
        &mut self,
        compiled: &Compiled,
        scope: &Scope,
        node: &Node,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Spent> {
        let rule = &compiled.rule;
        let wrong = |why: String| FieldError::invalid(place.path, node.kind.as_str(), why);
        let program = match &compiled.program {
            Ok(program) => program,
            Err(why) => {
                self.found.errors.push(wrong(format!("rule compile error: {why}")));
                return Ok(());
            }
        };
        if program.uses_old_self() && place.old.is_none() && !rule.optional_old_self {
            return Ok(());
        }
        let named = if rule.message.is_empty() { rule.rule.trim() } else { rule.message.trim() };
        let result = program.evaluate(scope, value, place.old, COST_LIMIT);
        let Some(left) = self.budget.checked_sub(result.cost) else {
            let why = "validation failed due to running out of cost budget, no further validation rules will be run";
            self.found.errors.push(wrong(why.to_owned()));
            return Err(Spent);
        };
        self.budget = left;
        match result.result {
            Ok(Answer::Bool(true)) => return Ok(()),
            Ok(_) => {}
            Err(EvaluationError::CostLimit) => {
                self.found.errors.push(wrong(format!(
                    "'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: {named}"
                )));
                return Err(Spent);
            }
            Err(EvaluationError::Failed(why)) if why.starts_with("no such overload") => {
                self.found.errors.push(wrong(format!(
                    "'{why}': call arguments did not match a supported operator, function or macro signature for rule: {named}"
                )));
                return Ok(());
            }
            Err(EvaluationError::Failed(why)) => {
                self.found.errors.push(wrong(format!("{why} evaluating rule: {named}")));
                return Ok(());
            }
        }
        let made = match &compiled.message {
            Some(message) => self.message(message, rule, scope, value, place).map_err(|why| {
                self.found.errors.push(wrong(why));
                Spent
            })?,
            None => None,
        };
        let detail = match made {
            Some(detail) => detail,
            None if rule.message.is_empty() => format!("failed rule: {}", rule.rule.trim()),
            None => rule.message.trim().to_owned(),
        };
        let error = failed(compiled, node, value, place.path, detail);
        if !program.uses_old_self() && place.is_kept {
            self.found.warnings.push(error.to_string());
        } else {
            self.found.errors.push(error);
        }
        Ok(())
    }

    /// The message that an expression makes; nothing when it makes none that can be used.
    fn message(
        &mut self,
        message: &Program,
        rule: &ValidationRule,
        scope: &Scope,
        value: &Value,
        place: Place<'_>,
    ) -> Result<Option<String>, String> {
        let result = message.evaluate(scope, value, place.old, COST_LIMIT);
        self.budget = self.budget.checked_sub(result.cost).ok_or(
            "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run",
        )?;
        let text = match result.result {
            Ok(Answer::String(text)) => text,
            Err(EvaluationError::CostLimit) => {
                let source = quote(&rule.message_expression);
                return Err(format!(
                    "no further validation rules will be run due to call cost exceeds limit for messageExpression: {source}"
                ));
            }
            _ => return Ok(None),
        };
        let text = text.trim();
        let is_good = !text.is_empty() && text.len() <= MESSAGE_BYTES_MAX && !text.contains('\n');
        Ok(is_good.then(|| text.to_owned()))
    }
}

fn failed(compiled: &Compiled, node: &Node, value: &Value, path: &str, detail: String) -> FieldError {
    let path = match compiled.blamed.as_str() {
        "" => path.to_owned(),
        blamed => child(path, blamed),
    };
    let is_whole = matches!(node.kind.as_str(), "object" | "array");
    match compiled.rule.reason.as_deref() {
        Some("FieldValueForbidden") => FieldError::forbidden(&path, detail),
        Some("FieldValueRequired") => FieldError::required(&path, detail),
        Some("FieldValueDuplicate") if is_whole => FieldError::duplicate_shown(&path, ""),
        Some("FieldValueDuplicate") => FieldError::duplicate(&path, value.clone()),
        _ if is_whole => FieldError::invalid_silent(&path, detail),
        _ => FieldError::invalid(&path, value.clone(), detail),
    }
}
