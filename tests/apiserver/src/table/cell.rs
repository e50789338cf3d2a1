//! Pure: what stands in a cell, told by where it comes from.

use jiff::Timestamp;
use serde_json::Value;

use crate::table::format;
use crate::table::human;

/// One object that becomes a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) object: &'a Value,
    pub(crate) now: Timestamp,
}

/// Where a cell's value comes from. Paths are names with dots between them.
#[derive(Clone, Copy)]
pub(crate) enum Cell {
    Name,
    /// The time since the object was created.
    Age,
    /// When the object was created.
    Created,
    /// A text; the second one stands where there is none.
    Text(&'static str, &'static str),
    /// A whole number; 0 where there is none.
    Number(&'static str),
    Flag(&'static str, bool),
    /// How many entries the lists or maps have together.
    Count(&'static [&'static str]),
    /// The time since a moment, or a text where there is none.
    Since(&'static str, &'static str),
    /// A map of labels.
    Labels(&'static str),
    /// A `LabelSelector`.
    Selector(&'static str),
    /// The names of containers.
    Containers(&'static str),
    /// The images of containers.
    Images(&'static str),
    /// What needs thought.
    Of(fn(Row<'_>) -> Value),
}

impl Cell {
    pub(crate) fn value(self, row: Row<'_>) -> Value {
        match self {
            Self::Name => row.text("metadata.name").into(),
            Self::Age => row.age("metadata.creationTimestamp").into(),
            Self::Created => {
                let created = row.text("metadata.creationTimestamp");
                if created.is_empty() { "0001-01-01T00:00:00Z".into() } else { created.into() }
            }
            Self::Text(path, default) => row.text_or(path, default).into(),
            Self::Number(path) => row.number(path).into(),
            Self::Flag(path, default) => row.get(path).and_then(Value::as_bool).unwrap_or(default).into(),
            Self::Count(paths) => paths.iter().map(|path| row.count(path)).sum::<usize>().into(),
            Self::Since(path, default) => match row.get(path) {
                None | Some(Value::Null) => default.into(),
                Some(_) => row.age(path).into(),
            },
            Self::Labels(path) => format::labels(row.get(path)).into(),
            Self::Selector(path) => format::selector(row.get(path)).into(),
            Self::Containers(path) => format::join(row.list(path).iter().map(|one| text(one, "name"))).into(),
            Self::Images(path) => format::join(row.list(path).iter().map(|one| text(one, "image"))).into(),
            Self::Of(function) => function(row),
        }
    }
}

impl<'a> Row<'a> {
    pub(crate) fn get(self, path: &str) -> Option<&'a Value> {
        get(self.object, path)
    }

    pub(crate) fn text(self, path: &str) -> &'a str {
        text(self.object, path)
    }

    /// The text at a path, or `default` where it is missing or empty.
    pub(crate) fn text_or(self, path: &str, default: &'static str) -> &'a str {
        Some(self.text(path)).filter(|text| !text.is_empty()).unwrap_or(default)
    }

    pub(crate) fn number(self, path: &str) -> i64 {
        number(self.object, path)
    }

    pub(crate) fn list(self, path: &str) -> &'a [Value] {
        list(self.object, path)
    }

    pub(crate) fn count(self, path: &str) -> usize {
        match self.get(path) {
            Some(Value::Array(items)) => items.len(),
            Some(Value::Object(map)) => map.len(),
            _ => 0,
        }
    }

    pub(crate) fn has(self, path: &str) -> bool {
        self.get(path).is_some_and(|value| !value.is_null())
    }

    /// The time since the moment at a path.
    pub(crate) fn age(self, path: &str) -> String {
        human::since(self.now, human::moment(self.get(path)))
    }
}

/// The value at a path.
pub(crate) fn get<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, part| value.get(part))
}

/// The text at a path, empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    get(value, path).and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn number(value: &Value, path: &str) -> i64 {
    get(value, path).and_then(Value::as_i64).unwrap_or_default()
}

pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    get(value, path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The condition of a type in a list of conditions.
pub(crate) fn condition<'a>(conditions: &'a [Value], kind: &str) -> Option<&'a Value> {
    conditions.iter().find(|condition| text(condition, "type") == kind)
}

pub(crate) fn is_true(condition: &Value) -> bool {
    text(condition, "status") == "True"
}
