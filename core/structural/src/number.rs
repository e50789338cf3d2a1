//! Pure: numbers as the API server sees them: an `i64` where the text is one, a float otherwise.

use serde_json::{Number, Value};

/// A decoded JSON number.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the server has no third kind of number")]
pub enum Num {
    /// A whole number of 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
}

impl Num {
    /// The number as the server decodes it.
    #[must_use]
    pub fn of(number: &Number) -> Self {
        match number.as_i64() {
            Some(int) => Self::Int(int),
            None => Self::Float(number.as_f64().unwrap_or(f64::INFINITY)),
        }
    }

    /// The nearest float.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(int) => int as f64,
            Self::Float(float) => float,
        }
    }

    /// Whether an integer field takes this number: `1.0` does, numbers beyond 2^53 written as floats do not.
    pub fn is_integral(self) -> bool {
        match self {
            Self::Int(_) => true,
            Self::Float(float) => float.abs() <= 9_007_199_254_740_991.0 && float.fract() == 0.0,
        }
    }
}

/// Writes a float as Go's `%v` does.
pub fn go_float(float: f64) -> String {
    let magnitude = float.abs();
    if float == 0.0 || (1e-4..1e21).contains(&magnitude) {
        return format!("{float}");
    }
    let text = format!("{float:e}");
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return text;
    };
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{mantissa}e{sign}{digits:0>2}")
}

/// Rewrites floats without a fraction as integers, which is how the API server stores them.
pub fn normalise(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().unwrap_or_default();
            if float.fract() == 0.0 && float.abs() < 9.2e18 {
                *value = Value::from(float as i64);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(normalise),
        Value::Object(map) => map.values_mut().for_each(normalise),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn floats_print_as_go_prints_them() {
        assert_eq!(go_float(100.0), "100");
        assert_eq!(go_float(0.5), "0.5");
        assert_eq!(go_float(1e39), "1e+39");
        assert_eq!(go_float(1.5e-7), "1.5e-07");
    }

    #[test]
    fn whole_floats_are_stored_as_integers() {
        let mut value = json!({"a": 1.0, "b": [1e3, 0.5]});
        normalise(&mut value);
        assert_eq!(value.to_string(), r#"{"a":1,"b":[1000,0.5]}"#);
    }
}
