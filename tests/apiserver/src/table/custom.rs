//! Pure: the columns that a definition gives its custom resources.

use jiff::Timestamp;
use serde_json::Value;

use crate::kinds::{Column, PrinterColumn};
use crate::table;
use crate::table::human;

/// The columns of the scale of a custom resource.
pub(crate) fn scale_columns() -> Vec<PrinterColumn> {
    [("Desired", "integer", ".spec.replicas"), ("Available", "integer", ".status.replicas"), AGE]
        .into_iter()
        .filter_map(|(name, ty, path)| PrinterColumn::new(table::column(name, ty, ""), path))
        .collect()
}

/// Name, type and path of the column of those that have no others.
const AGE: (&str, &str, &str) = ("Age", "date", ".metadata.creationTimestamp");

/// The columns of a version: its own, or the age where it has none. A path that cannot be read ends them.
pub(crate) fn columns(version: &Value) -> Vec<PrinterColumn> {
    let text =
        |column: &Value, name: &str| column.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let own = version.get("additionalPrinterColumns").and_then(Value::as_array).map(Vec::as_slice);
    let own = own.unwrap_or_default();
    if own.is_empty() {
        let (name, ty, path) = AGE;
        return PrinterColumn::new(table::column(name, ty, ""), path).into_iter().collect();
    }
    let readable = |column: &Value| {
        let path = text(column, "jsonPath");
        let priority = column.get("priority").and_then(Value::as_i64).unwrap_or_default();
        let (name, ty, format) = (text(column, "name"), text(column, "type"), text(column, "format"));
        PrinterColumn::new(Column { name, ty, format, priority }, &path)
    };
    own.iter().map_while(readable).collect()
}

impl PrinterColumn {
    /// What the column shows of `object`: nothing where the value is missing or of another type.
    pub(crate) fn cell(&self, object: &Value, now: Timestamp) -> Value {
        let Some(value) = self.path.first(object) else {
            return Value::Null;
        };
        let value = value.as_ref();
        match self.column.ty.as_str() {
            "string" => print(value).into(),
            "integer" => match value.as_i64() {
                Some(number) => number.into(),
                #[expect(clippy::cast_possible_truncation, reason = "the API server cuts fractions off")]
                None => value.as_f64().map_or(Value::Null, |number| (number as i64).into()),
            },
            "number" => value.as_f64().map_or(Value::Null, number),
            "boolean" => value.as_bool().map_or(Value::Null, Value::from),
            "date" => value.as_str().map_or(Value::Null, |text| date(text, now).into()),
            _ => Value::Null,
        }
    }
}

fn date(text: &str, now: Timestamp) -> String {
    if matches!(text, "" | "null") {
        return "<unknown>".to_owned();
    }
    text.parse().map_or_else(|_| "<invalid>".to_owned(), |moment| human::since(now, Some(moment)))
}

/// A number, without a fraction where it has none.
fn number(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
        return (number as i64).into();
    }
    number.into()
}

/// A value as Go prints it: texts bare, the rest as JSON with the signs of HTML escaped.
fn print(value: &Value) -> String {
    match value {
        Value::Null => "<no value>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) if number.is_f64() => go_float(number.as_f64().unwrap_or_default()),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => {
            let json = value.to_string();
            json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
        }
    }
}

/// The shortest digits, with an exponent where there would be many zeros.
fn go_float(number: f64) -> String {
    const MANY: i32 = 6;
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..MANY).contains(&exponent) {
        return number.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cell(kind: &str, value: &Value) -> Value {
        let version =
            json!({"additionalPrinterColumns": [{"name": "A", "type": kind, "jsonPath": ".spec.a"}]});
        let now = "2026-01-01T00:10:00Z".parse().unwrap();
        columns(&version)[0].cell(&json!({"spec": {"a": value}}), now)
    }

    #[test]
    fn a_value_of_another_type_leaves_the_cell_empty() {
        assert_eq!(cell("integer", &json!("x")), Value::Null);
        assert_eq!(cell("boolean", &json!("true")), Value::Null);
        assert_eq!(cell("date", &json!("soon")), "<invalid>");
        assert_eq!(cell("date", &json!("2026-01-01T00:00:00Z")), "10m");
        assert_eq!(cell("integer", &json!(1.9)), 1);
        assert_eq!(cell("number", &json!(2.0)), 2);
        assert_eq!(cell("string", &json!({"b": "<"})), "{\"b\":\"\\u003c\"}");
        assert_eq!(cell("string", &json!(1.5)), "1.5");
        assert_eq!(cell("string", &Value::Null), "<no value>");
    }

    #[test]
    fn a_path_that_cannot_be_read_ends_the_columns() {
        let column = |name: &str, path: &str| json!({"name": name, "type": "string", "jsonPath": path});
        let version = json!({"additionalPrinterColumns": [
            column("A", ".a"), column("B", ".b["), column("C", ".c"),
        ]});
        assert_eq!(columns(&version).len(), 1);
        assert_eq!(columns(&json!({}))[0].column.name, "Age");
    }
}
