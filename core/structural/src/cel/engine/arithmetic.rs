//! Pure: operators on values: equality, order, arithmetic.

use std::cmp::Ordering;

use super::value::{Failure, Items, Kind, List, Map, Outcome, Value};
use crate::cel::escape::escape;

impl<'a> Value<'a> {
    /// Whether two values are equal; those of different types are not, except for numbers.
    pub(crate) fn equals(&self, other: &Self) -> Result<bool, Failure> {
        Ok(match (self, other) {
            (
                Self::Int(_) | Self::Uint(_) | Self::Double(_),
                Self::Int(_) | Self::Uint(_) | Self::Double(_),
            ) => compare_numbers(self, other) == Some(Ordering::Equal),
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::String(a), Self::String(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Timestamp(a), Self::Timestamp(b)) => a.order(*b).is_eq(),
            (Self::Duration(a), Self::Duration(b)) => a == b,
            (Self::List(a), Self::List(b)) => a.equals(b)?,
            (Self::Map(a), Self::Map(b)) => a.equals(b)?,
            (Self::Optional(None), Self::Optional(None)) => true,
            (Self::Optional(Some(a)), Self::Optional(Some(b))) => a.equals(b)?,
            (Self::Type(a), Self::Type(b)) => a == b,
            (Self::Quantity(a), Self::Quantity(b)) => a == b,
            (Self::Ip(a), Self::Ip(b)) => a == b,
            (Self::Cidr(a, a_bits), Self::Cidr(b, b_bits)) => a == b && a_bits == b_bits,
            (Self::Url(a), Self::Url(b)) => a.text() == b.text(),
            (Self::Semver(a), Self::Semver(b)) => a.compare(b).is_eq(),
            (Self::Format(a), Self::Format(b)) => a.name == b.name,
            (Self::Unknown(a), Self::Unknown(b)) => a == b,
            _ => false,
        })
    }

    /// The order of two values.
    pub(crate) fn compare(&self, other: &Self) -> Result<Ordering, Failure> {
        Ok(match (self, other) {
            (
                Self::Int(_) | Self::Uint(_) | Self::Double(_),
                Self::Int(_) | Self::Uint(_) | Self::Double(_),
            ) => {
                return compare_numbers(self, other)
                    .ok_or_else(|| Failure::new("NaN values cannot be ordered"));
            }
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::String(a), Self::String(b)) => a.cmp(b),
            (Self::Bytes(a), Self::Bytes(b)) => a.cmp(b),
            (Self::Timestamp(a), Self::Timestamp(b)) => a.order(*b),
            (Self::Duration(a), Self::Duration(b)) => a.cmp(b),
            _ => return Err(Failure::no_such_overload()),
        })
    }

    pub(crate) fn add(&self, other: &Self) -> Outcome<'a> {
        Ok(match (self, other) {
            (Self::Int(a), Self::Int(b)) => Self::Int(a.checked_add(*b).ok_or_else(overflow)?),
            (Self::Uint(a), Self::Uint(b)) => Self::Uint(a.checked_add(*b).ok_or_else(unsigned_overflow)?),
            (Self::Double(a), Self::Double(b)) => Self::Double(a + b),
            (Self::String(a), Self::String(b)) => Self::text(format!("{a}{b}")),
            (Self::Bytes(a), Self::Bytes(b)) => Self::Bytes([&a[..], &b[..]].concat().into()),
            (Self::Duration(a), Self::Duration(b)) => Self::Duration(a.checked_add(*b).ok_or_else(overflow)?),
            (Self::Timestamp(at), Self::Duration(by)) | (Self::Duration(by), Self::Timestamp(at)) => {
                Self::Timestamp(at.plus(i128::from(*by)).ok_or_else(Failure::time_overflow)?)
            }
            (Self::List(a), Self::List(b)) => a.add(b)?,
            _ => return Err(Failure::no_such_overload()),
        })
    }

    pub(crate) fn subtract(&self, other: &Self) -> Outcome<'a> {
        Ok(match (self, other) {
            (Self::Int(a), Self::Int(b)) => Self::Int(a.checked_sub(*b).ok_or_else(overflow)?),
            (Self::Uint(a), Self::Uint(b)) => Self::Uint(a.checked_sub(*b).ok_or_else(unsigned_overflow)?),
            (Self::Double(a), Self::Double(b)) => Self::Double(a - b),
            (Self::Duration(a), Self::Duration(b)) => Self::Duration(a.checked_sub(*b).ok_or_else(overflow)?),
            (Self::Timestamp(at), Self::Duration(by)) => {
                Self::Timestamp(at.plus(-i128::from(*by)).ok_or_else(Failure::time_overflow)?)
            }
            (Self::Timestamp(at), Self::Timestamp(earlier)) => {
                Self::Duration(at.minus(*earlier).ok_or_else(overflow)?)
            }
            _ => return Err(Failure::no_such_overload()),
        })
    }

    pub(crate) fn multiply(&self, other: &Self) -> Outcome<'a> {
        Ok(match (self, other) {
            (Self::Int(a), Self::Int(b)) => Self::Int(a.checked_mul(*b).ok_or_else(overflow)?),
            (Self::Uint(a), Self::Uint(b)) => Self::Uint(a.checked_mul(*b).ok_or_else(unsigned_overflow)?),
            (Self::Double(a), Self::Double(b)) => Self::Double(a * b),
            _ => return Err(Failure::no_such_overload()),
        })
    }

    pub(crate) fn divide(&self, other: &Self) -> Outcome<'a> {
        let by_zero = || Failure::new("division by zero");
        Ok(match (self, other) {
            (Self::Int(_), Self::Int(0)) | (Self::Uint(_), Self::Uint(0)) => return Err(by_zero()),
            (Self::Int(a), Self::Int(b)) => Self::Int(a.checked_div(*b).ok_or_else(overflow)?),
            (Self::Uint(a), Self::Uint(b)) => Self::Uint(a / b),
            (Self::Double(a), Self::Double(b)) => Self::Double(a / b),
            _ => return Err(Failure::no_such_overload()),
        })
    }

    pub(crate) fn modulo(&self, other: &Self) -> Outcome<'a> {
        let by_zero = || Failure::new("modulus by zero");
        Ok(match (self, other) {
            (Self::Int(_), Self::Int(0)) | (Self::Uint(_), Self::Uint(0)) => return Err(by_zero()),
            (Self::Int(a), Self::Int(b)) => Self::Int(a.checked_rem(*b).ok_or_else(overflow)?),
            (Self::Uint(a), Self::Uint(b)) => Self::Uint(a % b),
            _ => return Err(Failure::no_such_overload()),
        })
    }

    pub(crate) fn negate(&self) -> Outcome<'a> {
        Ok(match self {
            Self::Int(value) => Self::Int(value.checked_neg().ok_or_else(overflow)?),
            Self::Double(value) => Self::Double(-value),
            Self::Duration(value) => Self::Duration(value.checked_neg().ok_or_else(overflow)?),
            _ => return Err(Failure::no_such_overload()),
        })
    }

    /// `self in container`
    pub(crate) fn is_in(&self, container: &Self) -> Result<bool, Failure> {
        match container {
            Self::List(list) => {
                for item in list.iter() {
                    if item?.equals(self)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Map(map) => Ok(map.find(self)?.is_some()),
            _ => Err(Failure::no_such_overload()),
        }
    }
}

fn overflow() -> Failure {
    Failure::new("integer overflow")
}

fn unsigned_overflow() -> Failure {
    Failure::new("unsigned integer overflow")
}

/// The exact order of two numbers, `None` where one is no number.
#[expect(clippy::cast_possible_truncation, reason = "the range is looked at before")]
fn compare_numbers(a: &Value<'_>, b: &Value<'_>) -> Option<Ordering> {
    let whole = |value: &Value<'_>| match value {
        Value::Int(value) => Some(i128::from(*value)),
        Value::Uint(value) => Some(i128::from(*value)),
        _ => None,
    };
    let with_double = |whole: i128, double: f64| {
        if double.is_nan() {
            return None;
        }
        if double >= 1e30 || double <= -1e30 {
            return Some(if double > 0.0 { Ordering::Less } else { Ordering::Greater });
        }
        let floor = double.floor();
        let by_floor = whole.cmp(&(floor as i128));
        Some(if by_floor.is_eq() && double > floor { Ordering::Less } else { by_floor })
    };
    match (a, whole(a), b, whole(b)) {
        (_, Some(a), _, Some(b)) => Some(a.cmp(&b)),
        (_, Some(a), Value::Double(b), _) => with_double(a, *b),
        (Value::Double(a), _, _, Some(b)) => with_double(b, *a).map(Ordering::reverse),
        (Value::Double(a), _, Value::Double(b), _) => a.partial_cmp(b),
        _ => None,
    }
}

impl<'a> List<'a> {
    fn equals(&self, other: &Self) -> Result<bool, Failure> {
        if self.len() != other.len() {
            return Ok(false);
        }
        match self.kind {
            Kind::Plain => {
                for (a, b) in self.iter().zip(other.iter()) {
                    if !a?.equals(&b?)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Kind::Set | Kind::Map(_) => {
                let others = other.to_vec()?;
                for item in self.iter() {
                    let item = item?;
                    let same = others.iter().map(|other| self.is_same(&item, other));
                    let Some(at) = same.collect::<Result<Vec<_>, _>>()?.iter().position(|same| *same) else {
                        return Ok(false);
                    };
                    if !item.equals(&others[at])? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// Whether two items stand for the same: equal ones, or those with equal keys.
    fn is_same(&self, a: &Value<'a>, b: &Value<'a>) -> Result<bool, Failure> {
        let (Kind::Map(keys), Value::Map(a), Value::Map(b)) = (self.kind, a, b) else {
            return a.equals(b);
        };
        for key in keys {
            let key = Value::text(escape(key).unwrap_or_else(|| key.clone()));
            let same = match (a.find(&key)?, b.find(&key)?) {
                (Some(a), Some(b)) => a.equals(&b)?,
                (None, None) => true,
                _ => false,
            };
            if !same {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Concatenation; of sets the union, of lists of type map the first with the second laid over it.
    fn add(&self, other: &Self) -> Outcome<'a> {
        let mut items = self.to_vec()?;
        for added in other.iter() {
            let added = added?;
            let mut same = None;
            if !matches!(self.kind, Kind::Plain) {
                for (at, item) in items.iter().enumerate() {
                    if self.is_same(item, &added)? {
                        same = Some(at);
                        break;
                    }
                }
            }
            match same {
                Some(at) => items[at] = added,
                None => items.push(added),
            }
        }
        Ok(Value::List(Self { items: Items::Values(items.into()), kind: self.kind }))
    }
}

impl<'a> Map<'a> {
    fn equals(&self, other: &Self) -> Result<bool, Failure> {
        if self.len() != other.len() {
            return Ok(false);
        }
        for key in self.keys() {
            let same = match (self.find(&key)?, other.find(&key)?) {
                (Some(a), Some(b)) => a.equals(&b)?,
                (None, None) => true,
                _ => false,
            };
            if !same {
                return Ok(false);
            }
        }
        Ok(self.unknown_equals(other))
    }

    /// Whether the fields that the schema does not know are the same JSON.
    fn unknown_equals(&self, other: &Self) -> bool {
        let (Self::Json(a, schema), Self::Json(b, _)) = (self, other) else { return true };
        a.iter()
            .filter(|(key, _)| schema.field(key).is_none())
            .all(|(key, value)| b.get(key).is_none_or(|other| other == value))
    }
}
