//! Pure: the tree of constants that a schema is at compile time.

use serde_json::Value;

/// The schema of a type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Node {
    /// What kind of value it is, with what is inside.
    pub shape: Shape,
    /// The type's own documentation; a field's comes first where both have one.
    pub description: &'static str,
    /// The OpenAPI format, or empty.
    pub format: &'static str,
    /// Whether the Rust type has a value for "absent" (`Option`).
    pub optional: bool,
    /// Whether it has two of them (`Option<Option<…>>`), which JSON without null cannot tell apart.
    pub twice_optional: bool,
    /// The bounds that the Rust type itself has.
    pub rules: Rules,
}

/// What kind of value a schema describes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// One of these strings.
    Enum(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// A list of equal items.
    List(&'static Node),
    /// String keys to equal values.
    Map(&'static Node),
    /// A number.
    Number,
    /// A struct: the name of the Rust type and its fields.
    Object(&'static str, &'static [Field]),
    /// A string.
    String,
}

/// One field of a struct.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name in Rust, without `r#`.
    pub rust: &'static str,
    /// The name in JSON, after serde's renames.
    pub json: &'static str,
    /// The schema of the field's type.
    pub node: &'static Node,
    /// The field's documentation.
    pub description: &'static str,
    /// What serde fills in when the field is absent. `None` inside means that this is null.
    pub default: Option<fn() -> Option<Value>>,
    /// The bounds written at the field.
    pub rules: Rules,
}

/// Bounds on a value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rules {
    /// A regular expression that strings must match (unanchored, RE2 syntax).
    pub pattern: Option<&'static str>,
    /// The least allowed number.
    pub minimum: Option<Number>,
    /// The greatest allowed number.
    pub maximum: Option<Number>,
    /// The least length of a string, in code points.
    pub min_length: Option<i64>,
    /// The greatest length of a string, in code points.
    pub max_length: Option<i64>,
}

/// A bound, as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "JSON has these two kinds of number")]
pub enum Number {
    /// Without a fraction.
    Integer(i64),
    /// With a fraction.
    Float(f64),
}

impl Number {
    /// The number as the API keeps it.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "the API itself keeps bounds as float64")]
            Self::Integer(number) => number as f64,
            Self::Float(number) => number,
        }
    }
}

impl Rules {
    /// No bounds.
    pub const NONE: Self =
        Self { pattern: None, minimum: None, maximum: None, min_length: None, max_length: None };
}

impl Node {
    /// A schema of a shape, without documentation, format or bounds.
    #[must_use]
    pub const fn new(shape: Shape) -> Self {
        Self {
            shape,
            description: "",
            format: "",
            optional: false,
            twice_optional: false,
            rules: Rules::NONE,
        }
    }

    /// A struct of this name with these fields.
    #[must_use]
    pub const fn object(name: &'static str, fields: &'static [Field]) -> Self {
        Self::new(Shape::Object(name, fields))
    }

    /// A string that is one of these.
    #[must_use]
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::new(Shape::Enum(values))
    }

    /// Sets the documentation.
    #[must_use]
    pub const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Sets the OpenAPI format.
    #[must_use]
    pub const fn format(mut self, format: &'static str) -> Self {
        self.format = format;
        self
    }

    /// Sets the least number.
    #[must_use]
    pub const fn minimum(mut self, minimum: i64) -> Self {
        self.rules.minimum = Some(Number::Integer(minimum));
        self
    }

    /// Sets the greatest number.
    #[must_use]
    pub const fn maximum(mut self, maximum: i64) -> Self {
        self.rules.maximum = Some(Number::Integer(maximum));
        self
    }

    /// Sets the least and greatest length of a string.
    #[must_use]
    pub const fn length(mut self, min: i64, max: i64) -> Self {
        self.rules.min_length = Some(min);
        self.rules.max_length = Some(max);
        self
    }

    /// Says that the value may be absent.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.twice_optional = self.optional;
        self.optional = true;
        self
    }
}

impl Field {
    /// A field: its name in Rust, its name in JSON, its schema.
    #[must_use]
    pub const fn new(rust: &'static str, json: &'static str, node: &'static Node) -> Self {
        Self { rust, json, node, description: "", default: None, rules: Rules::NONE }
    }

    /// Sets the documentation.
    #[must_use]
    pub const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Sets what is filled in when the field is absent.
    #[must_use]
    pub const fn default(mut self, default: fn() -> Option<Value>) -> Self {
        self.default = Some(default);
        self
    }

    /// Sets the pattern.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.rules.pattern = Some(pattern);
        self
    }

    /// Sets the least number.
    #[must_use]
    pub const fn minimum(mut self, minimum: Number) -> Self {
        self.rules.minimum = Some(minimum);
        self
    }

    /// Sets the greatest number.
    #[must_use]
    pub const fn maximum(mut self, maximum: Number) -> Self {
        self.rules.maximum = Some(maximum);
        self
    }

    /// Whether an object must have the field.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        !self.node.optional && self.default.is_none()
    }
}
