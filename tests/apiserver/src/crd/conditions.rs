//! Pure: the conditions of a definition.

use serde_json::{Value, json};

/// The condition of this type, if there is one.
fn find<'a>(definition: &'a Value, kind: &str) -> Option<&'a Value> {
    let conditions = definition.get("status")?.get("conditions")?.as_array()?;
    conditions.iter().find(|condition| condition["type"] == kind)
}

pub(crate) fn is_true(definition: &Value, kind: &str) -> bool {
    find(definition, kind).is_some_and(|condition| condition["status"] == "True")
}

/// Whether the condition says exactly this.
pub(crate) fn says(definition: &Value, kind: &str, status: bool, reason: &str, message: &str) -> bool {
    find(definition, kind).is_some_and(|condition| {
        condition["status"] == word(status)
            && condition["reason"] == reason
            && condition["message"] == message
    })
}

fn word(status: bool) -> &'static str {
    if status { "True" } else { "False" }
}

/// Sets a condition; it keeps its time as long as it keeps its status.
pub(crate) fn set(
    definition: &mut Value,
    kind: &str,
    (status, reason, message): (bool, &str, &str),
    now: &str,
) {
    let new = json!({"type": kind, "status": word(status), "lastTransitionTime": now,
        "reason": reason, "message": message});
    if !definition["status"]["conditions"].is_array() {
        definition["status"]["conditions"] = json!([]);
    }
    let Some(conditions) = definition["status"]["conditions"].as_array_mut() else {
        return;
    };
    match conditions.iter_mut().find(|condition| condition["type"] == kind) {
        None => conditions.push(new),
        Some(old) => {
            let since = old["lastTransitionTime"].clone();
            let is_same = old["status"] == new["status"] && !since.is_null();
            *old = new;
            if is_same {
                old["lastTransitionTime"] = since;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_keeps_its_time_as_long_as_it_keeps_its_status() {
        let mut definition = json!({"status": {"conditions": null}});
        set(&mut definition, "Established", (false, "Installing", "soon"), "t1");
        set(&mut definition, "Established", (false, "Waiting", "later"), "t2");
        assert_eq!(definition["status"]["conditions"][0]["lastTransitionTime"], "t1");
        assert!(says(&definition, "Established", false, "Waiting", "later"));
        set(&mut definition, "Established", (true, "Done", "now"), "t3");
        assert_eq!(definition["status"]["conditions"][0]["lastTransitionTime"], "t3");
        assert!(is_true(&definition, "Established"));
    }
}
