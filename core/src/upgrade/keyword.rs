//! Pure: what a changed keyword of a schema means.

use serde_json::Value;

use super::change::Severity::{self, Breaking, Risky, Safe};
use super::definition::{Notes, missing, shown};

/// Compares the keywords of two schemas of the same type, but for those that hold schemas.
pub(super) fn compare(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    for (keyword, words, what) in [
        ("minimum", "the minimum", "smaller numbers are refused"),
        ("minLength", "the least length", "shorter strings are refused"),
        ("minItems", "the least number of items", "shorter lists are refused"),
        ("minProperties", "the least number of entries", "smaller maps are refused"),
        ("maximum", "the maximum", "greater numbers are refused"),
        ("maxLength", "the greatest length", "longer strings are refused"),
        ("maxItems", "the greatest number of items", "longer lists are refused"),
        ("maxProperties", "the greatest number of entries", "greater maps are refused"),
    ] {
        bound(path, words, what, keyword.starts_with("max"), (old.get(keyword), new.get(keyword)), notes);
    }
    for (keyword, words) in [("exclusiveMinimum", "the minimum"), ("exclusiveMaximum", "the maximum")] {
        match (old[keyword] == true, new[keyword] == true) {
            (false, true) => notes.add(Breaking, path, format!("{words} itself is refused now")),
            (true, false) => notes.add(Safe, path, format!("{words} itself is allowed now")),
            _ => {}
        }
    }
    multiple(path, old.get("multipleOf"), new.get("multipleOf"), notes);
    restrictions(path, old, new, notes);
    format(path, old["format"].as_str(), new["format"].as_str(), notes);
    values(path, old.get("enum"), new.get("enum"), notes);
    flags(path, old, new, notes);
    topology(path, old, new, notes);
    rules(path, &old["x-kubernetes-validations"], &new["x-kubernetes-validations"], notes);
    let documentation = ["description", "title", "example", "externalDocs"];
    if documentation.iter().any(|keyword| old.get(keyword) != new.get(keyword)) {
        notes.add(Safe, if path.is_empty() { "." } else { path }, "the documentation has changed");
    }
}

fn bound(
    path: &str,
    words: &str,
    refused: &str,
    is_upper: bool,
    (old, new): (Option<&Value>, Option<&Value>),
    notes: &mut Notes<'_>,
) {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    let (before, after) = (number(old), number(new));
    if before == after {
        return;
    }
    let text = match (before, after) {
        (None, _) => format!("{words} {} is new", shown(new)),
        (_, None) => format!("{words} {} is gone", shown(old)),
        _ => format!("{words} is {} and was {}", shown(new), shown(old)),
    };
    let tighter = match (before, after) {
        (None, _) => true,
        (_, None) => false,
        (Some(before), Some(after)) => (after < before) == is_upper,
    };
    if tighter {
        notes.add(Breaking, path, format!("{text}: {refused}"));
    } else {
        notes.add(Safe, path, text);
    }
}

fn multiple(path: &str, old: Option<&Value>, new: Option<&Value>, notes: &mut Notes<'_>) {
    match (old.and_then(Value::as_f64), new.and_then(Value::as_f64)) {
        (before, after) if before == after => {}
        (Some(_), None) => notes.add(Safe, path, "the number may be any now, not only a multiple"),
        (Some(before), Some(after)) if before % after == 0.0 => {
            notes.add(Safe, path, format!("the number may be any multiple of {} now", shown(new)));
        }
        _ => notes.add(Breaking, path, format!("the number must be a multiple of {} now", shown(new))),
    }
}

/// Keywords of which nothing is known but that they refuse something.
fn restrictions(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    for keyword in ["pattern", "allOf", "anyOf", "oneOf", "not"] {
        let shown = |value: &Value| if keyword == "pattern" { shown(Some(value)) } else { String::new() };
        match (old.get(keyword), new.get(keyword)) {
            (before, after) if before == after => {}
            (None, Some(after)) => {
                let text = format!("`{keyword}` {} is new: what does not fit it is refused", shown(after));
                notes.add(Breaking, path, text.replace("  ", " "));
            }
            (Some(_), None) => notes.add(Safe, path, format!("`{keyword}` is gone")),
            (Some(before), Some(after)) if keyword == "pattern" => {
                let (before, after) = (shown(before), shown(after));
                let text =
                    format!("the pattern is {after} and was {before}: what fits the old one may be refused");
                notes.add(Risky, path, text);
            }
            _ => notes.add(
                Risky,
                path,
                format!("`{keyword}` is another: what fits the old one may be refused"),
            ),
        }
    }
}

fn format(path: &str, old: Option<&str>, new: Option<&str>, notes: &mut Notes<'_>) {
    match (old, new) {
        (before, after) if before == after => {}
        (_, Some("int32")) => {
            notes.add(Breaking, path, "the format is `int32` now: greater numbers are refused")
        }
        (Some("int32"), _) => {
            notes.add(Risky, path, "the format is not `int32` any more: clients may read greater numbers")
        }
        (Some(before), None) => notes.add(Safe, path, format!("the format `{before}` is gone")),
        (None, Some("int64" | "float" | "double")) => {
            notes.add(Safe, path, "the format of numbers has a name now")
        }
        (_, Some(after)) => {
            notes.add(Risky, path, format!("the format is `{after}` now: what does not fit it is refused"));
        }
        (None, None) => {}
    }
}

fn values(path: &str, old: Option<&Value>, new: Option<&Value>, notes: &mut Notes<'_>) {
    match (old, new) {
        (None, Some(after)) => {
            notes.add(
                Breaking,
                path,
                format!("only {} are allowed now: other values are refused", list(after)),
            );
        }
        (Some(_), None) => notes.add(Risky, path, "any value is allowed now: clients may not know it"),
        (Some(before), Some(after)) => {
            for gone in missing(before, after) {
                notes.add(Breaking, path, format!("the value {} is gone: it is refused", shown(Some(gone))));
            }
            for added in missing(after, before) {
                notes.add(
                    Risky,
                    path,
                    format!("the value {} is new: clients may not know it", shown(Some(added))),
                );
            }
        }
        (None, None) => {}
    }
}

fn list(values: &Value) -> String {
    let values: Vec<_> = values.as_array().into_iter().flatten().map(|value| shown(Some(value))).collect();
    values.join(", ")
}

fn flags(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    let mut flag = |keyword: &str, set: (Severity, &str), unset: (Severity, &str)| {
        let (severity, text) = match (old[keyword] == true, new[keyword] == true) {
            (false, true) => set,
            (true, false) => unset,
            _ => return,
        };
        notes.add(severity, path, text);
    };
    flag(
        "nullable",
        (Risky, "null is a value now: clients may not expect it"),
        (Breaking, "null is no value any more: where it is stored it is lost"),
    );
    flag(
        "x-kubernetes-preserve-unknown-fields",
        (Safe, "unknown fields are kept now"),
        (Breaking, "unknown fields are not kept any more: they are lost"),
    );
    flag(
        "x-kubernetes-embedded-resource",
        (Breaking, "it must be a whole object now, with `apiVersion` and `kind`"),
        (Risky, "it need not be a whole object any more: clients may not expect it"),
    );
}

/// Who owns what under server-side apply, and what may be there twice.
fn topology(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    let list = |schema: &Value| schema["x-kubernetes-list-type"].as_str().unwrap_or("atomic").to_owned();
    let (before, after) = (list(old), list(new));
    if before != after {
        let (severity, follows) = if after == "atomic" {
            (Risky, "appliers of parts of it take it from each other")
        } else {
            (Breaking, "items that are there twice are refused")
        };
        notes.add(severity, path, format!("the list is `{after}` and was `{before}`: {follows}"));
    } else if old["x-kubernetes-list-map-keys"] != new["x-kubernetes-list-map-keys"] {
        let keys = shown(Some(&new["x-kubernetes-list-map-keys"]));
        notes.add(
            Breaking,
            path,
            format!("the keys of the list are {keys} now: items that are there twice are refused"),
        );
    }
    let map = |schema: &Value| schema["x-kubernetes-map-type"].as_str().unwrap_or("granular").to_owned();
    let (before, after) = (map(old), map(new));
    if before != after {
        notes.add(
            Risky,
            path,
            format!("it is `{after}` and was `{before}`: who owns it under apply changes"),
        );
    }
}

fn rules(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    let path = if path.is_empty() { "." } else { path };
    let list = |rules: &Value| rules.as_array().cloned().unwrap_or_default();
    let (before, after) = (list(old), list(new));
    for rule in &after {
        match before.iter().find(|other| other["rule"] == rule["rule"]) {
            None => {
                let text =
                    format!("the rule {} is new: what breaks it is refused", shown(Some(&rule["rule"])));
                notes.add(Breaking, path, text);
            }
            Some(other) if other["optionalOldSelf"] != rule["optionalOldSelf"] => {
                let text = format!("the rule {} runs at other times now", shown(Some(&rule["rule"])));
                notes.add(Risky, path, text);
            }
            Some(other) if other != rule => {
                notes.add(Safe, path, format!("the rule {} says other words", shown(Some(&rule["rule"]))));
            }
            Some(_) => {}
        }
    }
    for rule in before.iter().filter(|rule| !after.iter().any(|other| other["rule"] == rule["rule"])) {
        notes.add(Safe, path, format!("the rule {} is gone", shown(Some(&rule["rule"]))));
    }
}
