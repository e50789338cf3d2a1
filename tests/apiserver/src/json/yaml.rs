//! Pure: YAML, read into the same nodes as JSON.

use std::cell::RefCell;
use std::fmt;

use kubist_structural::field_error::quote;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Spanned};

use crate::json::{self, Node, Strict};

/// A document, and the keys that stand twice in it.
#[derive(Debug, PartialEq)]
pub(crate) struct Document {
    pub(crate) node: Node,
    /// One text for each, with its line.
    pub(crate) repeated: Vec<String>,
}

thread_local! {
    /// The repeated keys of the document that is being read: serde's visitors have no way to hand them on.
    static REPEATED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Reads the first document of `text`.
///
/// # Errors
/// What is wrong with it, with the line.
pub(crate) fn parse(text: &str) -> Result<Document, String> {
    if let Some(node) = plain_json(text) {
        return Ok(Document { node, repeated: Vec::new() });
    }
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
    };
    REPEATED.with_borrow_mut(Vec::clear);
    let first = first_document(text);
    let Tree(node) =
        serde_saphyr::from_str_with_options(first, options).map_err(|why| wording(&why, first))?;
    Ok(Document { node, repeated: REPEATED.take() })
}

/// JSON is YAML, and quicker to read as what it is; only where keys stand twice are their lines asked for.
fn plain_json(text: &str) -> Option<Node> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let node = json::parse(text.as_bytes()).ok()?;
    let mut strict = Strict::default();
    json::to_value(&node, "", &mut strict);
    strict.into_errors().is_empty().then_some(node)
}

/// The text up to the line that begins a second document.
fn first_document(text: &str) -> &str {
    let mut begun = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let separates = line.trim_end() == "---";
        if separates && begun {
            return &text[..at];
        }
        begun |= !separates && !line.trim().is_empty() && !line.starts_with('#');
        at += line.len();
    }
    text
}

/// The mistake in the words of the API server's YAML reader, as far as they are known.
fn wording(why: &serde_saphyr::Error, text: &str) -> String {
    let shown = why.to_string();
    let line = why.location().map(|location| location.line());
    let known = |text: &str| shown.contains(text);
    if known("mapping values are not allowed") {
        let line = line.unwrap_or(1);
        let place = if line > 1 { format!("line {line}: ") } else { String::new() };
        return format!("yaml: {place}mapping values are not allowed in this context");
    }
    for (open, close) in [('{', '}'), ('[', ']')] {
        if known(&format!("unclosed bracket '{open}'")) {
            // What is missing is missed at the end.
            return format!("yaml: line {}: did not find expected ',' or '{close}'", text.lines().count());
        }
    }
    let first = shown.lines().next().unwrap_or_default();
    format!("yaml: {first}")
}

/// What serde reads.
struct Tree(Node);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        let text = serde_json::Number::from_f64(number).map_or_else(|| "0".to_owned(), |it| it.to_string());
        Ok(Node::Number(text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::String(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Tree::deserialize(deserializer).map(|Tree(node)| node)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut fields: Vec<(String, Node)> = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<Tree>>()? {
            let Tree(value) = entries.next_value()?;
            let (name, shown) = name_of(key.value.0);
            if let Some((_, before)) = fields.iter_mut().find(|(field, _)| *field == name) {
                let line = key.referenced.line();
                let why = format!("line {line}: key {shown} already set in map");
                REPEATED.with_borrow_mut(|repeated| repeated.push(why));
                *before = value;
            } else {
                fields.push((name, value));
            }
        }
        Ok(Node::Map(fields))
    }
}

/// The name of a field, and how a text shows the key: what is no text in YAML is none there.
fn name_of(key: Node) -> (String, String) {
    let name = match key {
        Node::String(text) => {
            let shown = quote(&text);
            return (text, shown);
        }
        Node::Bool(flag) => flag.to_string(),
        Node::Number(text) => text,
        Node::Null => "null".to_owned(),
        Node::List(_) | Node::Map(_) => String::new(),
    };
    (name.clone(), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_says_what_json_says() {
        let text = "a: \"1\"\nb: [1, 2.5, true, null, yes]\nc:\n  1: x\n  d: {}\n---\nsecond: 1\n";
        let expected =
            json::parse(br#"{"a": "1", "b": [1, 2.5, true, null, true], "c": {"1": "x", "d": {}}}"#);
        assert_eq!(parse(text).unwrap().node, expected.unwrap());
        assert_eq!(parse("---\na: 1\n").unwrap().node, json::parse(br#"{"a": 1}"#).unwrap());
    }

    #[test]
    fn keys_that_stand_twice_are_named_with_their_line() {
        let found = parse("metadata: {name: a, name: b}\nkind: x\nfoo: 1\nkind: z\n").unwrap();
        assert_eq!(
            found.repeated,
            ["line 1: key \"name\" already set in map", "line 4: key \"kind\" already set in map"]
        );
        assert_eq!(
            found.node,
            json::parse(br#"{"metadata": {"name": "b"}, "kind": "z", "foo": 1}"#).unwrap()
        );
    }

    #[test]
    fn keys_are_texts_whatever_they_are_in_yaml() {
        let found = parse("n: 1\noff: 2\n1: x\n\"y\": z\n").unwrap();
        assert_eq!(found.node, json::parse(br#"{"false": 2, "1": "x", "y": "z"}"#).unwrap());
        assert_eq!(found.repeated, ["line 2: key false already set in map"]);
    }

    #[test]
    fn json_is_read_as_json() {
        let deep = format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200));
        assert_eq!(parse(&deep).unwrap().node, json::parse(deep.as_bytes()).unwrap());
        let twice = parse("{\"a\": 1,\n \"a\": 2}").unwrap();
        assert_eq!(twice.repeated, ["line 2: key \"a\" already set in map"]);
    }

    #[test]
    fn what_is_no_yaml_is_refused() {
        assert_eq!(parse("a: b: c").unwrap_err(), "yaml: mapping values are not allowed in this context");
        assert_eq!(parse("{\"a\": 1").unwrap_err(), "yaml: line 1: did not find expected ',' or '}'");
        assert!(parse("a: 'x").is_err() && parse("a: *x").is_err());
    }
}
