//! Pure: JSON as it was written: fields in their order, twice where they stand twice, numbers as their text.

use kubist_structural::field_error::quote;
use serde_json::{Map, Number, Value};

mod parse;
pub(crate) mod yaml;

pub(crate) use parse::parse;

/// How a text about repeated keys of a YAML document begins.
pub(crate) const REPEATED_KEYS: &str = "yaml: unmarshal errors:\n";

/// One JSON value, nothing of it interpreted yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    /// The text of the number.
    Number(String),
    String(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Node {
    /// The name that Go's decoder has for the type of this value.
    pub(crate) fn go_type(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "array",
            Self::Map(_) => "object",
        }
    }

    /// The last field of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(fields) = self else {
            return None;
        };
        fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value)
    }
}

/// The mistakes that strict decoding names and lax decoding passes over, in the order of the document.
#[derive(Debug, Default)]
pub(crate) struct Strict {
    errors: Vec<String>,
}

impl Strict {
    /// More than these are not collected.
    const LIMIT: usize = 100;

    pub(crate) fn unknown(&mut self, path: &str) {
        self.push(format!("unknown field {}", quote(path)));
    }

    pub(crate) fn duplicate(&mut self, path: &str) {
        self.push(format!("duplicate field {}", quote(path)));
    }

    /// Keys that stand twice in a YAML document are one mistake, with a line for each.
    pub(crate) fn repeated(&mut self, lines: &[String]) {
        if !lines.is_empty() {
            self.push(format!("{REPEATED_KEYS}  {}", lines.join("\n  ")));
        }
    }

    /// Takes over a mistake that is already worded, once.
    pub(crate) fn push(&mut self, error: String) {
        if self.errors.len() < Self::LIMIT && !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    pub(crate) fn into_errors(self) -> Vec<String> {
        self.errors
    }
}

/// The value of a node without a type; fields that stand twice are reported below `path`, and the last one holds.
pub(crate) fn to_value(node: &Node, path: &str, strict: &mut Strict) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Bool(flag) => Value::Bool(*flag),
        Node::Number(text) => Value::Number(number(text)),
        Node::String(text) => Value::String(text.clone()),
        Node::List(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| to_value(item, &format!("{path}[{index}]"), strict))
            .collect(),
        Node::Map(fields) => {
            let mut map = Map::new();
            for (name, value) in fields {
                let at = kubist_structural::field_error::child(path, name);
                if map.contains_key(name) {
                    strict.duplicate(&at);
                }
                let value = to_value(value, &at, strict);
                map.insert(name.clone(), value);
            }
            Value::Object(map)
        }
    }
}

/// A number: whole where its text is, a float otherwise.
pub(crate) fn number(text: &str) -> Number {
    if let Ok(whole) = text.parse::<i64>() {
        return whole.into();
    }
    text.parse::<f64>().ok().and_then(Number::from_f64).unwrap_or_else(|| 0.into())
}

/// The node of a value.
impl From<&Value> for Node {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::String(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(map) => {
                Self::Map(map.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_last_of_two_equal_fields_holds_and_is_reported_once() {
        let node = parse(br#"{"a": {"b": 1, "b": 2, "b": 3}, "l": [{"c": 1, "c": 1.5}], "n": 1e3}"#).unwrap();
        let mut strict = Strict::default();
        let value = to_value(&node, "", &mut strict);
        assert_eq!(value, json!({"a": {"b": 3}, "l": [{"c": 1.5}], "n": 1000.0}));
        assert_eq!(strict.into_errors(), [r#"duplicate field "a.b""#, r#"duplicate field "l[0].c""#]);
        assert_eq!(node.get("a").and_then(|a| a.get("b")), Some(&Node::Number("3".to_owned())));
    }

    #[test]
    fn a_value_and_its_node_say_the_same() {
        let value = json!({"a": [1, -2.5, null, true, "x"], "b": {"c": {}}});
        assert_eq!(to_value(&Node::from(&value), "", &mut Strict::default()), value);
    }
}
