//! Pure: what the derive needs of values that it cannot name.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
