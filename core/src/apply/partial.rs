//! Pure: a part of an object as JSON, with its type.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// A part of a `T`: the JSON of the fields that were set, and no others.
///
/// [`apply!`](crate::apply!) makes one, checked against the fields of `T`; a whole `T` becomes one by `From`, with every
/// field that it has. `Debug` names the members at the top, never what they hold.
///
/// # Examples
///
/// ```
/// use kubist::apply;
/// use kubist::apply::Partial;
/// use kubist::k8s_openapi::api::core::v1::ConfigMap;
///
/// let part: Partial<ConfigMap> = apply!(ConfigMap { data: { "color": "blue" } });
/// assert_eq!(part.as_json()["data"]["color"], "blue");
/// assert_eq!(format!("{part:?}"), "Partial<ConfigMap>(data)");
/// ```
pub struct Partial<T> {
    /// An object.
    json: Value,
    /// Why a value could not be written.
    problem: Option<String>,
    of: PhantomData<fn() -> T>,
}

impl<T> Partial<T> {
    /// A part without any field.
    #[must_use]
    pub fn new() -> Self {
        Self { json: Value::Object(Map::new()), problem: None, of: PhantomData }
    }

    /// A part from JSON that nobody has checked against `T`.
    ///
    /// # Errors
    ///
    /// When it is not an object.
    pub fn from_json(json: Value) -> Result<Self> {
        if !json.is_object() {
            return Err(Error::invalid("what is applied must be an object"));
        }
        Ok(Self { json, problem: None, of: PhantomData })
    }

    /// The fields that were set.
    #[must_use]
    pub fn as_json(&self) -> &Value {
        &self.json
    }

    /// Whether nothing was set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members().next().is_none() && self.problem.is_none()
    }

    /// The fields that were set.
    ///
    /// # Errors
    ///
    /// When a value could not be written as JSON.
    pub fn into_json(self) -> Result<Value> {
        match self.problem {
            Some(problem) => Err(Error::invalid(problem)),
            None => Ok(self.json),
        }
    }

    fn members(&self) -> impl Iterator<Item = &str> {
        self.json.as_object().into_iter().flat_map(|members| members.keys().map(String::as_str))
    }

    /// What is to be filled by [`apply!`](crate::apply!).
    pub(super) fn parts(&mut self) -> (&mut Value, &mut Option<String>) {
        (&mut self.json, &mut self.problem)
    }
}

impl<T: Serialize> From<T> for Partial<T> {
    fn from(whole: T) -> Self {
        let problem = match serde_json::to_value(whole) {
            Ok(json @ Value::Object(_)) => return Self { json, problem: None, of: PhantomData },
            Ok(_) => format!("`{}` is no object in JSON", short_name::<T>()),
            Err(_) => format!("`{}` cannot be written as JSON", short_name::<T>()),
        };
        Self { problem: Some(problem), ..Self::new() }
    }
}

/// The name of a type without its path.
pub(super) fn short_name<T: ?Sized>() -> &'static str {
    let name = type_name::<T>();
    name.split('<').next().and_then(|path| path.rsplit("::").next()).unwrap_or(name)
}

impl<T> Clone for Partial<T> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), problem: self.problem.clone(), of: PhantomData }
    }
}

impl<T> Default for Partial<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> PartialEq for Partial<T> {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json && self.problem == other.problem
    }
}

impl<T> fmt::Debug for Partial<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members: Vec<&str> = self.members().collect();
        write!(f, "Partial<{}>({})", short_name::<T>(), members.join(", "))
    }
}

impl<T> Serialize for Partial<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.problem {
            Some(problem) => Err(S::Error::custom(problem)),
            None => self.json.serialize(serializer),
        }
    }
}

impl<'de, T> Deserialize<'de> for Partial<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Value::Object(Map::deserialize(deserializer)?);
        Ok(Self { json, problem: None, of: PhantomData })
    }
}
