//! Pure: the data file, line by line. What a line says is parsed when it is asked for, so a start costs little.
//!
//! `tests/envtest/facts` writes the file from a real server; nothing in it is written by hand.

use std::sync::LazyLock;

use serde_json::Value;

const TEXT: &str = include_str!("../../data/kubernetes.json");

static DATA: LazyLock<Data> = LazyLock::new(|| Data::cut(TEXT));

/// One group in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupVersion {
    pub(crate) group: String,
    pub(crate) version: String,
    /// Groups with more come first.
    pub(crate) group_priority: i64,
    /// Versions with more come first in their group.
    pub(crate) version_priority: i64,
}

/// The key of a line and the JSON behind it.
pub(crate) type Line = (&'static str, &'static str);

struct Data {
    version: &'static str,
    groups: Vec<GroupVersion>,
    kinds: Vec<Value>,
    objects: Vec<Value>,
    types: Vec<Line>,
    defaults: Vec<Line>,
}

impl Data {
    fn cut(text: &'static str) -> Self {
        let parse = |(_, line): Line| serde_json::from_str(line).unwrap_or_default();
        let version = text.lines().find_map(|line| line.strip_prefix("\"version\": "));
        Self {
            version: version.unwrap_or_default().trim_matches(['"', ',']),
            groups: section(text, "groups").map(parse).map(|group| GroupVersion::read(&group)).collect(),
            kinds: section(text, "kinds").map(parse).collect(),
            objects: section(text, "objects").map(parse).collect(),
            types: section(text, "types").collect(),
            defaults: section(text, "defaults").collect(),
        }
    }
}

impl GroupVersion {
    fn read(group: &Value) -> Self {
        let text = |name: &str| group[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| group[name].as_i64().unwrap_or_default();
        Self {
            group: text("group"),
            version: text("version"),
            group_priority: number("groupPriority"),
            version_priority: number("versionPriority"),
        }
    }
}

/// The lines of one member of the file. In a list they have no key.
fn section(text: &'static str, name: &str) -> impl Iterator<Item = Line> {
    let opening = move |line: &&str| {
        let rest = line.strip_prefix('"').and_then(|line| line.strip_prefix(name));
        !matches!(rest, Some("\": [" | "\": {"))
    };
    let lines = text.lines().skip_while(opening).skip(1);
    lines.take_while(|line| !line.starts_with([']', '}'])).map(|line| {
        let line = line.trim_end_matches(',');
        line.strip_prefix('"').and_then(|line| line.split_once("\": ")).unwrap_or(("", line))
    })
}

/// The version of the server that the data is of, such as `v1.37.2`.
pub(crate) fn version() -> &'static str {
    DATA.version
}

/// The groups in the order of discovery, the core group first; of each the preferred version first.
pub(crate) fn groups() -> &'static [GroupVersion] {
    &DATA.groups
}

/// The kinds in the order of discovery.
pub(crate) fn kinds() -> &'static [Value] {
    &DATA.kinds
}

/// The objects that a server makes before anybody asks it to, with `NOW` for the time of its start.
pub(crate) fn objects() -> &'static [Value] {
    &DATA.objects
}

/// The Go structs in the order of their names in OpenAPI, which are the keys.
pub(crate) fn types() -> &'static [Line] {
    &DATA.types
}

/// The defaults in the order of their keys.
pub(crate) fn defaults() -> &'static [Line] {
    &DATA.defaults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        let whole: Value = serde_json::from_str(TEXT).unwrap();
        assert_eq!(version(), whole["version"]);
        assert_eq!(groups().len(), whole["groups"].as_array().unwrap().len());
        assert_eq!(objects(), whole["objects"].as_array().unwrap());
        assert_eq!(kinds(), whole["kinds"].as_array().unwrap());
        for (name, lines) in [("types", types()), ("defaults", &DATA.defaults)] {
            let members = whole[name].as_object().unwrap();
            assert_eq!(lines.len(), members.len(), "{name}");
            assert!(lines.is_sorted_by_key(|(key, _)| *key), "{name}");
            for (key, line) in lines {
                assert_eq!(serde_json::from_str::<Value>(line).unwrap(), members[*key], "{key}");
            }
        }
    }
}
