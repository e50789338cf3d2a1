//! Pure: how large values can be, as far as their schema says, and sums and products that stop at the largest number.

use crate::cel::escape::escape;
use crate::node::Node as Schema;

/// The largest request that the server reads, in bytes.
pub(super) const REQUEST_BYTES_MAX: u64 = 3 * 1024 * 1024;

/// The least and the most that there can be of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) min: u64,
    pub(super) max: u64,
}

impl Size {
    pub(super) const UNKNOWN: Self = Self { min: 0, max: u64::MAX };

    pub(super) const fn exactly(size: u64) -> Self {
        Self { min: size, max: size }
    }

    pub(super) const fn up_to(max: u64) -> Self {
        Self { min: 0, max }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { min: self.min.saturating_add(other.min), max: self.max.saturating_add(other.max) }
    }

    pub(super) const fn times(self, other: Self) -> Self {
        Self { min: self.min.saturating_mul(other.min), max: self.max.saturating_mul(other.max) }
    }

    /// The cost of so many units at most.
    pub(super) fn cost(self, per_unit: f64) -> u64 {
        cost(self.max, per_unit)
    }
}

/// The cost of so many units, rounded up.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "estimates; casts from floats stop at the ends"
)]
pub(super) fn cost(units: u64, per_unit: f64) -> u64 {
    (units as f64 * per_unit).ceil() as u64
}

/// How many bytes a value takes at least.
fn bytes_min(schema: &Schema) -> Option<u64> {
    if schema.int_or_string {
        return Some(1);
    }
    Some(match schema.kind.as_str() {
        "array" => schema.items.as_deref().and_then(bytes_min).map(|_| 2)?,
        "object" => match schema.additional_schema() {
            Some(values) => bytes_min(values).map(|_| 2)?,
            None => {
                let needed = schema
                    .properties
                    .iter()
                    .filter(|(name, property)| property.default.is_none() && schema.required.contains(name));
                let sizes =
                    needed.filter_map(|(name, property)| Some(name.len() as u64 + bytes_min(property)? + 4));
                2 + sizes.sum::<u64>()
            }
        },
        "string" => match schema.format.as_str() {
            "duration" => 3,
            "date" => 12,
            "date-time" => 21,
            _ => 2,
        },
        "boolean" => 4,
        "number" | "integer" => 1,
        _ => return None,
    })
}

/// How many parts a value has at most: items, keys, bytes. Nothing where expressions do not see it.
fn elements_max(schema: &Schema) -> Option<u64> {
    const TEXT_MAX: u64 = REQUEST_BYTES_MAX - 2;
    let bounds = &schema.bounds;
    let of_characters = bounds.max_length.map(|length| length.saturating_mul(4));
    if schema.int_or_string {
        return Some(of_characters.unwrap_or(TEXT_MAX));
    }
    Some(match schema.kind.as_str() {
        "array" => {
            let item = bytes_min(schema.items.as_deref()?)?;
            bounds.max_items.unwrap_or((REQUEST_BYTES_MAX - 2) / (item + 1))
        }
        "object" => match schema.additional_schema() {
            Some(values) => {
                let value = bytes_min(values)?;
                bounds.max_properties.unwrap_or((REQUEST_BYTES_MAX - 2) / (value + 6))
            }
            None => 0,
        },
        "string" => match schema.format.as_str() {
            "byte" => bounds.max_length.unwrap_or(TEXT_MAX),
            "date" => 12,
            "duration" | "date-time" => 32,
            _ if of_characters.is_none() && !schema.allowed.is_empty() => {
                let lengths = schema.allowed.iter().filter_map(|value| Some(value.as_str()?.len() as u64));
                lengths.max().unwrap_or(0)
            }
            _ => of_characters.unwrap_or(TEXT_MAX),
        },
        "boolean" | "number" | "integer" => 0,
        _ => return None,
    })
}

/// How often values of this schema can stand in one request, going by how small they can be.
pub(super) fn occurrences_max(schema: &Schema) -> u64 {
    bytes_min(schema).map_or(0, |bytes| REQUEST_BYTES_MAX / (bytes + 1))
}

/// The size of what is at the end of a path. Its first step is a variable and not looked at, whatever it is: that is how
/// the server does it.
pub(super) fn at(schema: &Schema, path: &[String]) -> Option<Size> {
    let (_, steps) = path.split_first()?;
    let mut at = schema;
    for (index, step) in steps.iter().enumerate() {
        at = match step.as_str() {
            "@items" | "@values" => {
                at.items.as_deref().filter(|_| at.kind == "array").or_else(|| at.additional_schema())?
            }
            // Nothing bounds the keys of a map, and the server takes that for nothing.
            "@keys" => {
                at.additional_schema()?;
                return (index + 1 == steps.len()).then_some(Size::up_to(0));
            }
            _ if at.additional_schema().is_some() || at.kind != "object" => return None,
            name => at.properties.iter().find(|(property, _)| escape(property).as_deref() == Some(name))?.1,
        };
        if at.int_or_string && index + 1 < steps.len() {
            return None;
        }
    }
    Some(Size::up_to(elements_max(at)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sizes_follow_the_schema() {
        let schema = Schema::parse(&json!({"type": "object", "properties": {
            "s": {"type": "string", "maxLength": 5}, "e": {"type": "string", "enum": ["a", "abc"]},
            "l": {"type": "array", "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}},
            "m": {"type": "object", "maxProperties": 7, "additionalProperties": {"type": "string", "maxLength": 1}}}}));
        let max = |path: &[&str]| {
            let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
            at(&schema, &path).map(|size| size.max)
        };
        assert_eq!(max(&["self"]), Some(0));
        assert_eq!(max(&["self", "s"]), Some(20));
        assert_eq!(max(&["self", "e"]), Some(3));
        assert_eq!(max(&["self", "l"]), Some((REQUEST_BYTES_MAX - 2) / 10));
        assert_eq!(max(&["self", "l", "@items", "k"]), Some(REQUEST_BYTES_MAX - 2));
        assert_eq!(max(&["self", "m"]), Some(7));
        assert_eq!(max(&["self", "m", "@values"]), Some(4));
        assert_eq!(max(&["self", "m", "@keys"]), Some(0));
        assert_eq!(max(&["self", "m", "key"]), None);
    }
}
