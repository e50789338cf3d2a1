//! Pure: what differs between two definitions outside of their schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{CrdChange, Severity};
use super::normal::normal;
use super::schema;
use crate::crd::CustomResourceDefinition;
use Severity::{Breaking, Risky, Safe};

/// Where changes are noted: all versions or one.
pub(super) struct Notes<'a> {
    pub(super) version: Option<&'a str>,
    pub(super) changes: &'a mut Vec<CrdChange>,
}

impl Notes<'_> {
    pub(super) fn add(&mut self, severity: Severity, path: &str, message: impl Into<String>) {
        self.changes.push(CrdChange {
            version: self.version.map(str::to_owned),
            path: path.to_owned(),
            severity,
            message: message.into(),
        });
    }
}

pub(super) fn compare(
    old: &CustomResourceDefinition,
    new: &CustomResourceDefinition,
    changes: &mut Vec<CrdChange>,
) {
    let stored = old.status.as_ref().and_then(|status| status.stored_versions.clone());
    let (old, new) = (normal(&old.spec), normal(&new.spec));
    let mut notes = Notes { version: None, changes };
    names(&old, &new, &mut notes);
    conversion(&old["conversion"], &new["conversion"], &mut notes);
    unconverted(&old, &new, &mut notes);
    let storage_name = |spec| find_version(spec, |version| version["storage"] == true).map(name);
    let stored = stored.unwrap_or_else(|| storage_name(&old).into_iter().map(str::to_owned).collect());
    if let (Some(before), Some(after)) = (storage_name(&old), storage_name(&new))
        && before != after
    {
        let text = format!(
            "objects are stored in {after} now, not in {before}: those that are there stay as they are until they are written again"
        );
        notes.add(Risky, "versions", text);
    }
    for before in versions(&old) {
        let name = name(before);
        let mut notes = Notes { version: Some(name), changes: &mut *notes.changes };
        match find_version(&new, |version| version["name"] == name) {
            Some(after) => version(before, after, &mut notes),
            None if stored.iter().any(|stored| stored == name) => {
                notes.add(
                    Breaking,
                    "",
                    "the version is gone, and objects may be stored in it: the server refuses this",
                );
            }
            None if before["served"] == true => {
                notes.add(Breaking, "", "the version is gone: clients that use it get 404");
            }
            None => notes.add(Safe, "", "the version is gone; it was not served"),
        }
    }
    for after in versions(&new) {
        let name = name(after);
        if find_version(&old, |version| version["name"] == name).is_none() {
            Notes { version: Some(name), changes: &mut *notes.changes }.add(Safe, "", "the version is new");
        }
    }
}

fn versions(spec: &Value) -> impl Iterator<Item = &Value> {
    spec["versions"].as_array().into_iter().flatten()
}

fn find_version(spec: &Value, is: impl Fn(&Value) -> bool) -> Option<&Value> {
    versions(spec).find(|version| is(version))
}

fn name(version: &Value) -> &str {
    version["name"].as_str().unwrap_or_default()
}

fn names(old: &Value, new: &Value, notes: &mut Notes<'_>) {
    let refused = "the server refuses to change it";
    for (path, severity, follows) in [
        ("/group", Breaking, refused),
        ("/scope", Breaking, refused),
        ("/names/kind", Breaking, refused),
        ("/names/plural", Breaking, refused),
        ("/names/listKind", Risky, "clients that look at the kind of lists fail"),
        ("/names/singular", Risky, "commands that use the old one fail"),
    ] {
        let (before, after) = (old.pointer(path), new.pointer(path));
        if before != after {
            let text = format!("it is {} and was {}: {follows}", shown(after), shown(before));
            notes.add(severity, &path.trim_start_matches('/').replace('/', "."), text);
        }
    }
    for (path, follows) in
        [("shortNames", "commands that use it fail"), ("categories", "the kind is not listed with it")]
    {
        let place = format!("names.{path}");
        let (before, after) = (&old["names"][path], &new["names"][path]);
        for gone in missing(before, after) {
            notes.add(Risky, &place, format!("{} is gone: {follows}", shown(Some(gone))));
        }
        for added in missing(after, before) {
            notes.add(Safe, &place, format!("{} is new", shown(Some(added))));
        }
    }
}

fn conversion(old: &Value, new: &Value, notes: &mut Notes<'_>) {
    match (old["strategy"].as_str(), new["strategy"].as_str()) {
        (before, after) if before != after => {
            let follows = if after == Some("Webhook") {
                "objects are converted by a webhook now, which must be there"
            } else {
                "objects are not converted any more: fields that a version lacks are lost"
            };
            notes.add(if after == Some("Webhook") { Risky } else { Breaking }, "conversion", follows);
        }
        _ if old == new => {}
        _ if without_certificates(old) == without_certificates(new) => {
            notes.add(Safe, "conversion", "the webhook has other certificates");
        }
        _ => notes.add(Risky, "conversion", "the webhook is another one, which must be there"),
    }
}

fn without_certificates(conversion: &Value) -> Value {
    let mut conversion = conversion.clone();
    if let Some(config) = conversion.pointer_mut("/webhook/clientConfig").and_then(Value::as_object_mut) {
        config.remove("caBundle");
    }
    conversion
}

/// Without a webhook the server gives an object of one version for one of the other: what the other lacks is lost.
fn unconverted(old: &Value, new: &Value, notes: &mut Notes<'_>) {
    if new["conversion"]["strategy"] == "Webhook" {
        return;
    }
    let Some(storage) = find_version(new, |version| version["storage"] == true) else { return };
    for other in versions(new).filter(|version| version["storage"] != true) {
        let was = |version: &Value| find_version(old, |old| old["name"] == version["name"]);
        let before = was(storage).zip(was(other)).map(|(storage, other)| clashes(storage, other));
        let before = before.unwrap_or_default();
        let mut paths = clashes(storage, other);
        paths.retain(|path| !before.contains(path));
        if !paths.is_empty() {
            let (storage, other) = (name(storage), name(other));
            let paths = paths.into_iter().collect::<Vec<_>>().join("`, `");
            let text =
                format!("{other} and {storage} differ in `{paths}`, and no webhook converts between them");
            notes.add(Breaking, "conversion", text);
        }
    }
}

/// Where an object of one of two versions is none of the other.
fn clashes(one: &Value, other: &Value) -> BTreeSet<String> {
    let mut changes = Vec::new();
    for (from, to) in [(one, other), (other, one)] {
        let mut notes = Notes { version: None, changes: &mut changes };
        schema::compare("", &schema_of(from), &schema_of(to), &mut notes);
    }
    changes.into_iter().filter(|change| change.severity == Breaking).map(|change| change.path).collect()
}

fn schema_of(version: &Value) -> Value {
    version["schema"]["openAPIV3Schema"].clone()
}

fn version(old: &Value, new: &Value, notes: &mut Notes<'_>) {
    match (old["served"] == true, new["served"] == true) {
        (true, false) => {
            notes.add(Breaking, "", "the version is not served any more: clients that use it get 404")
        }
        (false, true) => notes.add(Safe, "", "the version is served now"),
        _ => {}
    }
    match (old["deprecated"] == true, new["deprecated"] == true) {
        (false, true) => notes.add(Safe, "", "the version is deprecated now: clients are warned"),
        (true, false) => notes.add(Safe, "", "the version is not deprecated any more"),
        _ if old["deprecationWarning"] != new["deprecationWarning"] => {
            notes.add(Safe, "", "the deprecation warning has another text");
        }
        _ => {}
    }
    subresources(&old["subresources"], &new["subresources"], notes);
    columns(&old["additionalPrinterColumns"], &new["additionalPrinterColumns"], notes);
    let (before, after) = (&old["selectableFields"], &new["selectableFields"]);
    for gone in missing(before, after) {
        let text =
            format!("{} is gone: field selectors that name it are refused", shown(Some(&gone["jsonPath"])));
        notes.add(Breaking, "selectableFields", text);
    }
    for added in missing(after, before) {
        notes.add(Safe, "selectableFields", format!("{} is new", shown(Some(&added["jsonPath"]))));
    }
    schema::compare("", &schema_of(old), &schema_of(new), notes);
}

fn subresources(old: &Value, new: &Value, notes: &mut Notes<'_>) {
    match (old.get("status").is_some(), new.get("status").is_some()) {
        (false, true) => notes.add(
            Breaking,
            "subresources.status",
            "the subresource is new: a status in a write of the whole object is ignored now",
        ),
        (true, false) => {
            notes.add(Breaking, "subresources.status", "the subresource is gone: its requests get 404")
        }
        _ => {}
    }
    match (old.get("scale"), new.get("scale")) {
        (None, Some(_)) => notes.add(Safe, "subresources.scale", "the subresource is new"),
        (Some(_), None) => {
            notes.add(Breaking, "subresources.scale", "the subresource is gone: its requests get 404")
        }
        (Some(before), Some(after)) if before != after => {
            notes.add(
                Risky,
                "subresources.scale",
                "its paths are others: scaling reads and writes other fields",
            );
        }
        _ => {}
    }
}

fn columns(old: &Value, new: &Value, notes: &mut Notes<'_>) {
    if old != new {
        notes.add(Safe, "additionalPrinterColumns", "the columns of `kubectl get` are others");
    }
}

/// The items of a list that are not in another.
pub(super) fn missing<'a>(from: &'a Value, other: &Value) -> Vec<&'a Value> {
    let others = other.as_array().map(Vec::as_slice).unwrap_or_default();
    from.as_array().into_iter().flatten().filter(|item| !others.contains(item)).collect()
}

/// A value in backticks, or `nothing`.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) => format!("`{text}`"),
        Some(Value::Number(number)) => {
            let text = number.to_string();
            format!("`{}`", text.strip_suffix(".0").unwrap_or(&text))
        }
        Some(value) => format!("`{value}`"),
    }
}
