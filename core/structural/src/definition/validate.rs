//! Pure: whether a definition may be stored.

use serde_json::Value;

use crate::definition::approval::{self, Approval};
use crate::definition::conversion;
use crate::definition::dump;
use crate::definition::version_rules::{Parts, check_deprecation, check_parts, check_schema, has_status};
use crate::definition::{text, versions};
use crate::field_error::FieldError;
use crate::metadata;
use crate::names;
use crate::node::strings;

type Errors = Vec<FieldError>;

/// Everything that is wrong with `definition`; `old` is what it replaces.
pub fn validate(definition: &Value, old: Option<&Value>) -> Errors {
    let mut errors = Errors::new();
    let spec = &definition["spec"];
    let wanted = format!("{}.{}", text(&spec["names"], "plural"), text(spec, "group"));
    if old.is_none() && metadata::text(definition, "name") != wanted {
        let why = "must be spec.names.plural+\".\"+spec.group";
        errors.push(FieldError::invalid("metadata.name", metadata::text(definition, "name"), why));
    }
    check_group(spec, &mut errors);
    match text(spec, "scope") {
        "Namespaced" | "Cluster" => {}
        "" => errors.push(FieldError::required("spec.scope", "")),
        other => {
            let supported = ["Cluster".to_owned(), "Namespaced".to_owned()];
            errors.push(FieldError::not_supported("spec.scope", other, &supported));
        }
    }
    check_versions(definition, &mut errors);
    check_names(spec, &mut errors);
    check_shared(definition, &mut errors);
    conversion::check(spec, &mut errors);
    if let Some(old) = old {
        check_identity(spec, old, &mut errors);
    }
    check_stored(definition, old, &mut errors);
    check_approval(definition, old, &mut errors);
    if spec.get("preserveUnknownFields") == Some(&Value::Bool(true)) {
        let why = "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";
        errors.push(FieldError::invalid("spec.preserveUnknownFields", true, why));
    }
    errors
}

fn check_group(spec: &Value, errors: &mut Errors) {
    let group = text(spec, "group");
    if group.is_empty() {
        errors.push(FieldError::required("spec.group", ""));
    } else if let Err(why) = names::check_subdomain(group) {
        errors.push(FieldError::invalid("spec.group", group, why));
    } else if !group.contains('.') {
        errors.push(FieldError::invalid("spec.group", group, "should be a domain with at least one dot"));
    }
}

/// A group of the Kubernetes community needs its approval when the definition is made, or the annotation changes.
fn check_approval(definition: &Value, old: Option<&Value>, errors: &mut Errors) {
    let given = approval::annotation(definition);
    if !approval::is_protected(text(&definition["spec"], "group"))
        || old.is_some_and(|old| approval::annotation(old) == given)
    {
        return;
    }
    let path = format!("metadata.annotations[{}]", approval::ANNOTATION);
    match approval::state(given) {
        (Approval::Missing, why) => errors.push(FieldError::required(&path, why)),
        (Approval::Invalid, why) => errors.push(FieldError::invalid(&path, given, why)),
        (Approval::Bypassed | Approval::Approved, _) => {}
    }
}

fn check_names(spec: &Value, errors: &mut Errors) {
    const NAMES: [&str; 4] = ["plural", "singular", "kind", "listKind"];
    let names = &spec["names"];
    for name in NAMES.iter().filter(|name| text(names, name).is_empty()) {
        errors.push(FieldError::required(&format!("spec.names.{name}"), ""));
    }
    for name in NAMES.iter().filter(|name| !text(names, name).is_empty()) {
        let value = text(names, name);
        let mixed = matches!(*name, "kind" | "listKind");
        let judged = if mixed { value.to_lowercase() } else { value.to_owned() };
        if let Err(why) = names::check_dns1035(&judged) {
            let why =
                if mixed { format!("may have mixed case, but should otherwise match: {why}") } else { why };
            errors.push(FieldError::invalid(&format!("spec.names.{name}"), value, why));
        }
    }
    for list in ["shortNames", "categories"] {
        if list == "categories"
            && text(names, "kind") == text(names, "listKind")
            && !text(names, "kind").is_empty()
        {
            let why = "kind and listKind may not be the same";
            errors.push(FieldError::invalid("spec.names.listKind", text(names, "listKind"), why));
        }
        for (index, name) in strings(names.get(list)).iter().enumerate() {
            if let Err(why) = names::check_dns1035(name) {
                errors.push(FieldError::invalid(&format!("spec.names.{list}[{index}]"), name.as_str(), why));
            }
        }
    }
}

fn schema_of(version: &Value) -> Option<&Value> {
    version.get("schema").and_then(|schema| schema.get("openAPIV3Schema")).filter(|schema| !schema.is_null())
}

fn check_versions(definition: &Value, errors: &mut Errors) {
    let versions = versions(definition);
    let shared = Parts::shared(versions);
    for (index, _) in versions.iter().enumerate().filter(|(_, version)| schema_of(version).is_none()) {
        errors.push(FieldError::required(&format!("spec.versions[{index}].schema.openAPIV3Schema"), ""));
    }
    for (index, version) in versions.iter().enumerate() {
        let path = format!("spec.versions[{index}]");
        if let Err(why) = names::check_dns1035(text(version, "name")) {
            errors.push(FieldError::invalid(&format!("{path}.name"), text(version, "name"), why));
        }
        check_deprecation(version, &path, errors);
        if let Some(schema) = schema_of(version).filter(|_| !shared.schema) {
            check_schema(schema, &format!("{path}.schema"), has_status(version), errors);
        }
        check_parts(version, &path, shared.others(), errors);
    }
    let shown = || match definition["spec"].get("versions") {
        Some(Value::Array(_)) => dump::versions(versions, shared),
        _ => "null".to_owned(),
    };
    let mut names: Vec<&str> = versions.iter().map(|version| text(version, "name")).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        errors.push(FieldError::invalid_as("spec.versions", shown(), "must contain unique version names"));
    }
    let storage =
        versions.iter().filter(|version| version.get("storage") == Some(&Value::Bool(true))).count();
    if storage != 1 {
        let why = "must have exactly one version marked as storage version";
        errors.push(FieldError::invalid_as("spec.versions", shown(), why));
    }
    // Inside, the first version stands at the top as well.
    if let Some(first) = versions.first().map(|version| text(version, "name")).filter(|name| !name.is_empty())
        && let Err(why) = names::check_dns1035(first)
    {
        errors.push(FieldError::invalid("spec.version", first, why));
    }
}

/// The parts that all versions have in common are checked as one at the top.
fn check_shared(definition: &Value, errors: &mut Errors) {
    let versions = versions(definition);
    let shared = Parts::shared(versions);
    let Some(version) = versions.first() else {
        return;
    };
    if let Some(schema) = schema_of(version).filter(|_| shared.schema) {
        check_schema(schema, "spec.validation", versions.iter().any(has_status), errors);
    }
    check_parts(version, "spec", shared, errors);
}

fn is_established(definition: &Value) -> bool {
    let conditions = definition["status"]["conditions"].as_array().into_iter().flatten();
    conditions
        .into_iter()
        .any(|condition| condition["type"] == "Established" && condition["status"] == "True")
}

fn check_identity(spec: &Value, old: &Value, errors: &mut Errors) {
    let before = &old["spec"];
    let mut immutable = |path: &str, new: &Value, old: &Value| {
        if new != old {
            errors.push(FieldError::invalid(path, new.clone(), "field is immutable"));
        }
    };
    if is_established(old) {
        immutable("spec.scope", &spec["scope"], &before["scope"]);
        immutable("spec.names.kind", &spec["names"]["kind"], &before["names"]["kind"]);
    }
    immutable("spec.group", &spec["group"], &before["group"]);
    immutable("spec.names.plural", &spec["names"]["plural"], &before["names"]["plural"]);
}

/// The versions in which objects are stored, the one that becomes so included.
fn check_stored(definition: &Value, old: Option<&Value>, errors: &mut Errors) {
    const PATH: &str = "status.storedVersions";
    let mut stored = old.map(|old| strings(old["status"].get("storedVersions"))).unwrap_or_default();
    let storage = versions(definition).iter().find(|version| version["storage"] == true);
    if let Some(name) = storage.map(|version| text(version, "name"))
        && !stored.iter().any(|known| known == name)
    {
        stored.push(name.to_owned());
    }
    if stored.is_empty() {
        let why = "must have at least one stored version";
        errors.push(FieldError::invalid(PATH, Value::Null, why));
        return;
    }
    let mut left: Vec<Option<&String>> = stored.iter().map(Some).collect();
    for version in versions(definition) {
        let name = text(version, "name");
        let known = left.iter_mut().find(|known| known.is_some_and(|known| known == name));
        match known {
            Some(known) => *known = None,
            None if version["storage"] == true => {
                let why = format!("must have the storage version {name}");
                errors.push(FieldError::invalid(PATH, Value::from(stored.clone()), why));
            }
            None => {}
        }
    }
    for (index, stored) in left.into_iter().enumerate().filter_map(|(index, left)| Some((index, left?))) {
        let why = format!(
            "missing from spec.versions; {stored} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {stored} and removes {stored} from status.storedVersions"
        );
        errors.push(FieldError::invalid(&format!("{PATH}[{index}]"), stored.as_str(), why));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn website() -> Value {
        json!({
            "metadata": {"name": "websites.example.com"},
            "spec": {
                "group": "example.com",
                "scope": "Namespaced",
                "names": {"plural": "websites", "singular": "website", "kind": "Website", "listKind": "WebsiteList"},
                "versions": [{"name": "v1", "served": true, "storage": true,
                    "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object"}}}}}],
            },
        })
    }

    fn fields(definition: &Value, old: Option<&Value>) -> Vec<String> {
        validate(definition, old).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_good_definition_passes_and_each_mistake_has_its_field() {
        assert_eq!(fields(&website(), None), Vec::<String>::new());
        for (pointer, value, wrong) in [
            ("/metadata/name", json!("x"), &["metadata.name"][..]),
            ("/spec/scope", json!("namespaced"), &["spec.scope"]),
            ("/spec/names/kind", json!("Web_site"), &["spec.names.kind"]),
            ("/spec/versions/0/name", json!("1"), &["spec.versions[0].name", "spec.version"]),
            ("/spec/versions/0/storage", json!(false), &["spec.versions", "status.storedVersions"]),
            (
                "/spec/versions/0/schema/openAPIV3Schema/properties/spec",
                json!({}),
                &["spec.validation.openAPIV3Schema.properties[spec].type"],
            ),
        ] {
            let mut definition = website();
            *definition.pointer_mut(pointer).unwrap() = value;
            assert_eq!(fields(&definition, None), wrong);
        }
    }

    #[test]
    fn identity_cannot_change_once_it_is_established() {
        let mut old = website();
        old["status"] =
            json!({"conditions": [{"type": "Established", "status": "True"}], "storedVersions": ["v1"]});
        let mut new = website();
        new["spec"]["scope"] = "Cluster".into();
        assert_eq!(fields(&new, Some(&old)), ["spec.scope"]);
    }
}
