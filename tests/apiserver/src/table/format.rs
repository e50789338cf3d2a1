//! Pure: labels, selectors and lists, in the words of the API server.

use serde_json::Value;

use crate::table::cell::{list, text};

pub(crate) const NONE: &str = "<none>";

/// The parts with commas between them.
pub(crate) fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(",")
}

/// A number, a text or a quantity, as it was written.
pub(crate) fn scalar(value: Option<&Value>, default: &str) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => default.to_owned(),
    }
}

/// The first `max` parts, and how many there are more.
pub(crate) fn some_of(parts: &[String], max: usize, empty: &str) -> String {
    let shown = parts.get(..max).unwrap_or(parts).join(",");
    match parts.len().checked_sub(max) {
        Some(more @ 1..) => format!("{shown} + {more} more..."),
        _ if shown.is_empty() => empty.to_owned(),
        _ => shown,
    }
}

/// `a=b,c=d`, or `<none>`.
pub(crate) fn labels(labels: Option<&Value>) -> String {
    let labels = labels.and_then(Value::as_object).into_iter().flatten();
    let pairs: Vec<String> =
        labels.map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default())).collect();
    if pairs.is_empty() { NONE.to_owned() } else { pairs.join(",") }
}

/// A `LabelSelector` as text, or `<none>` where it says nothing.
pub(crate) fn selector(selector: Option<&Value>) -> String {
    match selector.map_or_else(|| Some(String::new()), selector_text) {
        None => "<error>".to_owned(),
        Some(text) if text.is_empty() => NONE.to_owned(),
        Some(text) => text,
    }
}

/// A `LabelSelector` as text, in the order of its keys; nothing when it makes no sense.
pub(crate) fn selector_text(selector: &Value) -> Option<String> {
    let labels = selector.get("matchLabels").and_then(Value::as_object).into_iter().flatten();
    let mut requirements: Vec<(&str, String)> = labels
        .map(|(key, value)| (key.as_str(), format!("{key}={}", value.as_str().unwrap_or_default())))
        .collect();
    for expression in list(selector, "matchExpressions") {
        let key = text(expression, "key");
        let mut values: Vec<&str> = list(expression, "values").iter().filter_map(Value::as_str).collect();
        values.sort_unstable();
        let values = join(values);
        let requirement = match text(expression, "operator") {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "Exists" => key.to_owned(),
            "DoesNotExist" => format!("!{key}"),
            _ => return None,
        };
        requirements.push((key, requirement));
    }
    requirements.sort_by(|left, right| left.0.cmp(right.0));
    Some(join(requirements.iter().map(|(_, text)| text.as_str())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn selectors_are_ordered_by_key() {
        let value = json!({
            "matchLabels": {"b": "1"},
            "matchExpressions": [
                {"key": "c", "operator": "In", "values": ["y", "x"]},
                {"key": "a", "operator": "DoesNotExist"},
            ],
        });
        assert_eq!(selector(Some(&value)), "!a,b=1,c in (x,y)");
        assert_eq!(selector(Some(&json!({}))), "<none>");
        assert_eq!(selector(None), "<none>");
        let odd = json!({"matchExpressions": [{"key": "a", "operator": "Like"}]});
        assert_eq!(selector(Some(&odd)), "<error>");
    }

    #[test]
    fn long_lists_are_cut() {
        let parts = ["a", "b", "c", "d", "e"].map(str::to_owned);
        assert_eq!(some_of(&parts, 3, "<unset>"), "a,b,c + 2 more...");
        assert_eq!(some_of(&parts, 5, "<unset>"), "a,b,c,d,e");
        assert_eq!(some_of(&[], 3, "<unset>"), "<unset>");
    }
}
