//! Pure: the text of every diagnostic of the derives, so that they read alike and can be counted.
//!
//! Style: lower case, no full stop, keys in backticks, what is wrong first and then the way out.
//! A test refuses a text here that no ui test shows.

use std::fmt::Display;

pub(crate) fn unknown_key(key: &str, attribute: &str, nearest: &str) -> String {
    format!("unknown key `{key}` in {attribute}; did you mean `{nearest}`?")
}

pub(crate) fn unknown_key_of(key: &str, attribute: &str, known: &str) -> String {
    format!("unknown key `{key}` in {attribute}; the keys are {known}")
}

pub(crate) fn duplicate_key(key: &str) -> String {
    format!("`{key}` is given twice")
}

pub(crate) fn duplicate_name(what: &str, name: &str) -> String {
    format!("{what} `{name}` is listed twice")
}

pub(crate) fn key_takes_string(key: &str) -> String {
    format!("`{key}` takes a string: write `{key} = \"…\"`")
}

pub(crate) fn key_takes_number(key: &str) -> String {
    format!("`{key}` takes a number literal: write `{key} = 1`")
}

pub(crate) fn number_is_too_large(key: &str) -> String {
    format!("`{key}` must fit into 64 bits: the API server keeps no larger numbers")
}

pub(crate) fn key_once_for_each(key: &str) -> String {
    format!("give `{key}` once for each: `{key} = \"a\", {key} = \"b\"`")
}

pub(crate) fn key_belongs_on_a_field(key: &str) -> String {
    format!("`{key}` says nothing here; #[schema({key} = …)] belongs on a field")
}

pub(crate) fn status_is_a_field() -> String {
    "the status is a field, not a key: add `status: Option<…>` to the struct".to_owned()
}

pub(crate) fn missing_attribute() -> String {
    "missing #[resource(group = \"example.com\", version = \"v1\", scope = Namespaced)]".to_owned()
}

pub(crate) fn column_without_header() -> String {
    "a column needs a header: write `column(\"Ready\", status?.ready)`".to_owned()
}

pub(crate) fn renamed_field(name: &str) -> String {
    format!("`{name}` must keep its name in JSON: the API server knows it by that name")
}

pub(crate) fn duplicate_variant_name(name: &str) -> String {
    format!("two variants are called `{name}` in JSON")
}

pub(crate) fn key_takes_list(key: &str, example: &str) -> String {
    format!("`{key}` takes a list: write `{example}`")
}

pub(crate) fn crd_form() -> String {
    "`crd!` takes the types of the versions of a kind: write `crd! { v1alpha1::Website, v1::Website }`"
        .to_owned()
}

pub(crate) fn key_takes_path() -> String {
    "`crate` takes an absolute path: write `crate = ::facade::kubist` or `crate = crate::kubist`".to_owned()
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

pub(crate) fn protected_group(group: &str) -> String {
    format!("groups under `{group}` belong to the Kubernetes project; use a domain of your own")
}

pub(crate) fn bad_version(version: &str, hint: &str) -> String {
    format!("`{version}` is not a Kubernetes version; did you mean `{hint}`?")
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

pub(crate) fn column_form() -> String {
    "a column is a header and a Rust path: write `column(\"Ready\", status?.ready)`".to_owned()
}

pub(crate) fn index_form() -> String {
    "an index is a name and a Rust path: write `index(bucket = spec.bucket)`".to_owned()
}

pub(crate) fn bad_path(found: &dyn Display) -> String {
    format!(
        "expected a Rust path such as `spec.replicas`, `status?.ready` or `spec.items[].name`, found {found}"
    )
}

pub(crate) fn json_path(path: &str, hint: &str) -> String {
    format!("`\"{path}\"` is a JSON path; write the Rust path `{hint}`, without quotes")
}

pub(crate) fn root_is_not_a_struct(kind: &str) -> String {
    format!("a resource is a struct with named fields; this is {kind}, put it into a field of one")
}

pub(crate) fn root_is_generic() -> String {
    "a custom resource has one schema and cannot be generic; make a struct for each instantiation".to_owned()
}

pub(crate) fn borrowed() -> String {
    "resources are decoded from the network and must own their data; use `String` instead of `&str`"
        .to_owned()
}

pub(crate) fn missing_metadata(root: &str) -> String {
    format!("`{root}` needs a field `metadata: ObjectMeta`")
}

pub(crate) fn metadata_of_another_type() -> String {
    "`metadata` must be an `ObjectMeta`".to_owned()
}

pub(crate) fn status_is_not_optional() -> String {
    "`status` must be an `Option`: a new object has none until a controller writes it".to_owned()
}

pub(crate) fn reserved_field(name: &str) -> String {
    format!("`{name}` is written by the derive; remove this field")
}

pub(crate) fn schema_of_tuple(name: &str) -> String {
    format!("`{name}` needs named fields: tuple fields have no JSON names")
}

pub(crate) fn schema_of_union() -> String {
    "a union has no schema; use a struct".to_owned()
}

pub(crate) fn variant_with_data(variant: &str) -> String {
    format!(
        "`{variant}` carries data; a schema is derived for enums of plain names, or put the data into a struct"
    )
}

pub(crate) fn no_variants(name: &str) -> String {
    format!("`{name}` has no variants, so no value would be valid")
}

pub(crate) fn contains_itself(name: &str) -> String {
    format!("`{name}` contains itself; a custom resource definition cannot express recursion")
}

pub(crate) fn unsupported_serde(key: &str) -> String {
    format!("#[serde({key})] changes the JSON in a way that the schema cannot follow; write a plain field")
}

pub(crate) fn default_without_serde() -> String {
    "a schema default is serde's default: write `#[serde(default = \"function\")]` or `#[serde(default)]` instead".to_owned()
}

pub(crate) fn skipped_required(field: &str) -> String {
    format!("`{field}` may be left out when written, but is required when read; add `#[serde(default)]`")
}

pub(crate) fn minimum_above_maximum(minimum: &dyn Display, maximum: &dyn Display) -> String {
    format!("minimum {minimum} is greater than maximum {maximum}: no value can be valid")
}

pub(crate) fn bad_pattern(problem: &str, column: usize) -> String {
    format!("pattern: {problem}, at column {column}; the API server takes RE2 syntax")
}

pub(crate) fn duplicate_json_name(name: &str) -> String {
    format!("two fields are called `{name}` in JSON")
}
