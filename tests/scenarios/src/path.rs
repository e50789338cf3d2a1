//! Pure: paths into JSON, as scenarios write them and differences are reported.

use std::fmt;

use serde_json::Value;

/// Such as `metadata.labels["a/b"]`, `items[0]`, `items[*].spec` or `conditions[type=Ready].status`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
    Any,
    /// The first item whose member is this text.
    Where(String, String),
}

impl Path {
    pub(crate) fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    pub(crate) fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        path.0.push(segment);
        path
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut segments = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('[') {
                let (segment, after) = bracket(after).ok_or_else(|| format!("{text}: not a path"))?;
                segments.push(segment);
                rest = after;
            } else {
                let after = rest.strip_prefix('.').unwrap_or(rest);
                let end = after.find(|c| !is_plain(c)).unwrap_or(after.len());
                if end == 0 {
                    return Err(format!("{text}: not a path"));
                }
                segments.push(Segment::Key(after[..end].to_owned()));
                rest = &after[end..];
            }
        }
        Ok(Self(segments))
    }

    /// What is there; `[*]` finds nothing, because it is not one place.
    pub(crate) fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(value, |value, segment| match segment {
            Segment::Key(key) => value.get(key),
            Segment::Index(index) => value.get(index),
            Segment::Where(key, text) => {
                value.as_array()?.iter().find(|item| item.get(key).and_then(Value::as_str) == Some(text))
            }
            Segment::Any => None,
        })
    }

    /// Whether `place`, a path as differences have it, is this one or below it.
    pub(crate) fn covers(&self, place: &Self, root: &Value) -> bool {
        if place.0.len() < self.0.len() {
            return false;
        }
        let mut at = Some(root);
        for (ours, theirs) in self.0.iter().zip(&place.0) {
            let same = match (ours, theirs) {
                (Segment::Any, Segment::Index(_)) => true,
                (Segment::Where(key, text), Segment::Index(index)) => {
                    at.and_then(|list| list.get(index)?.get(key)?.as_str()).is_some_and(|found| found == text)
                }
                _ => ours == theirs,
            };
            if !same {
                return false;
            }
            at = at.and_then(|value| match theirs {
                Segment::Key(key) => value.get(key),
                Segment::Index(index) => value.get(index),
                Segment::Any | Segment::Where(..) => None,
            });
        }
        true
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "_-:$/".contains(c)
}

/// What stands after a `[`, and what follows its `]`.
fn bracket(text: &str) -> Option<(Segment, &str)> {
    if text.starts_with('"') {
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let key = stream.next()?.ok()?;
        let rest = text[stream.byte_offset()..].strip_prefix(']')?;
        return Some((Segment::Key(key), rest));
    }
    let (inside, rest) = text.split_once(']')?;
    let segment = match inside.split_once('=') {
        Some((key, value)) => Segment::Where(key.to_owned(), value.trim_matches('"').to_owned()),
        None if inside == "*" => Segment::Any,
        None => Segment::Index(inside.parse().ok()?),
    };
    Some((segment, rest))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if !key.is_empty() && key.chars().all(is_plain) => {
                    write!(f, "{}{key}", if at == 0 { "" } else { "." })?;
                }
                Segment::Key(key) => write!(f, "[{}]", Value::from(key.as_str()))?,
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Any => write!(f, "[*]")?,
                Segment::Where(key, value) => write!(f, "[{key}={value}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_is_shown_as_it_is_written() {
        for text in [
            "metadata.name",
            "items[0].spec",
            "metadata.labels[\"a.b/c d\"].x",
            "conditions[type=Ready].status",
            "items[*].metadata",
            "[0].object",
        ] {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["a..b", "a[", "a[x]", "a b", "a[\"b]"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_finds_by_key_index_and_member() {
        let value = json!({"c": [{"type": "A", "s": 1}, {"type": "B", "s": 2}], "l": {"a.b": 3}});
        let find = |text| Path::parse(text).unwrap().find(&value).cloned();
        assert_eq!(find("c[1].s"), Some(json!(2)));
        assert_eq!(find("c[type=A].s"), Some(json!(1)));
        assert_eq!(find("l[\"a.b\"]"), Some(json!(3)));
        assert_eq!(find("c[type=C].s"), None);
    }

    #[test]
    fn a_path_covers_itself_and_what_is_below() {
        let value = json!({"c": [{"type": "A", "s": 1}, {"type": "B", "s": 2}]});
        let covers = |ours, theirs| Path::parse(ours).unwrap().covers(&Path::parse(theirs).unwrap(), &value);
        assert!(covers("c", "c[0].s"));
        assert!(covers("c[*].s", "c[1].s"));
        assert!(covers("c[type=B]", "c[1].s"));
        assert!(!covers("c[type=B]", "c[0].s"));
        assert!(!covers("c[0].s", "c[0]"));
    }
}
