//! Pure: the types of expressions.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The type of a value, as far as it is known before there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// Anything; judged when the expression is evaluated.
    Dyn,
    /// `null`
    Null,
    /// `true` and `false`
    Bool,
    /// A whole number of 64 bits.
    Int,
    /// A whole number of 64 bits without a sign.
    Uint,
    /// A number with a fraction.
    Double,
    /// A string.
    String,
    /// Bytes; a string of `format: byte`.
    Bytes,
    /// A point in time; a string of `format: date` or `date-time`.
    Timestamp,
    /// A length of time; a string of `format: duration`.
    Duration,
    /// A list of equal items.
    List(Arc<Self>),
    /// Keys to values.
    Map(Arc<Self>, Arc<Self>),
    /// A struct.
    Object(Arc<ObjectType>),
    /// A value that may be absent: `self.?field`.
    Optional(Arc<Self>),
    /// What a library keeps to itself, such as `kubernetes.Quantity`.
    Opaque(&'static str),
    /// The type of a type.
    Type(Arc<Self>),
    /// Not known yet: a number given by the checker.
    Var(u32),
    /// A mistake that has been reported.
    Error,
}

/// The fields of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectType {
    /// The fields by their names in expressions, which are escaped where JSON has other letters.
    pub fields: BTreeMap<String, Type>,
}

impl Type {
    /// A list of these.
    #[must_use]
    pub fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }

    /// A map of these.
    #[must_use]
    pub fn map(key: Self, value: Self) -> Self {
        Self::Map(Arc::new(key), Arc::new(value))
    }

    /// Such a value, or none.
    #[must_use]
    pub fn optional(value: Self) -> Self {
        Self::Optional(Arc::new(value))
    }

    /// A struct with these fields.
    #[must_use]
    pub fn object(fields: BTreeMap<String, Self>) -> Self {
        Self::Object(Arc::new(ObjectType { fields }))
    }

    pub(crate) fn of_type(of: Self) -> Self {
        Self::Type(Arc::new(of))
    }

    pub(crate) fn is_dyn_or_error(&self) -> bool {
        matches!(self, Self::Dyn | Self::Error)
    }

    /// The types inside of this one.
    pub(crate) fn parameters(&self) -> Vec<&Self> {
        match self {
            Self::List(inner) | Self::Optional(inner) | Self::Type(inner) => vec![inner],
            Self::Map(key, value) => vec![key, value],
            _ => Vec::new(),
        }
    }

    /// The same with other types inside.
    pub(crate) fn with_parameters(&self, mut change: impl FnMut(&Self) -> Self) -> Self {
        match self {
            Self::List(item) => Self::list(change(item)),
            Self::Optional(value) => Self::optional(change(value)),
            Self::Type(of) => Self::of_type(change(of)),
            Self::Map(key, value) => Self::map(change(key), change(value)),
            other => other.clone(),
        }
    }
}

/// As the API server writes it in messages.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dyn => formatter.write_str("dyn"),
            Self::Null => formatter.write_str("null"),
            Self::Bool => formatter.write_str("bool"),
            Self::Int => formatter.write_str("int"),
            Self::Uint => formatter.write_str("uint"),
            Self::Double => formatter.write_str("double"),
            Self::String => formatter.write_str("string"),
            Self::Bytes => formatter.write_str("bytes"),
            Self::Timestamp => formatter.write_str("timestamp"),
            Self::Duration => formatter.write_str("duration"),
            Self::List(item) => write!(formatter, "list({item})"),
            Self::Map(key, value) => write!(formatter, "map({key}, {value})"),
            Self::Object(_) => formatter.write_str("object"),
            Self::Optional(value) => write!(formatter, "optional_type({value})"),
            Self::Opaque(name) => formatter.write_str(name),
            Self::Type(of) => write!(formatter, "type({of})"),
            Self::Var(number) => write!(formatter, "_var{number}"),
            Self::Error => formatter.write_str("!error!"),
        }
    }
}

/// The types with a name of their own.
const NAMED: [(&str, Type); 18] = [
    ("dyn", Type::Dyn),
    ("null_type", Type::Null),
    ("bool", Type::Bool),
    ("int", Type::Int),
    ("uint", Type::Uint),
    ("double", Type::Double),
    ("string", Type::String),
    ("bytes", Type::Bytes),
    ("timestamp", Type::Timestamp),
    ("duration", Type::Duration),
    ("google.protobuf.Timestamp", Type::Timestamp),
    ("google.protobuf.Duration", Type::Duration),
    ("kubernetes.URL", Type::Opaque("kubernetes.URL")),
    ("kubernetes.Quantity", Type::Opaque("kubernetes.Quantity")),
    ("kubernetes.Semver", Type::Opaque("kubernetes.Semver")),
    ("kubernetes.NamedFormat", Type::Opaque("kubernetes.NamedFormat")),
    ("net.IP", Type::Opaque("net.IP")),
    ("net.CIDR", Type::Opaque("net.CIDR")),
];

/// The type of this name in a signature: one without parameters.
pub(crate) fn named(name: &str) -> Option<Type> {
    NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, ty)| ty)
}

/// The type that a variable of this name stands for in an expression: `int` in `type(self) == int`.
pub(crate) fn denoted(name: &str) -> Option<Type> {
    match name {
        // In expressions these two are functions only.
        "timestamp" | "duration" | "dyn" => None,
        "list" => Some(Type::list(Type::Dyn)),
        "map" => Some(Type::map(Type::Dyn, Type::Dyn)),
        "optional_type" => Some(Type::optional(Type::Dyn)),
        "type" => Some(Type::of_type(Type::Dyn)),
        _ => named(name),
    }
}
