//! Pure: the values at the paths of a scale must be counts and a selector, whatever the schema says.

use serde_json::Value;

use crate::field_error::FieldError;

/// Where the scale of a kind is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScalePaths {
    /// The path to the wanted number, `spec` first.
    pub spec: Vec<String>,
    /// The path to the number there is.
    pub status: Vec<String>,
    /// A path to a selector in text form, or to a `LabelSelector`.
    pub selector: Option<Vec<String>>,
}

impl ScalePaths {
    /// The paths, as their parts.
    #[must_use]
    pub fn new(spec: Vec<String>, status: Vec<String>, selector: Option<Vec<String>>) -> Self {
        Self { spec, status, selector }
    }

    /// Reads the `scale` of a definition, if its paths can be followed.
    #[must_use]
    pub fn of(scale: &Value) -> Option<Self> {
        let path = |name: &str| scale.get(name).and_then(Value::as_str).filter(|path| !path.is_empty());
        Some(Self {
            spec: split_path(path("specReplicasPath")?),
            status: split_path(path("statusReplicasPath")?),
            selector: path("labelSelectorPath").map(split_path),
        })
    }
}

/// Reads `.spec.replicas` as its parts.
#[must_use]
pub fn split_path(path: &str) -> Vec<String> {
    path.trim_start_matches('.').split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Checks the values at the paths; those below `spec` are left out where only the status is written.
pub fn check(object: &Value, paths: &ScalePaths, status_only: bool) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let is_judged = |path: &&Vec<String>| !status_only || path.first().is_some_and(|first| first == "status");
    for path in [&paths.spec, &paths.status].into_iter().filter(is_judged) {
        let field = format!(".{}", path.join("."));
        match find(object, path, "int64", count) {
            Err(why) => errors.push(FieldError::invalid(&field, 0, why)),
            Ok(Some(count)) if count < 0 => {
                errors.push(FieldError::invalid(&field, count, "should be a non-negative integer"));
            }
            Ok(Some(count)) if count > i64::from(i32::MAX) => {
                let why = format!("should be less than or equal to {}", i32::MAX);
                errors.push(FieldError::invalid(&field, count, why));
            }
            Ok(_) => {}
        }
    }
    for path in paths.selector.iter().filter(is_judged) {
        let field = format!(".{}", path.join("."));
        if let Err(why) = find(object, path, "string", Value::as_str) {
            errors.push(FieldError::invalid(&field, "", why));
        }
    }
    errors
}

/// A count; `10.0` is one, which is stored as `10`.
fn count(value: &Value) -> Option<i64> {
    let whole = |float: &f64| float.fract() == 0.0 && float.abs() < 1e18;
    value.as_i64().or_else(|| value.as_f64().filter(whole).map(|float| float as i64))
}

/// The value at a path, if there is one; an error where something else is.
fn find<'a, T>(
    object: &'a Value,
    path: &[String],
    wanted: &str,
    read: impl Fn(&'a Value) -> Option<T>,
) -> Result<Option<T>, String> {
    let mut at = object;
    for (depth, name) in path.iter().enumerate() {
        let Some(map) = at.as_object() else {
            return Err(mismatch(&path[..depth], at, "map[string]interface {}"));
        };
        match map.get(name) {
            None => return Ok(None),
            Some(value) => at = value,
        }
    }
    read(at).map(Some).ok_or_else(|| mismatch(path, at, wanted))
}

fn mismatch(path: &[String], value: &Value, wanted: &str) -> String {
    let (shown, kind) = match value {
        Value::Null => ("<nil>".to_owned(), "<nil>"),
        Value::Bool(flag) => (flag.to_string(), "bool"),
        Value::Number(number) if number.is_f64() => (number.to_string(), "float64"),
        Value::Number(number) => (number.to_string(), "int64"),
        Value::String(text) => (text.clone(), "string"),
        Value::Array(_) => (value.to_string(), "[]interface {}"),
        Value::Object(_) => (value.to_string(), "map[string]interface {}"),
    };
    format!(".{} accessor error: {shown} is of the type {kind}, expected {wanted}", path.join("."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts_are_numbers_that_are_not_negative() {
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        let paths = ScalePaths { spec: path("spec.n"), status: path("status.n"), selector: None };
        let texts = |object: Value| -> Vec<String> {
            check(&object, &paths, false).iter().map(FieldError::to_string).collect()
        };
        assert_eq!(texts(json!({"spec": {}, "status": {"n": 2.0}})), [""; 0]);
        assert_eq!(
            texts(json!({"spec": {"n": "3"}, "status": {"n": -1}})),
            [
                ".spec.n: Invalid value: 0: .spec.n accessor error: 3 is of the type string, expected int64",
                ".status.n: Invalid value: -1: should be a non-negative integer",
            ]
        );
    }
}
