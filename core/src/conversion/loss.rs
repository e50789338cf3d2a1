//! Pure: what an object loses on the way to another version and back.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};

/// One value that did not come back from a conversion.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Loss {
    /// The JSON path, with `[]` for the items of a list: `spec.pages[].title`.
    pub path: String,
    /// What it was; null when it was not there.
    pub before: Value,
    /// What it is now; null when it is gone.
    pub after: Value,
}

/// ``` `spec.replicas` was 3 and is gone ```
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.path)?;
        match (&self.before, &self.after) {
            (before, Value::Null) => write!(f, "was {before} and is gone"),
            (Value::Null, after) => write!(f, "was not there and is {after}"),
            (before, after) => write!(f, "was {before} and is {after}"),
        }
    }
}

/// Converts an object to another version and back, and says what is not as it was. Null and absent are the same.
///
/// # Errors
///
/// When one of the conversions fails.
pub fn there_and_back<A, B>(object: A) -> Result<Vec<Loss>>
where
    A: Serialize + TryFrom<B, Error: fmt::Display>,
    B: TryFrom<A, Error: fmt::Display>,
{
    let before = to_value(&object)?;
    let there = B::try_from(object).map_err(|error| failed("the way there", error))?;
    let back = A::try_from(there).map_err(|error| failed("the way back", error))?;
    let mut losses = Vec::new();
    compare(&mut String::new(), &before, &to_value(&back)?, &mut losses);
    Ok(losses)
}

fn failed(when: &str, error: impl fmt::Display) -> Error {
    Error::new(ErrorKind::Invalid, error.to_string()).during(when)
}

fn to_value(object: &impl Serialize) -> Result<Value> {
    serde_json::to_value(object).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}

fn compare(path: &mut String, before: &Value, after: &Value, losses: &mut Vec<Loss>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let added = new.iter().filter(|(name, _)| !old.contains_key(*name));
            let both = old.iter().map(|(name, value)| (name, value, new.get(name).unwrap_or(&Value::Null)));
            for (name, before, after) in both.chain(added.map(|(name, after)| (name, &Value::Null, after))) {
                let length = path.len();
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                compare(path, before, after, losses);
                path.truncate(length);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let length = path.len();
            path.push_str("[]");
            for (before, after) in old.iter().zip(new) {
                compare(path, before, after, losses);
            }
            path.truncate(length);
        }
        (before, after) if before == after => {}
        (before, after) => {
            losses.push(Loss { path: path.clone(), before: before.clone(), after: after.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_lost_changed_or_new_is_named_and_null_is_absent() {
        let before = json!({"a": 1, "b": {"c": [{"d": 1, "e": 2}]}, "f": null, "g": [1]});
        let after = json!({"b": {"c": [{"d": 1, "e": 3}]}, "g": [], "h": true, "i": null});
        let mut losses = Vec::new();
        compare(&mut String::new(), &before, &after, &mut losses);
        let texts: Vec<_> = losses.iter().map(Loss::to_string).collect();
        assert_eq!(
            texts,
            [
                "`a` was 1 and is gone",
                "`b.c[].e` was 2 and is 3",
                "`g` was [1] and is []",
                "`h` was not there and is true",
            ]
        );
    }
}
