//! Pure: the names of all keys, and the nearest one to what was written.

/// The keys of `#[resource(...)]`.
pub(crate) const RESOURCE: &[&str] = &[
    "group",
    "version",
    "kind",
    "plural",
    "singular",
    "list_kind",
    "short",
    "category",
    "scope",
    "served",
    "storage",
    "deprecated",
    "annotation",
    "label",
    "scale",
    "column",
    "index",
    "selectable",
    "rule",
    "verbs",
    "skip_verbs",
    "read_only",
    "method",
    "version_unchecked",
    "serde",
    "crate",
];

/// The keys of `scale(...)`.
pub(crate) const SCALE: &[&str] = &["replicas", "ready", "selector"];

/// The keys of `column(...)`, after header and path.
pub(crate) const COLUMN: &[&str] = &["priority", "description", "format", "type"];

/// The keys of `rule(...)`, after the expression.
pub(crate) const RULE: &[&str] =
    &["message", "message_expression", "reason", "field_path", "optional_old_self"];

/// The keys of `method(...)`, after the name.
pub(crate) const METHOD: &[&str] = &["verb", "subresource", "input", "output"];

/// The verbs of `verbs(...)` and `skip_verbs(...)`.
pub(crate) const VERBS: &[&str] =
    &["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/// The keys of `#[schema(...)]` that are rules of a value: on a field, on a type, in `items(...)`, in `values(...)`.
pub(crate) const VALUE: &[&str] = &[
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusive_minimum",
    "exclusive_maximum",
    "multiple_of",
    "min_length",
    "max_length",
    "min_items",
    "max_items",
    "min_properties",
    "max_properties",
    "items",
    "values",
    "keys",
    "list",
    "map",
    "nullable",
    "preserve_unknown",
    "embedded",
    "rule",
    "title",
    "example",
    "external_docs",
];

/// The keys of `#[schema(...)]` that belong on a field.
pub(crate) const FIELD: &[&str] =
    &["key", "immutable", "with", "schemaless", "schemars", "recursion", "float"];

/// The keys of `#[schema(...)]` that belong on a type.
pub(crate) const TYPE: &[&str] = &["exactly_one_of", "at_most_one_of", "at_least_one_of", "repr", "crate"];

/// What other tools call these things.
const SYNONYMS: &[(&str, &str)] = &[
    ("additional_printer_column", "column"),
    ("at_least_one", "at_least_one_of"),
    ("at_most_one", "at_most_one_of"),
    ("categories", "category"),
    ("cel", "rule"),
    ("deprecatedversion", "deprecated"),
    ("embedded_resource", "embedded"),
    ("exactly_one", "exactly_one_of"),
    ("int_or_string", "with"),
    ("inner", "items"),
    ("json_path", "selectable"),
    ("label_selector_path", "selector"),
    ("length", "min_length"),
    ("list_map_key", "list"),
    ("list_type", "list"),
    ("listmapkey", "list"),
    ("listtype", "list"),
    ("map_type", "map"),
    ("maptype", "map"),
    ("max", "maximum"),
    ("merge_strategy", "list"),
    ("messageexpression", "message_expression"),
    ("min", "minimum"),
    ("namespaced", "scope"),
    ("optionaloldself", "optional_old_self"),
    ("path", "plural"),
    ("preserve_unknown_fields", "preserve_unknown"),
    ("preserveunknownfields", "preserve_unknown"),
    ("print_column", "column"),
    ("printcolumn", "column"),
    ("printer_column", "column"),
    ("printercolumn", "column"),
    ("pruning", "preserve_unknown"),
    ("range", "minimum"),
    ("readonly", "read_only"),
    ("regex", "pattern"),
    ("selectable_field", "selectable"),
    ("selectablefield", "selectable"),
    ("short_name", "short"),
    ("short_names", "short"),
    ("shortname", "short"),
    ("shortnames", "short"),
    ("spec_replicas_path", "replicas"),
    ("specpath", "replicas"),
    ("skipverbs", "skip_verbs"),
    ("onlyverbs", "verbs"),
    ("status_replicas_path", "ready"),
    ("statuspath", "ready"),
    ("storageversion", "storage"),
    ("struct_type", "map"),
    ("unservedversion", "served"),
    ("validate", "rule"),
    ("validation", "rule"),
    ("x_kube", "rule"),
    ("xvalidation", "rule"),
];

/// The key that was probably meant, if one is near.
pub(crate) fn nearest(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = key.to_ascii_lowercase();
    let synonym = SYNONYMS.iter().find(|(synonym, _)| *synonym == plain).map(|(_, name)| *name);
    synonym.filter(|name| known.contains(name)).or_else(|| {
        let score = |name: &str| strsim::jaro_winkler(&plain, name);
        let best = known.iter().copied().max_by(|a, b| score(a).total_cmp(&score(b)))?;
        Some(best).filter(|best| score(best) > 0.8 || one_edit(&plain, best))
    })
}

/// Short words that differ in one letter have little in common by the measure above.
fn one_edit(one: &str, other: &str) -> bool {
    one.len() > 1 && strsim::damerau_levenshtein(one, other) == 1
}

/// The name that was probably meant, of names that are not keys.
pub(crate) fn nearest_of<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    let score = |known: &str| strsim::jaro_winkler(name, known);
    let best = known.iter().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    Some(best.as_str()).filter(|best| score(best) > 0.8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_and_another_tools_key_lead_to_ours() {
        assert_eq!(nearest("grop", RESOURCE), Some("group"));
        assert_eq!(nearest("printcolumn", RESOURCE), Some("column"));
        assert_eq!(nearest("shortName", RESOURCE), Some("short"));
        assert_eq!(nearest("zzz", RESOURCE), None);
        assert_eq!(nearest("printcolumn", VALUE), None);
        assert_eq!(nearest("XValidation", VALUE), Some("rule"));
    }

    #[test]
    fn the_synonyms_lead_to_keys() {
        let known = [RESOURCE, SCALE, COLUMN, RULE, METHOD, VALUE, FIELD, TYPE].concat();
        for (synonym, name) in SYNONYMS {
            assert!(known.contains(name), "{synonym} leads to {name}");
            assert!(!known.contains(synonym), "{synonym} is a key");
        }
    }
}
