//! Pure: JSONPath as kubectl, printer columns and selectable fields have it.

mod parse;
mod print;
mod walk;

use std::borrow::Cow;

use serde_json::Value;

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Field(String),
    Wildcard,
    Recursive,
    Slice(Slice),
    Union(Vec<Vec<Self>>),
    Filter(Box<Filter>),
    Literal(Value),
    /// `range`, `end`, or something that means nothing.
    Word(String),
}

#[derive(Clone, Debug, PartialEq)]
struct Filter {
    left: Vec<Step>,
    /// None asks whether the left side exists.
    operator: Option<String>,
    right: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slice {
    start: Option<i64>,
    end: Option<i64>,
    step: Option<i64>,
    /// One index, not a range.
    single: bool,
}

/// A path that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonPath(Vec<Step>);

impl JsonPath {
    /// Reads a path such as `.status.conditions[?(@.type=="Ready")].status`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self(parse::action(text)?))
    }

    /// The values at the path. Members that are missing lead nowhere, or are an error where that is `strict`.
    ///
    /// # Errors
    ///
    /// When a step cannot be gone: an index outside of a list, the index of what is no list, a comparison of what cannot
    /// be compared.
    pub fn find<'a>(&self, value: &'a Value, strict: bool) -> Result<Vec<Cow<'a, Value>>, String> {
        walk::walk(vec![Cow::Borrowed(value)], &self.0, strict)
    }

    /// The first value at the path; none where a step cannot be gone.
    #[must_use]
    pub fn first<'a>(&self, value: &'a Value) -> Option<Cow<'a, Value>> {
        self.find(value, false).ok()?.into_iter().next()
    }
}

/// A text with paths in braces, and with `{range}` and `{end}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Action(Vec<Step>),
}

impl Template {
    /// Reads a template such as `{range .items[*]}{.metadata.name}{"\n"}{end}`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self(parse::template(text)?))
    }

    /// The text, with the values in it.
    ///
    /// # Errors
    ///
    /// As [`JsonPath::find`].
    pub fn print(&self, value: &Value, strict: bool) -> Result<String, String> {
        print::template(&self.0, value, strict)
    }
}

/// A value as templates print it: text as it is, lists and objects as JSON.
#[must_use]
pub fn text(value: &Value) -> String {
    print::text(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_to_the_first_value() {
        let value = json!({
            "metadata": {"annotations": {"a.b/c": "x"}},
            "spec": {"list": [1, 2, 3], "deep": {"name": "n"}},
            "status": {"conditions": [
                {"type": "Synced", "status": "False"}, {"type": "Ready", "status": "True", "n": 3},
            ]},
        });
        for (path, found) in [
            (".spec.list[1]", json!(2)),
            (".spec.list[-1]", json!(3)),
            (".spec.list[*]", json!(1)),
            (".spec.list[1:]", json!(2)),
            (".spec.deep.*", json!("n")),
            (".spec['deep'].name", json!("n")),
            ("..name", json!("n")),
            (".metadata.annotations.a\\.b/c", json!("x")),
            (".metadata.annotations['a\\.b/c']", json!("x")),
            (".status.conditions[?(@.type==\"Ready\")].status", json!("True")),
            (".status.conditions[?(@.type=='Ready')].status", json!("True")),
            (".status.conditions[?(@.n)].type", json!("Ready")),
            (".status.conditions[?(@.n>2)].type", json!("Ready")),
            (".spec.list[7,0]", Value::Null),
        ] {
            let first = JsonPath::parse(path).unwrap().first(&value).map(Cow::into_owned);
            assert_eq!(first.unwrap_or(Value::Null), found, "{path}");
        }
        for path in [".spec.none", ".spec.list[3]", ".spec.deep[0]", ".status.conditions[?(@.none=='x')]"] {
            assert_eq!(JsonPath::parse(path).unwrap().first(&value), None, "{path}");
        }
        for path in [".spec[", ".spec[x]", ".a[?(@.b]", "....a", ".a\n", ".a[?(@.b==1)"] {
            assert!(JsonPath::parse(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_path_of_any_depth_ends() {
        let mut value = json!("x");
        for _ in 0..100 {
            value = json!({"a": [value]});
        }
        assert_eq!(JsonPath::parse("..a").unwrap().find(&value, true).unwrap().len(), 100);
        assert!(JsonPath::parse(&format!("{}1", "[?(".repeat(10_000))).is_err());
    }
}
