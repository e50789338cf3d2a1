//! Pure: numbers against their bounds and formats.

use serde_json::Value;

use crate::field_error::FieldError;
use crate::node::Node;
use crate::number::{Num, go_float};

type Errors = Vec<FieldError>;

/// Whether a number can be held by the schema's type and format at all.
fn in_range(number: Num, schema: &Node) -> bool {
    match (schema.kind.as_str(), schema.format.as_str(), number) {
        ("integer", "int32", Num::Int(int)) => i32::try_from(int).is_ok(),
        ("integer", _, Num::Int(_)) => true,
        ("integer", "int32", Num::Float(float)) => float.fract() == 0.0 && float.abs() < 2_147_483_648.0,
        ("integer", _, Num::Float(float)) => {
            float.fract() == 0.0 && float.abs() < 9_223_372_036_854_775_808.0
        }
        ("number", "float", number) => number.as_f64().abs() <= f64::from(f32::MAX),
        _ => true,
    }
}

fn check_range(number: Num, what: &str, schema: &Node, path: &str, errors: &mut Errors) -> bool {
    if in_range(number, schema) {
        return true;
    }
    let format = if schema.format.is_empty() {
        "(default format)".to_owned()
    } else {
        format!("with format {}", schema.format)
    };
    let detail = format!("{what} value must be of type {} {format} in {path}", schema.kind);
    errors.push(FieldError::invalid("", "", detail));
    false
}

fn bound_text(bound: f64, number: Num) -> String {
    match number {
        Num::Int(_) if bound.fract() == 0.0 => format!("{}", bound as i64),
        Num::Int(_) | Num::Float(_) => go_float(bound),
    }
}

/// A bound as the server compares it: integers with integers, which cannot hold 2^63.
fn compare(number: Num, bound: f64) -> Option<std::cmp::Ordering> {
    match number {
        Num::Int(int) if bound.fract() == 0.0 && bound.abs() < 9.3e18 => {
            i128::from(int).partial_cmp(&(bound as i128))
        }
        Num::Int(_) | Num::Float(_) => number.as_f64().partial_cmp(&bound),
    }
}

/// Checks format, factor, maximum and minimum.
pub(crate) fn check_number(number: Num, value: &Value, schema: &Node, path: &str, errors: &mut Errors) {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let bounds = &schema.bounds;
    check_range(number, "Checked", schema, path, errors);
    let mut fail = |text: String| {
        errors.push(FieldError::invalid(path, value.clone(), format!("{path} in body {text}")))
    };
    if let Some(factor) = bounds.multiple_of {
        let quotient = number.as_f64() / factor;
        if factor <= 0.0 {
            let detail =
                format!("factor MultipleOf declared for {path} must be positive: {}", go_float(factor));
            errors.push(FieldError::invalid(path, Value::from(factor as i64), detail));
        } else if quotient.fract() != 0.0 {
            fail(format!("should be a multiple of {}", bound_text(factor, number)));
        }
    }
    if let Some(maximum) = bounds.maximum {
        check_range(to_num(maximum), "Maximum boundary", schema, path, errors);
        let order = compare(number, maximum);
        if order == Some(Greater) || (bounds.exclusive_maximum && order == Some(Equal)) {
            let word = if bounds.exclusive_maximum { "less than" } else { "less than or equal to" };
            let detail = format!("{path} in body should be {word} {}", bound_text(maximum, number));
            errors.push(FieldError::invalid(path, value.clone(), detail));
        }
    }
    if let Some(minimum) = bounds.minimum {
        check_range(to_num(minimum), "Minimum boundary", schema, path, errors);
        let order = compare(number, minimum);
        if order == Some(Less) || (bounds.exclusive_minimum && order == Some(Equal)) {
            let word = if bounds.exclusive_minimum { "greater than" } else { "greater than or equal to" };
            let detail = format!("{path} in body should be {word} {}", bound_text(minimum, number));
            errors.push(FieldError::invalid(path, value.clone(), detail));
        }
    }
}

fn to_num(bound: f64) -> Num {
    Num::Float(bound)
}
