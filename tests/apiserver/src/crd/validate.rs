//! Pure: whether a definition may be stored.

use serde_json::Value;

use crate::crd::approval::{self, Approval};
use crate::crd::columns;
use crate::crd::conversion;
use crate::meta;
use crate::names;
use crate::schema::field_error::FieldError;
use crate::schema::node::strings;
use crate::schema::structural;

type Errors = Vec<FieldError>;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The versions of a definition.
pub(crate) fn versions(definition: &Value) -> &[Value] {
    definition["spec"]["versions"].as_array().map_or(&[], Vec::as_slice)
}

/// Everything that is wrong with `definition`; `old` is what it replaces.
pub(crate) fn validate(definition: &Value, old: Option<&Value>) -> Errors {
    let mut errors = Errors::new();
    let spec = &definition["spec"];
    let wanted = format!("{}.{}", text(&spec["names"], "plural"), text(spec, "group"));
    if meta::text(definition, "name") != wanted {
        let why = "must be spec.names.plural+\".\"+spec.group";
        errors.push(FieldError::invalid("metadata.name", meta::text(definition, "name"), why));
    }
    check_group(spec, &mut errors);
    check_names(spec, &mut errors);
    match text(spec, "scope") {
        "Namespaced" | "Cluster" => {}
        "" => errors.push(FieldError::required("spec.scope", "")),
        other => {
            let supported = ["Cluster".to_owned(), "Namespaced".to_owned()];
            errors.push(FieldError::not_supported("spec.scope", other, &supported));
        }
    }
    if spec.get("preserveUnknownFields") == Some(&Value::Bool(true)) {
        let why = "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";
        errors.push(FieldError::invalid("spec.preserveUnknownFields", true, why));
    }
    conversion::check(spec, &mut errors);
    check_approval(definition, old, &mut errors);
    check_versions(definition, &mut errors);
    if let Some(old) = old {
        check_update(definition, old, &mut errors);
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
    let names = &spec["names"];
    for name in ["plural", "singular", "kind", "listKind"] {
        let value = text(names, name);
        let path = format!("spec.names.{name}");
        if value.is_empty() {
            errors.push(FieldError::required(&path, ""));
            continue;
        }
        let mixed = matches!(name, "kind" | "listKind");
        let judged = if mixed { value.to_lowercase() } else { value.to_owned() };
        if let Err(why) = names::check_dns1035(&judged) {
            let why =
                if mixed { format!("may have mixed case, but should otherwise match: {why}") } else { why };
            errors.push(FieldError::invalid(&path, value, why));
        }
    }
    if text(names, "kind") == text(names, "listKind") && !text(names, "kind").is_empty() {
        let why = "kind and listKind may not be the same";
        errors.push(FieldError::invalid("spec.names.listKind", text(names, "listKind"), why));
    }
    for list in ["shortNames", "categories"] {
        for (index, name) in strings(names.get(list)).iter().enumerate() {
            if let Err(why) = names::check_dns1035(name) {
                errors.push(FieldError::invalid(&format!("spec.names.{list}[{index}]"), name.as_str(), why));
            }
        }
    }
}

fn check_versions(definition: &Value, errors: &mut Errors) {
    let versions = versions(definition);
    let shown = || definition["spec"]["versions"].clone();
    for (index, version) in versions.iter().enumerate() {
        let path = format!("spec.versions[{index}]");
        if let Err(why) = names::check_dns1035(text(version, "name")) {
            errors.push(FieldError::invalid(&format!("{path}.name"), text(version, "name"), why));
        }
        check_deprecation(version, &path, errors);
        let Some(schema) = version.get("schema").and_then(|schema| schema.get("openAPIV3Schema")) else {
            errors.push(FieldError::required(&format!("{path}.schema.openAPIV3Schema"), ""));
            continue;
        };
        // A schema that all versions share is checked as one at the top.
        let shared = versions.iter().all(|other| other.get("schema") == version.get("schema"));
        if shared && index > 0 {
            continue;
        }
        let schema_path = if shared {
            "spec.validation.openAPIV3Schema".to_owned()
        } else {
            format!("{path}.schema.openAPIV3Schema")
        };
        errors.extend(structural::check(schema, &schema_path));
        check_status_root(version, schema, &schema_path, errors);
    }
    for (index, version) in versions.iter().enumerate() {
        let path = if versions.len() == 1 { "spec".to_owned() } else { format!("spec.versions[{index}]") };
        columns::check(version, &path, errors);
    }
    let mut names: Vec<&str> = versions.iter().map(|version| text(version, "name")).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        errors.push(FieldError::invalid("spec.versions", shown(), "must contain unique version names"));
    }
    let storage =
        versions.iter().filter(|version| version.get("storage") == Some(&Value::Bool(true))).count();
    if storage != 1 {
        let why = "must have exactly one version marked as storage version";
        errors.push(FieldError::invalid("spec.versions", shown(), why));
    }
}

fn check_deprecation(version: &Value, path: &str, errors: &mut Errors) {
    const LONGEST: usize = 256;
    let Some(warning) = version.get("deprecationWarning").and_then(Value::as_str) else {
        return;
    };
    let path = format!("{path}.deprecationWarning");
    let mut wrong = |why: String| errors.push(FieldError::invalid(&path, warning, why));
    if version.get("deprecated") != Some(&Value::Bool(true)) {
        wrong("can only be set for deprecated versions".to_owned());
        return;
    }
    if warning.len() > LONGEST {
        wrong(format!("must be <= {LONGEST} characters long"));
    }
    if warning.is_empty() {
        wrong("must not be an empty string".to_owned());
    }
    // Control characters, and the spaces that show nothing.
    let is_hidden =
        |c: char| c.is_control() || (c != ' ' && c.is_whitespace()) || ('\u{200b}'..='\u{200f}').contains(&c);
    if let Some((index, _)) = warning.char_indices().find(|(_, c)| is_hidden(*c)) {
        wrong(format!(
            "must only contain printable UTF-8 characters; non-printable character found at index {index}"
        ));
    }
}

/// With the status subresource, the root of the schema may hold only some keywords.
fn check_status_root(version: &Value, schema: &Value, path: &str, errors: &mut Errors) {
    const NEVER: [&str; 10] = [
        "oneOf",
        "anyOf",
        "allOf",
        "not",
        "enum",
        "default",
        "minProperties",
        "maxProperties",
        "$schema",
        "x-kubernetes-map-type",
    ];
    if version.get("subresources").and_then(|subresources| subresources.get("status")).is_none() {
        return;
    }
    if NEVER.iter().any(|word| schema.get(word).is_some()) {
        let allowed = "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";
        let why = format!(
            "only {allowed} fields are allowed at the root of the schema if the status subresource is enabled"
        );
        errors.push(FieldError::invalid(path, "", why));
    }
}

fn check_update(definition: &Value, old: &Value, errors: &mut Errors) {
    let spec = &definition["spec"];
    let before = &old["spec"];
    let established = old["status"]["conditions"].as_array().is_some_and(|conditions| {
        conditions.iter().any(|condition| condition["type"] == "Established" && condition["status"] == "True")
    });
    let mut immutable = |path: &str, new: &Value, old: &Value| {
        if new != old {
            errors.push(FieldError::invalid(path, new.clone(), "field is immutable"));
        }
    };
    immutable("spec.group", &spec["group"], &before["group"]);
    immutable("spec.names.plural", &spec["names"]["plural"], &before["names"]["plural"]);
    if established {
        immutable("spec.scope", &spec["scope"], &before["scope"]);
        immutable("spec.names.kind", &spec["names"]["kind"], &before["names"]["kind"]);
    }
    for (index, stored) in strings(old["status"].get("storedVersions")).iter().enumerate() {
        if !versions(definition).iter().any(|version| text(version, "name") == stored) {
            let why = format!(
                "missing from spec.versions; {stored} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {stored} and removes {stored} from status.storedVersions"
            );
            errors.push(FieldError::invalid(
                &format!("status.storedVersions[{index}]"),
                stored.as_str(),
                why,
            ));
        }
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
        for (pointer, value, field) in [
            ("/metadata/name", json!("x"), "metadata.name"),
            ("/spec/scope", json!("namespaced"), "spec.scope"),
            ("/spec/names/kind", json!("Web_site"), "spec.names.kind"),
            ("/spec/versions/0/name", json!("1"), "spec.versions[0].name"),
            ("/spec/versions/0/storage", json!(false), "spec.versions"),
            (
                "/spec/versions/0/schema/openAPIV3Schema/properties/spec",
                json!({}),
                "spec.validation.openAPIV3Schema.properties[spec].type",
            ),
        ] {
            let mut definition = website();
            *definition.pointer_mut(pointer).unwrap() = value;
            assert_eq!(fields(&definition, None), [field]);
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
