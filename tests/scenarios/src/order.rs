//! Pure: lists whose order says nothing are put into one order before they are compared, and the descriptions of
//! columns are left out.

use serde_json::{Map, Value};

/// The value with its managed fields and the causes of its refusals sorted.
pub(crate) fn canonical(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(canonical).collect()),
        Value::Object(members) => {
            let mut members: Map<String, Value> =
                members.iter().map(|(key, value)| (key.clone(), canonical(value))).collect();
            // It depends on where a second ends.
            if let Some(entries) = members.get_mut("managedFields").and_then(Value::as_array_mut) {
                entries.sort_by_key(manager);
            }
            // The embedded server has no descriptions.
            let columns = members.get_mut("columnDefinitions").and_then(Value::as_array_mut);
            for column in columns.into_iter().flatten().filter_map(Value::as_object_mut) {
                column.remove("description");
            }
            if members.get("reason").is_some_and(|reason| reason == "Invalid") {
                sort_causes(&mut members);
            }
            Value::Object(members)
        }
        other => other.clone(),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn manager(entry: &Value) -> Vec<String> {
    let names = ["operation", "manager", "apiVersion", "subresource"];
    names.iter().map(|name| text(entry, name).to_owned()).collect()
}

/// The real server walks the properties of a schema in an order that is another each time. Other refusals keep theirs.
fn sort_causes(status: &mut Map<String, Value>) {
    let group = status.get("details").map(|details| text(details, "group")).unwrap_or_default();
    if !group.contains('.') || group.ends_with(".k8s.io") && group != "apiextensions.k8s.io" {
        return;
    }
    let message = status.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(causes) = status.get_mut("details").and_then(|details| details["causes"].as_array_mut()) else {
        return;
    };
    let told = |causes: &[Value]| {
        let mut texts: Vec<String> = Vec::new();
        for cause in causes {
            let text = format!("{}: {}", text(cause, "field"), text(cause, "message"));
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    };
    let before = format!("[{}]", told(causes).join(", "));
    causes.sort_by_key(|cause| ["field", "reason", "message"].map(|name| text(cause, name).to_owned()));
    // A message that is not made of its causes stays as it is.
    let after = format!("[{}]", told(causes).join(", "));
    let sorted = message.strip_suffix(&before).map(|head| format!("{head}{after}"));
    status.insert("message".to_owned(), sorted.unwrap_or(message).into());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(group: &str, fields: &[&str]) -> Value {
        let causes: Vec<Value> =
            fields.iter().map(|field| json!({"field": field, "message": "Required value"})).collect();
        let texts: Vec<String> = fields.iter().map(|field| format!("{field}: Required value")).collect();
        let message = format!("X is invalid: [{}]", texts.join(", "));
        json!({"reason": "Invalid", "message": message, "details": {"group": group, "causes": causes}})
    }

    #[test]
    fn refusals_by_a_schema_have_no_order() {
        let sorted = |group, fields| canonical(&refusal(group, fields));
        assert_eq!(sorted("x.example.com", &["a", "b"]), sorted("x.example.com", &["b", "a"]));
        assert_ne!(sorted("x.example.com", &["a", "b"]), sorted("x.example.com", &["c", "a"]));
        assert_ne!(sorted("apps", &["a", "b"]), sorted("apps", &["b", "a"]));
    }

    #[test]
    fn a_message_that_is_not_made_of_its_causes_is_compared_as_it_is() {
        let mut odd = refusal("x.example.com", &["b", "a"]);
        odd["message"] = "something else".into();
        assert_eq!(canonical(&odd)["message"], "something else");
    }
}
