//! Pure: what is said of a kind: its names, verbs, columns and paths.

use std::fmt::Display;

pub(crate) fn duplicate_name(what: &str, name: &str) -> String {
    format!("{what} `{name}` is listed twice")
}

pub(crate) fn versions_twice() -> String {
    "give `version` or `version_unchecked`, not both".to_owned()
}

pub(crate) fn bad_label_value(name: &str) -> String {
    format!(
        "this is no value of a label, for `{name}`: at most 63 letters, digits, `-`, `_` and `.`, a letter or digit first and last"
    )
}

pub(crate) fn bad_label_name(name: &str) -> String {
    format!(
        "`{name}` is no name of a label or annotation: letters, digits, `-`, `_` and `.`, such as `team` or `example.com/team`"
    )
}

pub(crate) fn column_format(format: &str, known: &str) -> String {
    format!("`{format}` is not a format of a column; use {known}")
}

pub(crate) fn column_type(type_: &str) -> String {
    format!("`{type_}` is not a column type; use string, integer, number, boolean or date")
}

pub(crate) fn json_path_without_dot(path: &str) -> String {
    format!("a JSON path begins with a dot; write the Rust path `{path}` without quotes")
}

pub(crate) fn unknown_verb(verb: &str, nearest: &str) -> String {
    format!("`{verb}` is not a verb; did you mean `{nearest}`?")
}

pub(crate) fn unknown_verb_of(verb: &str, known: &str) -> String {
    format!("`{verb}` is not a verb; the verbs are {known}")
}

pub(crate) fn verbs_twice() -> String {
    "`verbs`, `skip_verbs` and `read_only` exclude each other: give one of them".to_owned()
}

pub(crate) fn method_verb(verb: &str, known: &str) -> String {
    format!("`{verb}` is not a verb of a method; use {known}")
}

pub(crate) fn method_without_input(verb: &str) -> String {
    format!("a method that does `{verb}` sends something: add `input = Type`")
}

pub(crate) fn deprecation_warning(problem: &str) -> String {
    format!("the deprecation warning {problem}")
}

pub(crate) fn too_many_selectable() -> String {
    "a kind has at most 8 selectable fields".to_owned()
}

pub(crate) fn selectable_metadata() -> String {
    "the name and the namespace are selectable by themselves, the rest of `metadata` never; leave this out"
        .to_owned()
}

pub(crate) fn bad_approval() -> String {
    "the annotation must hold the URL of the approval, or begin with `unapproved`".to_owned()
}

pub(crate) fn list_kind_is_kind() -> String {
    "`list_kind` must differ from the kind; without it, it is the kind with `List`".to_owned()
}

pub(crate) fn column_twice(name: &str) -> String {
    format!("two columns have the header `{name}`")
}

pub(crate) fn column_without_header() -> String {
    "a column needs a header: write `column(\"Ready\", status?.ready)`".to_owned()
}

pub(crate) fn scope_value(found: &str) -> String {
    format!("`{found}` is not a scope: write `scope = Namespaced` or `scope = Cluster`")
}

pub(crate) fn missing_group() -> String {
    "missing `group`: every custom resource belongs to an API group, e.g. `#[resource(group = \"example.com\")]`".to_owned()
}

pub(crate) fn missing_version() -> String {
    "missing `version`: write `version = \"v1\"`".to_owned()
}

pub(crate) fn missing_scope() -> String {
    "missing `scope`: write `scope = Namespaced`, or `scope = Cluster` if its objects belong to no namespace"
        .to_owned()
}

pub(crate) fn bad_group(group: &str, hint: &str) -> String {
    format!("`{group}` is not an API group: a DNS name in lower case with at least one dot; try `{hint}`")
}

pub(crate) fn group_with_version(group: &str, version: &str) -> String {
    format!("the version is a key of its own: write `group = \"{group}\", version = \"{version}\"`")
}

pub(crate) fn protected_group(group: &str) -> String {
    format!(
        "groups under `{group}` belong to the Kubernetes project; use a domain of your own, or add `annotation(\"api-approved.kubernetes.io\", \"…\")`"
    )
}

pub(crate) fn bad_version(version: &str, hint: &str) -> String {
    format!(
        "`{version}` is not a Kubernetes version; did you mean `{hint}`? (`version_unchecked = \"{version}\"` keeps it)"
    )
}

pub(crate) fn bad_kind(kind: &str, hint: &str) -> String {
    format!("kind `{kind}` must be in PascalCase, at most 63 characters; did you mean `{hint}`?")
}

pub(crate) fn bad_name(what: &str, name: &str, hint: &str) -> String {
    format!(
        "{what} `{name}` is not a resource name: lower-case letters, digits and `-`, starting with a letter; try `{hint}`"
    )
}

pub(crate) fn plural_needed(kind: &str, guess: &str) -> String {
    format!("the plural of `{kind}` cannot be guessed: write `plural = \"{guess}\"`")
}

pub(crate) fn scale_needs_status() -> String {
    "`scale` needs a status that holds the current number; add a field `status: Option<…>`".to_owned()
}

pub(crate) fn scale_missing(key: &str) -> String {
    format!("`scale` needs `{key}`: write `scale(replicas = spec.replicas, ready = status?.ready)`")
}

pub(crate) fn bad_path(found: &dyn Display) -> String {
    format!(
        "expected a Rust path such as `spec.replicas`, `status?.ready` or `spec.items[].name`, found {found}"
    )
}

pub(crate) fn json_path(path: &str, hint: &str) -> String {
    format!("`\"{path}\"` is a JSON path; write the Rust path `{hint}`, without quotes")
}
