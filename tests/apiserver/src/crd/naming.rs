//! Pure: which names a definition gets in its group.

use std::collections::BTreeSet;

use kubist_structural::node::strings;
use serde_json::{Value, json};

use crate::crd::conditions;

/// The names that the definitions of a group have got.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    resources: BTreeSet<String>,
    kinds: BTreeSet<String>,
}

impl Taken {
    pub(crate) fn add(&mut self, definition: &Value) {
        let names = &definition["status"]["acceptedNames"];
        let texts = |fields: [&str; 2]| {
            fields.map(|field| names[field].as_str().unwrap_or_default().to_owned()).into_iter()
        };
        self.resources.extend(texts(["plural", "singular"]));
        self.resources.extend(strings(names.get("shortNames")));
        self.kinds.extend(texts(["kind", "listKind"]));
    }
}

/// Gives the definition the names it asks for, as far as they are free, and says so in its conditions. Whether
/// anything has changed.
pub(crate) fn accept(definition: &mut Value, taken: &Taken, now: &str) -> bool {
    let wanted = definition["spec"]["names"].clone();
    let before = definition["status"]["acceptedNames"].clone();
    if wanted == before {
        return false;
    }
    let (accepted, conflict) = judge(&wanted, &before, taken);
    let (status, reason, message) = match &conflict {
        None => (true, "NoConflicts", "no conflicts found".to_owned()),
        Some((reason, message)) => (false, *reason, message.clone()),
    };
    if accepted == before && conditions::says(definition, "NamesAccepted", status, reason, &message) {
        return false;
    }
    definition["status"]["acceptedNames"] = accepted;
    conditions::set(definition, "NamesAccepted", (status, reason, &message), now);
    let is_established = conditions::is_true(definition, "Established");
    if conflict.is_none() && !is_established {
        let installing = (false, "Installing", "the initial names have been accepted");
        conditions::set(definition, "Established", installing, now);
    } else if !is_established {
        conditions::set(definition, "Established", (false, "NotAccepted", "not all names are accepted"), now);
    }
    true
}

/// The names it gets, and the last conflict.
fn judge(wanted: &Value, before: &Value, taken: &Taken) -> (Value, Option<(&'static str, String)>) {
    let mut accepted = before.clone();
    let mut conflict = None;
    let text = |names: &Value, field: &str| names[field].as_str().unwrap_or_default().to_owned();
    let used = |name: &str| format!("\"{name}\" is already in use");
    for (field, reason, names) in [
        ("plural", "PluralConflict", &taken.resources),
        ("singular", "SingularConflict", &taken.resources),
        ("shortNames", "ShortNamesConflict", &taken.resources),
        ("kind", "KindConflict", &taken.kinds),
        ("listKind", "ListKindConflict", &taken.kinds),
    ] {
        if field == "shortNames" {
            let own = strings(before.get(field));
            let mut wrong: Vec<String> = Vec::new();
            for name in strings(wanted.get(field)) {
                if !own.contains(&name) && names.contains(&name) && !wrong.contains(&used(&name)) {
                    wrong.push(used(&name));
                }
            }
            match &wrong[..] {
                [] => put(&mut accepted, wanted, field),
                [one] => conflict = Some((reason, one.clone())),
                many => conflict = Some((reason, format!("[{}]", many.join(", ")))),
            }
        } else if text(wanted, field) != text(before, field) && names.contains(&text(wanted, field)) {
            conflict = Some((reason, used(&text(wanted, field))));
        } else {
            put(&mut accepted, wanted, field);
        }
    }
    put(&mut accepted, wanted, "categories");
    (accepted, conflict)
}

fn put(accepted: &mut Value, wanted: &Value, field: &str) {
    match wanted.get(field) {
        Some(value) => accepted[field] = value.clone(),
        None => {
            if let Some(map) = accepted.as_object_mut() {
                map.remove(field);
            }
        }
    }
}

/// What a new definition has got: nothing.
pub(crate) fn none() -> Value {
    json!({"plural": "", "kind": ""})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(plural: &str, kind: &str, short: &[&str]) -> Value {
        json!({
            "spec": {"names": {"plural": plural, "singular": kind.to_lowercase(), "kind": kind,
                "listKind": format!("{kind}List"), "shortNames": short}},
            "status": {"conditions": null, "acceptedNames": none()},
        })
    }

    #[test]
    fn free_names_are_accepted_and_taken_ones_are_told() {
        let mut first = definition("webs", "Web", &["w"]);
        assert!(accept(&mut first, &Taken::default(), "t"));
        assert_eq!(first["status"]["acceptedNames"], first["spec"]["names"]);
        assert!(conditions::says(
            &first,
            "Established",
            false,
            "Installing",
            "the initial names have been accepted"
        ));

        let mut taken = Taken::default();
        taken.add(&first);
        assert!(!accept(&mut first, &taken, "t"), "its own names are no conflict");
        let mut second = definition("spiders", "Web", &["w", "x"]);
        assert!(accept(&mut second, &taken, "t"));
        assert_eq!(second["status"]["acceptedNames"], json!({"plural": "spiders", "kind": ""}));
        assert!(conditions::says(
            &second,
            "NamesAccepted",
            false,
            "ListKindConflict",
            "\"WebList\" is already in use"
        ));
        assert!(!accept(&mut second, &taken, "t"), "nothing new to say");
        assert!(accept(&mut second, &Taken::default(), "t"), "the names are free again");
        assert!(conditions::is_true(&second, "NamesAccepted"));
    }
}
