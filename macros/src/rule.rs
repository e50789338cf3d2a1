//! Rules in the Common Expression Language, as far as they can be judged without knowing other types.

use kubist_structural::cel::{self, Chain, Expr, Type};
use syn::LitStr;

use crate::message;
use crate::parse::{CelRule, Rules};

type Errors = darling::error::Accumulator;

fn note(errors: &mut Errors, at: &LitStr, text: String) {
    errors.push(syn::Error::new(at.span(), text).into());
}

/// Notes what is wrong with the rules of a value, and of its elements.
pub(crate) fn check_all(rules: &Rules, errors: &mut Errors) {
    rules.cel.iter().for_each(|rule| check(rule, errors));
    if let Some((_, elements)) = &rules.elements {
        check_all(elements, errors);
    }
}

/// Notes what is wrong with one rule.
pub(crate) fn check(rule: &CelRule, errors: &mut Errors) {
    if let Some(text) = &rule.message {
        message_is_a_line(text, errors);
    }
    let optional_old_self = rule.optional_old_self.is_some();
    if let Some(expression) = &rule.message_expression {
        expression_is(expression, &Type::String, "a message is a string", optional_old_self, errors);
    }
    let text = rule.rule.value();
    if text.trim().is_empty() {
        return note(errors, &rule.rule, message::rule_form());
    }
    if text.trim().contains(['\n', '\r']) && rule.message.is_none() {
        note(errors, &rule.rule, message::rule_of_several_lines());
    }
    let expr = expression_is(&rule.rule, &Type::Bool, "a rule is true or false", optional_old_self, errors);
    if let (Some(key), Some(expr)) = (&rule.optional_old_self, expr)
        && !expr.uses_old_self()
    {
        errors.push(syn::Error::new(key.span(), message::no_old_self()).into());
    }
}

fn message_is_a_line(text: &LitStr, errors: &mut Errors) {
    let value = text.value();
    if value.trim().is_empty() {
        note(errors, text, message::empty_message());
    } else if value.trim().contains(['\n', '\r']) {
        note(errors, text, message::message_of_several_lines());
    }
}

/// Notes what is wrong with an expression whose value must have this type.
fn expression_is(
    literal: &LitStr,
    expected: &Type,
    because: &str,
    optional_old_self: bool,
    errors: &mut Errors,
) -> Option<Expr> {
    let text = literal.value();
    let expr = match cel::parse(&text) {
        Ok(expr) => expr,
        Err(error) => {
            note(errors, literal, message::cel(&error.explain(&text)));
            return None;
        }
    };
    match expr.check(&Type::Dyn, optional_old_self) {
        Ok(found) if found != *expected && found != Type::Dyn => {
            note(errors, literal, message::cel_of_another_type(because, &found));
        }
        Ok(_) => {}
        // The first mistake is enough: others may come from it.
        Err(mistakes) => {
            if let Some(error) = mistakes.first() {
                // There is one container only.
                let explained = error.explain(&text).replace(" (in container '')", "");
                note(errors, literal, message::cel(&explained));
            }
        }
    }
    Some(expr)
}

/// What an expression reads, from `self` on: at least `self` itself, for which there must be a value.
pub(crate) fn chains(literal: &LitStr) -> Vec<String> {
    let chains = cel::parse(&literal.value()).map(|expr| expr.chains()).unwrap_or_default();
    if chains.is_empty() {
        return vec!["self".to_owned()];
    }
    chains.iter().map(Chain::to_string).collect()
}
