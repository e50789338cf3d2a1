//! Pure: the names of all keys, and the nearest one to what was written.

/// The keys of `#[resource(...)]`.
pub(crate) const RESOURCE: &[&str] = &[
    "group", "version", "kind", "plural", "singular", "short", "category", "scope", "scale", "column",
    "index", "crate",
];

/// The keys of `scale(...)`.
pub(crate) const SCALE: &[&str] = &["replicas", "ready", "selector"];

/// The keys of `#[schema(...)]`.
pub(crate) const SCHEMA: &[&str] = &["pattern", "minimum", "maximum"];

/// What other tools call these things.
const SYNONYMS: &[(&str, &str)] = &[
    ("additional_printer_column", "column"),
    ("categories", "category"),
    ("label_selector_path", "selector"),
    ("max", "maximum"),
    ("min", "minimum"),
    ("namespaced", "scope"),
    ("path", "plural"),
    ("print_column", "column"),
    ("printcolumn", "column"),
    ("range", "minimum"),
    ("regex", "pattern"),
    ("selectable", "index"),
    ("short_name", "short"),
    ("short_names", "short"),
    ("shortname", "short"),
    ("shortnames", "short"),
    ("spec_replicas_path", "replicas"),
    ("specpath", "replicas"),
    ("status_replicas_path", "ready"),
    ("statuspath", "ready"),
];

/// The key that was probably meant, if one is near.
pub(crate) fn nearest(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = key.to_ascii_lowercase();
    let synonym = SYNONYMS.iter().find(|(synonym, _)| *synonym == plain).map(|(_, name)| *name);
    synonym.filter(|name| known.contains(name)).or_else(|| {
        let score = |name: &str| strsim::jaro_winkler(&plain, name);
        let best = known.iter().copied().max_by(|a, b| score(a).total_cmp(&score(b)))?;
        Some(best).filter(|best| score(best) > 0.8)
    })
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
        assert_eq!(nearest("printcolumn", SCHEMA), None);
    }
}
