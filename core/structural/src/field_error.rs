// Pure:
//! One mistake in one field, worded as the API server words it.

use std::fmt;

use serde_json::Value;

/// What is wrong with a field: the categories of the API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It is missing.
    Required,
    /// Its value is refused.
    Invalid,
    /// Its value has the wrong JSON type.
    TypeInvalid,
    /// Its value is none of a closed set.
    NotSupported,
    /// Its value stands elsewhere already.
    Duplicate,
    /// It may not be there, or not have this value here.
    Forbidden,
    /// Its text is too long.
    TooLong,
    /// It has too many items or keys.
    TooMany,
    /// What it names does not exist.
    NotFound,
    /// The server itself could not judge it.
    Internal,
}

impl Problem {
    /// The machine readable reason, as it stands in the causes of a `Status`.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Required => "FieldValueRequired",
            Self::Invalid => "FieldValueInvalid",
            Self::TypeInvalid => "FieldValueTypeInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Duplicate => "FieldValueDuplicate",
            Self::Forbidden => "FieldValueForbidden",
            Self::TooLong => "FieldValueTooLong",
            Self::TooMany => "FieldValueTooMany",
            Self::NotFound => "FieldValueNotFound",
            Self::Internal => "InternalError",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Required => "Required value",
            Self::Invalid | Self::TypeInvalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Duplicate => "Duplicate value",
            Self::Forbidden => "Forbidden",
            Self::TooLong => "Too long",
            Self::TooMany => "Too many",
            Self::NotFound => "Not found",
            Self::Internal => "Internal error",
        }
    }
}

/// A field, what is wrong with it, and the text about it. Displayed, it is the server's whole sentence; so it is with
/// `{:?}`, that a test which compares a list of these with `[]` fails with words that can be read.
///
/// ```
/// use kubist_structural::FieldError;
///
/// let error = FieldError::invalid("spec.replicas", 101, "must be at most 100");
/// assert_eq!(error.to_string(), "spec.replicas: Invalid value: 101: must be at most 100");
/// assert_eq!(format!("{error:?}"), error.to_string());
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FieldError {
    /// Where: `spec.containers[0].image`. `<nil>` where the server names no place.
    pub field: String,
    /// What kind of mistake it is.
    pub problem: Problem,
    /// The value that is refused, where the server shows one.
    pub value: Option<Value>,
    /// Why; may be empty.
    pub detail: String,
    /// How the value is shown where that is not its JSON.
    shown: Option<String>,
}

impl FieldError {
    fn new(field: &str, problem: Problem, value: Option<Value>, detail: String) -> Self {
        let field = if field.is_empty() { "<nil>" } else { field };
        Self { field: field.to_owned(), problem, value, detail, shown: None }
    }

    /// The field is missing.
    #[must_use]
    pub fn required(field: &str, detail: impl Into<String>) -> Self {
        Self::new(field, Problem::Required, None, detail.into())
    }

    /// The value is refused.
    #[must_use]
    pub fn invalid(field: &str, value: impl Into<Value>, detail: impl Into<String>) -> Self {
        Self::new(field, Problem::Invalid, Some(value.into()), detail.into())
    }

    /// Something is wrong that has no value to show.
    #[must_use]
    pub fn invalid_silent(field: &str, detail: impl Into<String>) -> Self {
        Self::new(field, Problem::Invalid, None, detail.into())
    }

    /// What the value names does not exist.
    #[must_use]
    pub fn not_found(field: &str, value: impl Into<Value>) -> Self {
        Self::new(field, Problem::NotFound, Some(value.into()), String::new())
    }

    /// The server itself could not judge the field.
    #[must_use]
    pub fn internal(field: &str, detail: impl Into<String>) -> Self {
        Self::new(field, Problem::Internal, None, detail.into())
    }

    /// An invalid value that is shown as `shown`: the server keeps the order of its fields.
    #[must_use]
    pub fn invalid_as(field: &str, shown: impl Into<String>, detail: impl Into<String>) -> Self {
        let error = Self::new(field, Problem::Invalid, Some(Value::Null), detail.into());
        Self { shown: Some(shown.into()), ..error }
    }

    /// The value has the wrong type; the server shows the type as the value.
    #[must_use]
    pub fn type_invalid(field: &str, value: impl Into<Value>, detail: impl Into<String>) -> Self {
        Self::new(field, Problem::TypeInvalid, Some(value.into()), detail.into())
    }

    /// The field may not be there.
    #[must_use]
    pub fn forbidden(field: &str, detail: impl Into<String>) -> Self {
        Self::new(field, Problem::Forbidden, None, detail.into())
    }

    /// The value stands elsewhere already.
    #[must_use]
    pub fn duplicate(field: &str, value: impl Into<Value>) -> Self {
        Self::new(field, Problem::Duplicate, Some(value.into()), String::new())
    }

    /// A repeated value that is not shown as its JSON.
    #[must_use]
    pub fn duplicate_shown(field: &str, shown: impl Into<String>) -> Self {
        Self { shown: Some(shown.into()), ..Self::duplicate(field, Value::Null) }
    }

    /// A value that is not shown as its JSON, and is none of `supported`.
    #[must_use]
    pub fn not_supported_shown(field: &str, shown: impl Into<String>, supported: &[&str]) -> Self {
        let supported: Vec<String> = supported.iter().map(|text| (*text).to_owned()).collect();
        Self { shown: Some(shown.into()), ..Self::not_supported(field, Value::Null, &supported) }
    }

    /// The value is none of `supported`.
    #[must_use]
    pub fn not_supported(field: &str, value: impl Into<Value>, supported: &[String]) -> Self {
        let quoted: Vec<String> = supported.iter().map(|text| quote(text)).collect();
        let detail = format!("supported values: {}", quoted.join(", "));
        Self::new(field, Problem::NotSupported, Some(value.into()), detail)
    }

    /// The text has more than `max` bytes.
    #[must_use]
    pub fn too_long(field: &str, max: u64) -> Self {
        let unit = if max == 1 { "byte" } else { "bytes" };
        Self::new(field, Problem::TooLong, None, format!("may not be more than {max} {unit}"))
    }

    /// There are more than `max` items.
    #[must_use]
    pub fn too_many(field: &str, actual: u64, max: u64) -> Self {
        let unit = if max == 1 { "item" } else { "items" };
        Self::new(field, Problem::TooMany, Some(actual.into()), format!("must have at most {max} {unit}"))
    }

    /// A resourceVersion that is missing: the server shows it as the number that it is inside.
    #[must_use]
    pub fn missing_version() -> Self {
        let detail = "must be specified for an update".to_owned();
        let error = Self::new("metadata.resourceVersion", Problem::Invalid, Some(Value::Null), detail);
        Self { shown: Some("0".to_owned()), ..error }
    }

    /// The text without the field's name, as it stands in a cause.
    #[must_use]
    pub fn body(&self) -> String {
        let mut text = self.problem.title().to_owned();
        if let Some(value) = &self.value {
            text.push_str(": ");
            match (&self.shown, value) {
                (Some(shown), _) => text.push_str(shown),
                (None, Value::String(value)) => text.push_str(&quote(value)),
                (None, other) => text.push_str(&other.to_string()),
            }
        }
        if !self.detail.is_empty() {
            text.push_str(": ");
            text.push_str(&self.detail);
        }
        text
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.body())
    }
}

impl fmt::Debug for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for FieldError {}

/// Quotes a text as Go's `%q` does for printable text.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if (c as u32) < 0x20 || c as u32 == 0x7f => quoted.push_str(&format!("\\x{:02x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `parent.child`, or `child` alone at the root.
#[must_use]
pub fn child(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_the_api_server() {
        assert_eq!(FieldError::required("spec.a", "").to_string(), "spec.a: Required value");
        assert_eq!(
            FieldError::invalid("spec.n", 101, "too big").to_string(),
            "spec.n: Invalid value: 101: too big"
        );
        assert_eq!(
            FieldError::not_supported("spec.e", "c", &["a".to_owned(), "b".to_owned()]).to_string(),
            "spec.e: Unsupported value: \"c\": supported values: \"a\", \"b\""
        );
        assert_eq!(FieldError::too_long("f", 1).body(), "Too long: may not be more than 1 byte");
        assert_eq!(FieldError::too_many("f", 3, 2).body(), "Too many: 3: must have at most 2 items");
    }
}
