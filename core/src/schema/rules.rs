//! Pure: what a schema demands of a value, beyond its type.

use super::node::Number;

/// What a schema demands of a value, beyond its type. Every part is empty at first.
///
/// # Examples
///
/// ```
/// use kubist::schema::{Number, Rules};
///
/// const PERCENT: Rules = Rules::new().minimum(Number::Integer(0)).maximum(Number::Integer(100));
/// assert_eq!(PERCENT.maximum, Some(Number::Integer(100)));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rules {
    /// The OpenAPI format, or empty.
    pub format: &'static str,
    /// A regular expression that strings must match (unanchored, RE2 syntax).
    pub pattern: Option<&'static str>,
    /// The least allowed number.
    pub minimum: Option<Number>,
    /// The greatest allowed number.
    pub maximum: Option<Number>,
    /// The number that all numbers must be greater than.
    pub exclusive_minimum: Option<Number>,
    /// The number that all numbers must be less than.
    pub exclusive_maximum: Option<Number>,
    /// The number that all numbers must be multiples of.
    pub multiple_of: Option<Number>,
    /// The least length of a string, in code points.
    pub min_length: Option<i64>,
    /// The greatest length of a string, in code points.
    pub max_length: Option<i64>,
    /// The least number of items of a list.
    pub min_items: Option<i64>,
    /// The greatest number of items of a list.
    pub max_items: Option<i64>,
    /// The least number of entries of a map or struct.
    pub min_properties: Option<i64>,
    /// The greatest number of entries of a map or struct.
    pub max_properties: Option<i64>,
    /// What each item of a list, and each value of a map, must meet.
    pub items: Option<&'static Self>,
    /// A regular expression that the keys of a map must match (unanchored, RE2 syntax).
    pub key_pattern: Option<&'static str>,
    /// How a list is merged when several managers apply it.
    pub list: Option<ListType>,
    /// Whether a map or struct belongs to one manager as a whole.
    pub atomic_map: bool,
    /// Whether null is a value of its own.
    pub nullable: bool,
    /// Whether fields that the schema does not know are kept.
    pub preserve_unknown: bool,
    /// Whether the value is a whole Kubernetes object, with `apiVersion`, `kind` and `metadata`.
    pub embedded: bool,
    /// Whether the value can never change once it is set.
    pub immutable: bool,
    /// A short title.
    pub title: &'static str,
    /// An example, as JSON text.
    pub example: &'static str,
    /// The URL of documentation elsewhere, and what it is.
    pub external_docs: Option<(&'static str, &'static str)>,
    /// CEL rules.
    pub cel: &'static [CelRule],
    /// Fields of a struct of which so many may be set.
    pub groups: &'static [Group],
    /// Keywords of the schema, as the text of a JSON object, for what nothing else here says.
    pub raw: &'static str,
    /// Rules that hold besides these, where these say nothing else.
    pub base: Option<&'static Self>,
}

/// How a list is merged when several managers apply it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "Kubernetes has these three")]
pub enum ListType {
    /// It belongs to one manager as a whole.
    Atomic,
    /// Each scalar item belongs to who applied it; no item is there twice.
    Set,
    /// Each item belongs to who applied it, found by these fields of the item (names in Rust).
    Map(&'static [&'static str]),
}

/// A rule in the Common Expression Language, which the API server evaluates.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CelRule {
    /// The expression over `self` and `oldSelf`; true where the value is valid.
    pub rule: &'static str,
    /// What the server says when it is not, or empty.
    pub message: &'static str,
    /// An expression that makes that text, or empty.
    pub message_expression: &'static str,
    /// `FieldValueInvalid` and its like, or empty.
    pub reason: &'static str,
    /// The Rust path, from the value, of the field that the server names, or empty.
    pub field_path: &'static str,
    /// Whether `oldSelf` is an optional, so that the rule runs on create too.
    pub optional_old_self: bool,
}

/// Fields of a struct of which so many may be set.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Group {
    /// How many.
    pub count: GroupCount,
    /// The fields, by their names in Rust.
    pub fields: &'static [&'static str],
}

/// How many fields of a [`Group`] may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the three that API conventions know")]
pub enum GroupCount {
    /// One or more.
    AtLeastOne,
    /// One or none.
    AtMostOne,
    /// One.
    ExactlyOne,
}

impl Default for Rules {
    fn default() -> Self {
        Self::NONE
    }
}

impl Rules {
    /// Demands nothing.
    pub const NONE: Self = Self::new();

    /// Demands nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            format: "",
            pattern: None,
            minimum: None,
            maximum: None,
            exclusive_minimum: None,
            exclusive_maximum: None,
            multiple_of: None,
            min_length: None,
            max_length: None,
            min_items: None,
            max_items: None,
            min_properties: None,
            max_properties: None,
            items: None,
            key_pattern: None,
            list: None,
            external_docs: None,
            atomic_map: false,
            nullable: false,
            preserve_unknown: false,
            embedded: false,
            immutable: false,
            title: "",
            example: "",
            cel: &[],
            groups: &[],
            raw: "",
            base: None,
        }
    }

    /// Sets the OpenAPI format.
    #[must_use]
    pub const fn format(mut self, format: &'static str) -> Self {
        self.format = format;
        self
    }

    /// Sets the pattern of strings.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Sets the least number.
    #[must_use]
    pub const fn minimum(mut self, minimum: Number) -> Self {
        self.minimum = Some(minimum);
        self
    }

    /// Sets the greatest number.
    #[must_use]
    pub const fn maximum(mut self, maximum: Number) -> Self {
        self.maximum = Some(maximum);
        self
    }

    /// Sets the number that all numbers must be greater than.
    #[must_use]
    pub const fn exclusive_minimum(mut self, exclusive_minimum: Number) -> Self {
        self.exclusive_minimum = Some(exclusive_minimum);
        self
    }

    /// Sets the number that all numbers must be less than.
    #[must_use]
    pub const fn exclusive_maximum(mut self, exclusive_maximum: Number) -> Self {
        self.exclusive_maximum = Some(exclusive_maximum);
        self
    }

    /// Sets the number that all numbers must be multiples of.
    #[must_use]
    pub const fn multiple_of(mut self, multiple_of: Number) -> Self {
        self.multiple_of = Some(multiple_of);
        self
    }

    /// Sets the least length of a string, in code points.
    #[must_use]
    pub const fn min_length(mut self, min_length: i64) -> Self {
        self.min_length = Some(min_length);
        self
    }

    /// Sets the greatest length of a string, in code points.
    #[must_use]
    pub const fn max_length(mut self, max_length: i64) -> Self {
        self.max_length = Some(max_length);
        self
    }

    /// Sets the least number of items of a list.
    #[must_use]
    pub const fn min_items(mut self, min_items: i64) -> Self {
        self.min_items = Some(min_items);
        self
    }

    /// Sets the greatest number of items of a list.
    #[must_use]
    pub const fn max_items(mut self, max_items: i64) -> Self {
        self.max_items = Some(max_items);
        self
    }

    /// Sets the least number of entries of a map or struct.
    #[must_use]
    pub const fn min_properties(mut self, min_properties: i64) -> Self {
        self.min_properties = Some(min_properties);
        self
    }

    /// Sets the greatest number of entries of a map or struct.
    #[must_use]
    pub const fn max_properties(mut self, max_properties: i64) -> Self {
        self.max_properties = Some(max_properties);
        self
    }

    /// Sets what each item of a list, and each value of a map, must meet.
    #[must_use]
    pub const fn items(mut self, items: &'static Self) -> Self {
        self.items = Some(items);
        self
    }

    /// Sets the pattern of the keys of a map.
    #[must_use]
    pub const fn key_pattern(mut self, key_pattern: &'static str) -> Self {
        self.key_pattern = Some(key_pattern);
        self
    }

    /// Sets how a list is merged.
    #[must_use]
    pub const fn list(mut self, list: ListType) -> Self {
        self.list = Some(list);
        self
    }

    /// Sets the title.
    #[must_use]
    pub const fn title(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    /// Sets the example, as JSON text.
    #[must_use]
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Sets the CEL rules.
    #[must_use]
    pub const fn cel(mut self, cel: &'static [CelRule]) -> Self {
        self.cel = cel;
        self
    }

    /// Sets the groups of fields of which so many may be set.
    #[must_use]
    pub const fn groups(mut self, groups: &'static [Group]) -> Self {
        self.groups = groups;
        self
    }

    /// Sets further keywords, as the text of a JSON object.
    #[must_use]
    pub const fn raw(mut self, raw: &'static str) -> Self {
        self.raw = raw;
        self
    }

    /// Says that a map or struct belongs to one manager as a whole.
    #[must_use]
    pub const fn atomic_map(mut self) -> Self {
        self.atomic_map = true;
        self
    }

    /// Says that null is a value of its own.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Says that fields that the schema does not know are kept.
    #[must_use]
    pub const fn preserve_unknown(mut self) -> Self {
        self.preserve_unknown = true;
        self
    }

    /// Says that the value is a whole Kubernetes object.
    #[must_use]
    pub const fn embedded(mut self) -> Self {
        self.embedded = true;
        self
    }

    /// Says that the value can never change once it is set.
    #[must_use]
    pub const fn immutable(mut self) -> Self {
        self.immutable = true;
        self
    }

    /// Sets the rules that hold besides these.
    #[must_use]
    pub const fn on(mut self, base: &'static Self) -> Self {
        self.base = Some(base);
        self
    }

    /// The format, here or in the rules below.
    #[must_use]
    pub const fn format_of(&self) -> &'static str {
        match self.base {
            Some(base) if self.format.is_empty() => base.format_of(),
            _ => self.format,
        }
    }

    /// The least allowed number, here or in the rules below.
    #[must_use]
    pub const fn minimum_of(&self) -> Option<Number> {
        match (self.minimum, self.base) {
            (None, Some(base)) => base.minimum_of(),
            (minimum, _) => minimum,
        }
    }

    /// The greatest allowed number, here or in the rules below.
    #[must_use]
    pub const fn maximum_of(&self) -> Option<Number> {
        match (self.maximum, self.base) {
            (None, Some(base)) => base.maximum_of(),
            (maximum, _) => maximum,
        }
    }

    /// Whether fields that the schema does not know are kept.
    #[must_use]
    pub const fn keeps_unknown(&self) -> bool {
        let here = self.preserve_unknown || self.embedded;
        match self.base {
            Some(base) if !here => base.keeps_unknown(),
            _ => here,
        }
    }

    /// Sets the URL of documentation elsewhere, and what it is.
    #[must_use]
    pub const fn external_docs(mut self, url: &'static str, description: &'static str) -> Self {
        self.external_docs = Some((url, description));
        self
    }
}

impl CelRule {
    /// A rule.
    #[must_use]
    pub const fn new(rule: &'static str) -> Self {
        Self {
            rule,
            message: "",
            message_expression: "",
            reason: "",
            field_path: "",
            optional_old_self: false,
        }
    }

    /// Sets what the server says when the rule does not hold.
    #[must_use]
    pub const fn message(mut self, message: &'static str) -> Self {
        self.message = message;
        self
    }

    /// Sets the expression that makes that text.
    #[must_use]
    pub const fn message_expression(mut self, message_expression: &'static str) -> Self {
        self.message_expression = message_expression;
        self
    }

    /// Sets the reason that the server gives.
    #[must_use]
    pub const fn reason(mut self, reason: &'static str) -> Self {
        self.reason = reason;
        self
    }

    /// Sets the Rust path of the field that the server names.
    #[must_use]
    pub const fn field_path(mut self, field_path: &'static str) -> Self {
        self.field_path = field_path;
        self
    }

    /// Says that `oldSelf` is an optional.
    #[must_use]
    pub const fn optional_old_self(mut self) -> Self {
        self.optional_old_self = true;
        self
    }
}

impl Group {
    /// So many of these fields.
    #[must_use]
    pub const fn new(count: GroupCount, fields: &'static [&'static str]) -> Self {
        Self { count, fields }
    }
}
