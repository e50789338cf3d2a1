//! Pure: values, as far as possible views of the JSON that they come from.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use serde_json::Value as Json;

use super::json::from_json;
use super::named_format::NamedFormat;
use super::semver::Semver;
use super::url::Url;
use crate::cel::escape::{escape, unescape};
use crate::cel::time::Timestamp;
use crate::cel::types::Type;
use crate::node::{ListType, Node as Schema};
use crate::quantity::Quantity;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// In the words of the API server.
    Error(String),
    /// It cost more than it may.
    TooExpensive,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Error(message.into())
    }

    /// A point in time in a year that there is not.
    pub(crate) fn time_overflow() -> Self {
        Self::new("timestamp overflow")
    }

    /// Values of types that the called function does not take.
    pub(crate) fn no_such_overload() -> Self {
        Self::new("no such overload")
    }
}

pub(crate) type Outcome<'a> = Result<Value<'a>, Failure>;

#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(Cow<'a, str>),
    Bytes(Arc<[u8]>),
    Timestamp(Timestamp),
    /// Nanoseconds.
    Duration(i64),
    List(List<'a>),
    Map(Map<'a>),
    Optional(Option<Arc<Self>>),
    /// A type, by its name.
    Type(&'static str),
    Quantity(Box<Quantity>),
    Ip(IpAddr),
    /// An address and how many of its bits count.
    Cidr(IpAddr, u8),
    Url(Arc<Url>),
    Semver(Arc<Semver>),
    Format(&'static NamedFormat),
    /// JSON whose schema says nothing about it: it can only be compared.
    Unknown(&'a Json),
}

impl<'a> Value<'a> {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::String(Cow::Owned(text.into()))
    }

    pub(crate) fn list(values: Vec<Self>) -> Self {
        Self::List(List { items: Items::Values(values.into()), kind: Kind::Plain })
    }

    pub(crate) fn map(entries: Vec<(Self, Self)>) -> Self {
        Self::Map(Map::Values(entries.into()))
    }

    pub(crate) fn some(value: Self) -> Self {
        Self::Optional(Some(Arc::new(value)))
    }

    pub(crate) const fn none() -> Self {
        Self::Optional(None)
    }

    /// The name of the value's type.
    pub(crate) const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::String(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Optional(_) => "optional_type",
            Self::Type(_) => "type",
            Self::Quantity(_) => "kubernetes.Quantity",
            Self::Ip(_) => "net.IP",
            Self::Cidr(..) => "net.CIDR",
            Self::Url(_) => "kubernetes.URL",
            Self::Semver(_) => "kubernetes.Semver",
            Self::Format(_) => "kubernetes.NamedFormat",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether it is what its type has when nothing was said.
    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Null | Self::Optional(None) => true,
            Self::Bool(value) => !value,
            Self::Int(value) | Self::Duration(value) => *value == 0,
            Self::Uint(value) => *value == 0,
            Self::Double(value) => *value == 0.0,
            Self::String(text) => text.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::List(list) => list.len() == 0,
            Self::Map(map) => map.len() == 0,
            _ => false,
        }
    }
}

/// A list.
#[derive(Clone, Debug)]
pub(crate) struct List<'a> {
    pub(crate) items: Items<'a>,
    pub(crate) kind: Kind<'a>,
}

#[derive(Clone, Debug)]
pub(crate) enum Items<'a> {
    Json(&'a [Json], &'a Schema),
    Values(Arc<[Value<'a>]>),
}

/// What makes two lists equal, and what their sum is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    /// Equal items in the same order.
    Plain,
    /// The same items.
    Set,
    /// Equal items with the same values of these fields.
    Map(&'a [String]),
}

impl<'a> List<'a> {
    pub(super) fn of_json(items: &'a [Json], list: &'a Schema, item: &'a Schema) -> Self {
        let kind = match &list.list_type {
            ListType::Atomic => Kind::Plain,
            ListType::Set => Kind::Set,
            ListType::Map(keys) => Kind::Map(keys),
        };
        Self { items: Items::Json(items, item), kind }
    }

    pub(crate) fn len(&self) -> usize {
        match &self.items {
            Items::Json(items, _) => items.len(),
            Items::Values(values) => values.len(),
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<Outcome<'a>> {
        match &self.items {
            Items::Json(items, schema) => items.get(index).map(|item| from_json(item, schema)),
            Items::Values(values) => values.get(index).map(|value| Ok(value.clone())),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Outcome<'a>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    pub(crate) fn to_vec(&self) -> Result<Vec<Value<'a>>, Failure> {
        self.iter().collect()
    }
}

/// A map, or a struct.
#[derive(Clone, Debug)]
pub(crate) enum Map<'a> {
    Json(&'a serde_json::Map<String, Json>, &'a Schema),
    Values(Arc<[(Value<'a>, Value<'a>)]>),
}

impl<'a> Map<'a> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Json(map, _) => map.len(),
            Self::Values(entries) => entries.len(),
        }
    }

    /// The value of a key; a struct has its fields under their names in expressions.
    pub(crate) fn find(&self, key: &Value<'a>) -> Result<Option<Value<'a>>, Failure> {
        let Self::Json(map, schema) = self else { return self.find_value(key) };
        let Value::String(key) = key else { return Err(Failure::no_such_overload()) };
        let is_object = !schema.properties.is_empty();
        let name = if is_object { unescape(key).map(Cow::Owned) } else { Some(Cow::Borrowed(key.as_ref())) };
        let Some(name) = name else { return Ok(None) };
        match (map.get(name.as_ref()), schema.field(&name)) {
            // A struct's null is as good as an absent field.
            (Some(Json::Null), _) if is_object => Ok(None),
            (Some(value), Some(schema)) => from_json(value, schema).map(Some),
            _ => Ok(None),
        }
    }

    fn find_value(&self, key: &Value<'a>) -> Result<Option<Value<'a>>, Failure> {
        let Self::Values(entries) = self else { return Ok(None) };
        for (known, value) in entries.iter() {
            if known.equals(key)? {
                return Ok(Some(value.clone()));
            }
        }
        Ok(None)
    }

    pub(crate) fn keys(&self) -> Vec<Value<'a>> {
        match self {
            Self::Json(map, schema) => {
                let is_object = !schema.properties.is_empty();
                let known = map.keys().filter(|key| schema.field(key).is_some());
                known
                    .map(|key| match escape(key).filter(|_| is_object) {
                        Some(escaped) => Value::String(Cow::Owned(escaped)),
                        None => Value::String(Cow::Borrowed(key)),
                    })
                    .collect()
            }
            Self::Values(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
        }
    }
}

/// The name of a type in an expression, without what is inside of it.
pub(super) fn type_name(ty: &Type) -> &'static str {
    match ty {
        Type::Null => "null_type",
        Type::Bool => "bool",
        Type::Int => "int",
        Type::Uint => "uint",
        Type::Double => "double",
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::Timestamp => "google.protobuf.Timestamp",
        Type::Duration => "google.protobuf.Duration",
        Type::List(_) => "list",
        Type::Map(..) | Type::Object(_) => "map",
        Type::Optional(_) => "optional_type",
        Type::Opaque(name) => name,
        Type::Type(_) => "type",
        Type::Dyn | Type::Var(_) | Type::Error => "dyn",
    }
}
