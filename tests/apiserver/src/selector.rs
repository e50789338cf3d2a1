//! Pure: label and field selectors.

use std::collections::BTreeSet;

use kubist_structural::field_error::quote;
use kubist_structural::names;
use serde_json::Value;

use crate::kinds::{Kind, at};
use crate::status::Status;

/// What a label must be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    In(BTreeSet<String>),
    NotIn(BTreeSet<String>),
    Exists,
    Missing,
    Greater(i64),
    Less(i64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct LabelRequirement {
    key: String,
    condition: Condition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FieldRequirement {
    path: Vec<String>,
    value: String,
    equal: bool,
}

/// Which objects a list or watch is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selector {
    labels: Vec<LabelRequirement>,
    fields: Vec<FieldRequirement>,
}

impl Selector {
    pub(crate) fn parse(labels: &str, fields: &str, kind: &Kind) -> Result<Self, Status> {
        Ok(Self {
            labels: parse_labels(labels).map_err(Status::bad_request)?,
            fields: parse_fields(fields, kind).map_err(Status::bad_request)?,
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.fields.is_empty()
    }

    /// The value that a field must have, if there is but one.
    pub(crate) fn exact(&self, path: &[&str]) -> Option<&str> {
        let of = self.fields.iter().find(|of| of.equal && of.path.iter().eq(path))?;
        Some(of.value.as_str()).filter(|value| !value.is_empty())
    }

    pub(crate) fn matches(&self, object: &Value) -> bool {
        let labels = object.get("metadata").and_then(|metadata| metadata.get("labels"));
        self.labels.iter().all(|requirement| {
            let value = labels.and_then(|labels| labels.get(&requirement.key)).and_then(Value::as_str);
            requirement.condition.holds(value)
        }) && self.fields.iter().all(|requirement| {
            (field_text(at(object, &requirement.path)) == requirement.value) == requirement.equal
        })
    }
}

fn field_text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

impl Condition {
    fn holds(&self, value: Option<&str>) -> bool {
        let number = || value.and_then(|value| value.parse::<i64>().ok());
        match self {
            Self::In(values) => value.is_some_and(|value| values.contains(value)),
            Self::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
            Self::Exists => value.is_some(),
            Self::Missing => value.is_none(),
            Self::Greater(bound) => number().is_some_and(|number| number > *bound),
            Self::Less(bound) => number().is_some_and(|number| number < *bound),
        }
    }
}

fn parse_labels(text: &str) -> Result<Vec<LabelRequirement>, String> {
    let tokens = tokens(text);
    let mut parser = Parser { tokens: &tokens, at: 0 };
    let mut requirements = Vec::new();
    while let Some(token) = parser.peek() {
        if is_sign(token) && token != "!" {
            return Err(format!("found '{token}', expected: !, identifier, or 'end of string'"));
        }
        requirements.push(parser.requirement().map_err(|why| format!("unable to parse requirement: {why}"))?);
        match (parser.next(), parser.peek().unwrap_or_default()) {
            (None, _) => break,
            (Some(","), after) if after != "!" && (after.is_empty() || is_sign(after)) => {
                return Err(format!("found '{after}', expected: identifier after ','"));
            }
            (Some(","), _) => {}
            (Some(other), _) => return Err(format!("found '{other}', expected: ',' or 'end of string'")),
        }
    }
    Ok(requirements)
}

/// Whether a token is no word.
fn is_sign(token: &str) -> bool {
    token.starts_with(['=', '!', '(', ')', ',', '<', '>'])
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_whitespace() && !"=!(),<>".contains(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if c.is_whitespace() {
            continue;
        }
        let mut token = String::from(c);
        if matches!(c, '=' | '!') && chars.peek() == Some(&'=') {
            chars.next();
            token.push('=');
        }
        tokens.push(token);
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

struct Parser<'a> {
    tokens: &'a [String],
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    fn next(&mut self) -> Option<&'a str> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn key(&mut self) -> Result<String, String> {
        let key = self.next().unwrap_or_default();
        if key.is_empty() || is_sign(key) {
            return Err(format!("found '{key}', expected: identifier"));
        }
        names::check_label_key(key).map_err(|why| format!("<nil>: Invalid value: {}: {why}", quote(key)))?;
        Ok(key.to_owned())
    }

    fn requirement(&mut self) -> Result<LabelRequirement, String> {
        if self.peek() == Some("!") {
            self.at += 1;
            return Ok(LabelRequirement { key: self.key()?, condition: Condition::Missing });
        }
        let key = self.key()?;
        let check = |values: BTreeSet<String>| check_values(&key, values);
        let condition = match self.peek() {
            None | Some(",") => Condition::Exists,
            Some("in") => {
                self.at += 1;
                Condition::In(check(self.values()?)?)
            }
            Some("notin") => {
                self.at += 1;
                Condition::NotIn(check(self.values()?)?)
            }
            Some("=" | "==") => {
                self.at += 1;
                Condition::In(check([self.value()?].into())?)
            }
            Some("!=") => {
                self.at += 1;
                Condition::NotIn(check([self.value()?].into())?)
            }
            Some(sign @ (">" | "<")) => {
                self.at += 1;
                let value = self.value()?;
                let bound = value.parse().map_err(|_| {
                    format!("values[0]: Invalid value: {}: for 'Gt', 'Lt' operators, the value must be an integer", quote(&value))
                })?;
                if sign == ">" { Condition::Greater(bound) } else { Condition::Less(bound) }
            }
            Some(other) => {
                return Err(format!("found '{other}', expected: in, notin, =, ==, !=, gt, lt"));
            }
        };
        Ok(LabelRequirement { key, condition })
    }

    fn value(&mut self) -> Result<String, String> {
        let value = match self.peek() {
            None | Some(",") => return Ok(String::new()),
            Some(value) => value,
        };
        if is_sign(value) {
            return Err(format!("found '{value}', expected: identifier"));
        }
        self.at += 1;
        Ok(value.to_owned())
    }

    fn values(&mut self) -> Result<BTreeSet<String>, String> {
        let open = self.next().unwrap_or_default();
        if open != "(" {
            return Err(format!("found '{open}' expected: '('"));
        }
        let mut expected = "',', ')' or identifier";
        let mut values = BTreeSet::new();
        let mut word = None;
        loop {
            match self.next() {
                Some(")") => {
                    values.insert(word.unwrap_or_default());
                    return Ok(values);
                }
                Some(",") => {
                    values.insert(word.take().unwrap_or_default());
                    expected = "',', or identifier";
                }
                Some(value) if word.is_none() && !is_sign(value) => {
                    word = Some(value.to_owned());
                    expected = "',' or ')'";
                }
                other => {
                    return Err(format!("found '{}', expected: {expected}", other.unwrap_or_default()));
                }
            }
        }
    }
}

fn check_values(key: &str, values: BTreeSet<String>) -> Result<BTreeSet<String>, String> {
    for (index, value) in values.iter().enumerate() {
        names::check_label_value(value)
            .map_err(|why| format!("values[{index}][{key}]: Invalid value: {}: {why}", quote(value)))?;
    }
    Ok(values)
}

fn parse_fields(text: &str, kind: &Kind) -> Result<Vec<FieldRequirement>, String> {
    let mut requirements = Vec::new();
    for term in split_terms(text) {
        let (label, value, equal) = split_term(&term)
            .ok_or_else(|| format!("invalid selector: '{text}'; can't understand '{term}'"))?;
        let value = unescape(value).map_err(|why| format!("invalid field selector: {why}"))?;
        let path = field_path(&label, kind)?;
        requirements.push(FieldRequirement { path, value, equal });
    }
    Ok(requirements)
}

/// Splits at commas that are not escaped.
fn split_terms(text: &str) -> Vec<String> {
    let mut terms = vec![String::new()];
    let mut escaped = false;
    for c in text.chars() {
        if c == ',' && !escaped {
            terms.push(String::new());
        } else if let Some(term) = terms.last_mut() {
            term.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    terms.retain(|term| !term.is_empty());
    terms
}

fn split_term(term: &str) -> Option<(String, &str, bool)> {
    let at =
        term.match_indices(['=', '!']).find(|(at, sign)| *sign == "=" || term[*at..].starts_with("!="))?.0;
    let (label, rest) = term.split_at(at);
    let (value, equal) = rest
        .strip_prefix("!=")
        .map(|value| (value, false))
        .or_else(|| rest.strip_prefix("==").map(|value| (value, true)))
        .or_else(|| rest.strip_prefix('=').map(|value| (value, true)))?;
    Some((label.to_owned(), value, equal))
}

fn unescape(value: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c @ ('\\' | ',' | '=')) => plain.push(c),
                other => {
                    let other = other.map(String::from).unwrap_or_default();
                    return Err(format!("invalid escape sequence: \\{other}"));
                }
            },
            '=' | ',' => return Err(format!("unescaped character in value: {}", u32::from(c))),
            _ => plain.push(c),
        }
    }
    Ok(plain)
}

fn field_path(label: &str, kind: &Kind) -> Result<Vec<String>, String> {
    // Even kinds without a namespace know this field, unless they have a rule of their own.
    let namespaced = kind.namespaced || (kind.custom.is_none() && kind.unselectable.is_none());
    if label == "metadata.name" || (label == "metadata.namespace" && namespaced) {
        return Ok(crate::kinds::split_path(label));
    }
    if let Some((_, path)) = kind.selectable.iter().find(|(name, _)| name == label) {
        return Ok(path.clone());
    }
    if let Some(error) = &kind.unselectable {
        return Err(error.replace("LABEL", label));
    }
    let known = "\"metadata.name\", \"metadata.namespace\"";
    Err(format!("{} is not a known field selector: only {known}", quote(label)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(labels: &str) -> bool {
        let selector = Selector { labels: parse_labels(labels).unwrap(), fields: Vec::new() };
        selector
            .matches(&json!({"metadata": {"labels": {"app": "web", "tier": "front", "n": "5", "empty": ""}}}))
    }

    #[test]
    fn every_form_of_label_selector() {
        for yes in [
            "",
            "app",
            "!nope",
            "app=web",
            "app==web",
            "app!=db",
            "nope!=x",
            "app in (web,db)",
            "app in(web)",
            "app notin (db)",
            "nope notin (x)",
            "app=web,tier in (front, back),!x",
            "n>4",
            "n<6",
            "empty=",
            "empty",
        ] {
            assert!(matches(yes), "{yes}");
        }
        for no in [
            "nope",
            "!app",
            "app=db",
            "app!=web",
            "app in (db)",
            "app notin (web)",
            "app=web,tier=back",
            "n>5",
        ] {
            assert!(!matches(no), "{no}");
        }
    }

    #[test]
    fn broken_label_selectors_are_refused() {
        for bad in ["=", "app=web,", "app in web", "app in (web", "app web", "a b=c", "-a=b", "app=a/b", ",a"]
        {
            assert!(parse_labels(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn field_selectors_know_only_the_fields_of_the_kind() {
        let pods = crate::builtin::kinds::all().iter().find(|kind| kind.plural == "pods").unwrap();
        let selector =
            Selector::parse("", "metadata.name!=a,status.phase=Running,spec.nodeName=", pods).unwrap();
        assert!(selector.matches(&json!({"metadata": {"name": "b"}, "status": {"phase": "Running"}})));
        assert!(!selector.matches(&json!({"metadata": {"name": "a"}, "status": {"phase": "Running"}})));
        assert!(Selector::parse("", "spec.other=1", pods).is_err());
        assert!(Selector::parse("", "nonsense", pods).is_err());
    }
}
