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
    ("map_type", "map"),
    ("maptype", "map"),
    ("max", "maximum"),
    ("messageexpression", "message_expression"),
    ("min", "minimum"),
    ("optionaloldself", "optional_old_self"),
    ("path", "plural"),
    ("preserve_unknown_fields", "preserve_unknown"),
    ("preserveunknownfields", "preserve_unknown"),
    ("print_column", "column"),
    ("printcolumn", "column"),
    ("printer_column", "column"),
    ("printercolumn", "column"),
    ("pruning", "preserve_unknown"),
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
    ("one_of", "exactly_one_of"),
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

/// What other tools call these things, where the name of our key alone does not lead to the way: such a name, a key that
/// is known where the way leads on, and what to write.
const WAYS: &[(&str, &str, &str)] = &[
    ("api_version", "group", "`group = \"example.com\", version = \"v1\"`"),
    ("apiversion", "group", "`group = \"example.com\", version = \"v1\"`"),
    ("cluster", "scope", "`scope = Cluster`"),
    ("clustered", "scope", "`scope = Cluster`"),
    ("derive", "short", "`#[derive(…)]`: the struct is yours"),
    ("description", "title", "a documentation comment, `/// …`"),
    ("doc", "short", "a documentation comment, `/// …`"),
    ("flatten", "pattern", "`#[serde(flatten)]`"),
    ("length", "min_length", "`min_length = 1, max_length = 63`"),
    ("list_map_key", "list", "`list = map(name)`"),
    ("list_map_keys", "list", "`list = map(name)`"),
    ("list_type", "list", "`list = map(name)`, `list = set` or `list = atomic`"),
    ("listmapkey", "list", "`list = map(name)`"),
    ("listmapkeys", "list", "`list = map(name)`"),
    ("listtype", "list", "`list = map(name)`, `list = set` or `list = atomic`"),
    ("merge_strategy", "list", "`list = map(name)`, `list = set` or `list = atomic`"),
    ("message", "pattern", "`rule(\"…\", message = \"…\")`"),
    ("namespaced", "scope", "`scope = Namespaced`"),
    ("range", "minimum", "`minimum = 1, maximum = 9`"),
    ("rename", "pattern", "`#[serde(rename = \"…\")]`"),
    ("root", "short", "`kind = \"…\"`, or the name of the struct"),
    ("size", "min_items", "`min_items = 1, max_items = 9`"),
    ("skip", "pattern", "`#[serde(skip)]`"),
    ("subresource", "short", "a field `status: Option<…>` for the status, `scale(…)` for the scale"),
    ("unique_items", "list", "`list = set`"),
    ("uniqueitems", "list", "`list = set`"),
];

/// What to write instead of another tool's key.
pub(crate) fn way(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = key.to_ascii_lowercase();
    let way = WAYS.iter().find(|(name, at, _)| *name == plain && known.contains(at));
    way.map(|(.., way)| *way)
}

/// The keys that an unknown one stands for: that they are not there is no second mistake.
pub(crate) fn meant(key: &str, known: &[&'static str]) -> Vec<&'static str> {
    let plain = key.to_ascii_lowercase();
    if plain.trim_end_matches("version").trim_end_matches('_') == "api" {
        return vec!["group", "version"];
    }
    let way = WAYS.iter().find(|(name, at, _)| *name == plain && known.contains(at)).map(|(_, at, _)| *at);
    way.or_else(|| nearest(key, known)).into_iter().collect()
}

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

    #[test]
    fn other_ways_are_told_where_they_lead_on() {
        assert_eq!(way("namespaced", RESOURCE), Some("`scope = Namespaced`"));
        assert_eq!(way("listType", VALUE), Some("`list = map(name)`, `list = set` or `list = atomic`"));
        assert_eq!(way("listType", RESOURCE), None);
        assert_eq!(way("message", RULE), None);
        assert_eq!(meant("namespaced", RESOURCE), ["scope"]);
        assert_eq!(meant("apiVersion", RESOURCE), ["group", "version"]);
        assert_eq!(meant("grop", RESOURCE), ["group"]);
        let tables = [RESOURCE, VALUE];
        for (name, at, _) in WAYS {
            assert!(tables.iter().any(|keys| keys.contains(at)), "{name} has a place");
            assert!(tables.iter().all(|keys| !keys.contains(at) || !keys.contains(name)), "{name} is a key");
        }
    }
}
