//! Pure: what the derive needs of values that it cannot name.

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A value as the JSON that a function of serde's attributes has made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Written(Value);

impl Written {
    /// The JSON of the only field of a struct.
    #[must_use]
    pub fn of(only: &impl Serialize) -> Option<Self> {
        let json = serde_json::to_value(only).ok()?;
        json.as_object()?.values().next().cloned().map(Self)
    }
}

/// Whether two parts send the same.
#[must_use]
pub fn is_same(one: &impl Serialize, other: &impl Serialize) -> bool {
    serde_json::to_value(one)
        .ok()
        .is_some_and(|one| serde_json::to_value(other).is_ok_and(|other| one == other))
}

/// Writes the members of a value into the object that is being written.
///
/// # Errors
///
/// When the value is no object, or as the writer.
pub fn write_flat<S: SerializeMap>(object: &mut S, value: &impl Serialize) -> Result<(), S::Error> {
    match serde_json::to_value(value).map_err(S::Error::custom)? {
        Value::Object(members) => {
            members.iter().try_for_each(|(name, value)| object.serialize_entry(name, value))
        }
        _ => Err(S::Error::custom("only an object can be flattened")),
    }
}

/// The members of an object, taken one by one.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Members(Map<String, Value>);

impl Members {
    /// The member of this name; `None` where it is absent or null.
    ///
    /// # Errors
    ///
    /// When it is no `T`.
    pub fn take<T: DeserializeOwned, E: serde::de::Error>(&mut self, name: &str) -> Result<Option<T>, E> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => serde_json::from_value(value).map(Some).map_err(|error| in_member(name, &error)),
        }
    }

    /// The member of this name.
    ///
    /// # Errors
    ///
    /// When it is absent or no `T`.
    pub fn key<T: DeserializeOwned, E: serde::de::Error>(&mut self, name: &'static str) -> Result<T, E> {
        self.take(name)?.ok_or_else(|| E::missing_field(name))
    }

    /// Whatever is left.
    ///
    /// # Errors
    ///
    /// When it is no `T`.
    pub fn rest<T: DeserializeOwned, E: serde::de::Error>(&mut self) -> Result<Option<T>, E> {
        let rest = Value::Object(self.0.clone());
        serde_json::from_value(rest).map(Some).map_err(|error| E::custom(error))
    }
}

fn in_member<E: serde::de::Error>(name: &str, error: &serde_json::Error) -> E {
    E::custom(format_args!("{name}: {error}"))
}
