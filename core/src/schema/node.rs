//! Pure: the tree of constants that a schema is at compile time.

use serde_json::Value;

use super::keys::MapKey;
use super::rules::Rules;

/// The schema of a type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Node {
    /// What kind of value it is, with what is inside.
    pub shape: Shape,
    /// The type's own documentation; a field's comes first where both have one.
    pub description: &'static str,
    /// Whether the Rust type has a value for "absent" (`Option`).
    pub optional: bool,
    /// Whether it has two of them (`Option<Option<…>>`), which JSON without null cannot tell apart.
    pub twice_optional: bool,
    /// The fields, by their names in Rust, that tell the items of a list of this type apart. A list of such
    /// items merges by them, unless the list says otherwise.
    pub keys: &'static [&'static str],
    /// What the type itself demands of its values.
    pub rules: &'static Rules,
}

/// What kind of value a schema describes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Any JSON at all, kept as it is.
    Any,
    /// `true` or `false`.
    Boolean,
    /// One of these strings.
    Enum(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// One of these whole numbers.
    IntegerEnum(&'static [i64]),
    /// A whole number or a string.
    IntOrString,
    /// A list of equal items.
    List(&'static Node),
    /// String keys to equal values.
    Map(&'static Node),
    /// These keys, none of which must be there, to equal values.
    MapOf(&'static [&'static str], &'static Node),
    /// A number.
    Number,
    /// A struct: the name of the Rust type and its fields.
    Object(&'static str, &'static [Field]),
    /// A string.
    String,
    /// A list whose items have these types, in this order.
    Tuple(&'static [&'static Node]),
    /// An enum with data.
    Union(&'static Union),
    /// What something else says when the program runs: the schema as JSON.
    Foreign(fn() -> Value),
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
    /// Whether the fields of the field's type stand in the object itself (serde's `flatten`).
    pub flatten: bool,
    /// Whether the field may be absent though its type has no value for that: it is written, but not read.
    pub optional: bool,
    /// What is demanded of the values at this field, besides what the type demands.
    pub rules: &'static Rules,
}

/// An enum with data: the alternatives, and how JSON tells them apart.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Union {
    /// The name of the Rust type.
    pub name: &'static str,
    /// How JSON tells the variants apart.
    pub tagging: Tagging,
    /// The variants, in the order of declaration.
    pub variants: &'static [Variant],
    /// Whether there may be values of other variants (serde's `other`).
    pub open: bool,
}

/// How the variants of an enum are told apart in JSON; serde's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "serde has these four")]
pub enum Tagging {
    /// `{"Variant": {…}}`
    External,
    /// `{"tag": "Variant", …}`
    Internal(&'static str),
    /// `{"tag": "Variant", "content": {…}}`: the tag, then the content.
    Adjacent(&'static str, &'static str),
    /// `{…}`: whatever fits.
    Untagged,
}

/// One variant of an enum with data.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Variant {
    /// The name in JSON, after serde's renames.
    pub json: &'static str,
    /// The variant's documentation.
    pub description: &'static str,
    /// What it carries; `None` for a plain name.
    pub content: Option<&'static Node>,
}

/// A number in a schema, as it was written.
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

impl Node {
    /// A schema of a shape, without documentation and rules.
    #[must_use]
    pub const fn new(shape: Shape) -> Self {
        Self {
            shape,
            description: "",
            optional: false,
            twice_optional: false,
            keys: &[],
            rules: &Rules::NONE,
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

    /// A map from keys of a type to these values.
    #[must_use]
    pub const fn map<K: MapKey>(value: &'static Self) -> Self {
        match K::KEYS {
            Some(keys) => Self::new(Shape::MapOf(keys, value)),
            None => Self::new(Shape::Map(value))
                .rules(const { &Rules { key_pattern: K::KEY_PATTERN, ..Rules::NONE } }),
        }
    }

    /// Sets the documentation.
    #[must_use]
    pub const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Sets what the type demands of its values.
    #[must_use]
    pub const fn rules(mut self, rules: &'static Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets the fields, by their names in Rust, that tell the items of a list of this type apart.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
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
        Self {
            rust,
            json,
            node,
            description: "",
            default: None,
            flatten: false,
            optional: false,
            rules: &Rules::NONE,
        }
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

    /// Says that the fields of the field's type stand in the object itself.
    #[must_use]
    pub const fn flatten(mut self) -> Self {
        self.flatten = true;
        self
    }

    /// Says that the field may be absent whatever its type.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Sets what is demanded of the values at this field.
    #[must_use]
    pub const fn rules(mut self, rules: &'static Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Whether an object must have the field.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        !self.node.optional && !self.optional && self.default.is_none()
    }
}

impl Union {
    /// An enum of this name with these variants.
    #[must_use]
    pub const fn new(name: &'static str, tagging: Tagging, variants: &'static [Variant]) -> Self {
        Self { name, tagging, variants, open: false }
    }

    /// Says that there may be values of other variants.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }
}

impl Variant {
    /// A variant that is a plain name.
    #[must_use]
    pub const fn unit(json: &'static str) -> Self {
        Self { json, description: "", content: None }
    }

    /// A variant that carries a value.
    #[must_use]
    pub const fn new(json: &'static str, content: &'static Node) -> Self {
        Self { json, description: "", content: Some(content) }
    }

    /// Sets the documentation.
    #[must_use]
    pub const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }
}

/// Implemented by no type: stands where a feature is missing, so that the compiler names it.
#[cfg(not(feature = "schemars"))]
#[diagnostic::on_unimplemented(
    message = "`#[schema(schemars)]` needs the feature `schemars` of `kubist`",
    label = "the schema of `{Self}` is to come from schemars",
    note = "write `kubist = {{ …, features = [\"schemars\"] }}` in Cargo.toml"
)]
pub trait NeedsSchemars {}

#[cfg(not(feature = "schemars"))]
impl Node {
    /// Needs the feature `schemars`.
    #[must_use]
    pub const fn of_schemars<T: NeedsSchemars>() -> Self {
        Self::new(Shape::Any)
    }
}
