//! Pure: the text of every diagnostic of the derives, so that they read alike and can be counted.
//!
//! Style: lower case, no full stop, keys in backticks, what is wrong first and then the way out.
//! `docs/messages.md` has each of them, with the ui test that shows it; a test compares the two.

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

pub(crate) fn key_takes_nothing(key: &str) -> String {
    format!("`{key}` stands alone: write `{key}`")
}

pub(crate) fn key_takes_count(key: &str) -> String {
    format!("`{key}` takes a whole number: write `{key} = 1`")
}

pub(crate) fn key_takes_boolean(key: &str) -> String {
    format!("`{key}` takes `true` or `false`: write `{key} = false`")
}

pub(crate) fn key_belongs_on_a_type(key: &str) -> String {
    format!("`{key}` says nothing about a field; #[schema({key}(…))] belongs on the struct")
}

pub(crate) fn keys_form() -> String {
    "`keys` takes the pattern of the keys: write `keys(pattern = \"^[a-z]+$\")`".to_owned()
}

pub(crate) fn external_docs_form() -> String {
    "`external_docs` takes a URL and a description: write `external_docs(\"https://example.com\", \"The manual.\")`"
        .to_owned()
}

pub(crate) fn list_form() -> String {
    "`list` says how the list merges: write `list = atomic`, `list = set` or `list = map(name)`".to_owned()
}

pub(crate) fn map_form() -> String {
    "`map` says how the map or struct merges: write `map = atomic` or `map = granular`".to_owned()
}

pub(crate) fn example_form() -> String {
    "`example` takes a literal: write `example = \"gs://bucket\"`, `example = 1` or `example = r#\"{\"a\": 1}\"#`"
        .to_owned()
}

pub(crate) fn with_form() -> String {
    "`with` takes the type whose schema this has: write `with = String`".to_owned()
}

pub(crate) fn recursion_form() -> String {
    "`recursion` says where to stop: write `recursion(depth = 3)`, at most 16, or `recursion(schemaless)`"
        .to_owned()
}

pub(crate) fn rule_form() -> String {
    "a rule is an expression, then its options: write `rule(\"self.min <= self.max\", message = \"…\")`"
        .to_owned()
}

pub(crate) fn unknown_reason(reason: &str) -> String {
    format!(
        "`{reason}` is not a reason: use FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate"
    )
}

pub(crate) fn selectable_form() -> String {
    "a selectable field is a name and a Rust path: write `selectable(class = spec.class)`".to_owned()
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

pub(crate) fn bytes_are_numbers() -> String {
    "bytes are a list of numbers in JSON, four times as long; use `ByteString`, or say #[schema(with = Vec<u8>)]"
        .to_owned()
}

pub(crate) fn pair_form() -> String {
    "expected a key and a value: write `annotation(\"key\", \"value\")` or `label(\"key\", \"value\")`"
        .to_owned()
}

pub(crate) fn serde_form() -> String {
    "`serde` takes one value: write `serde = manual` to implement `Serialize` and `Deserialize` yourself"
        .to_owned()
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

pub(crate) fn method_form() -> String {
    "a method is a name, a verb and a subresource: write `method(get_log, verb = get, subresource = \"log\", output = Log)`"
        .to_owned()
}

pub(crate) fn method_verb(verb: &str, known: &str) -> String {
    format!("`{verb}` is not a verb of a method; use {known}")
}

pub(crate) fn method_without_input(verb: &str) -> String {
    format!("a method that does `{verb}` sends something: add `input = Type`")
}

pub(crate) fn carries_no_data(name: &str) -> String {
    format!("`{name}` carries no data; leave the field out, or keep it from the JSON with #[serde(skip)]")
}

pub(crate) fn wide_integer(name: &str) -> String {
    format!(
        "the API server has no `{name}`: its integers end at 64 bits with a sign; use `i64` or a `String`"
    )
}

pub(crate) fn no_text_form(name: &str) -> String {
    format!(
        "serde writes a `{name}` as an object of numbers; use a type that is text in JSON, or say what yours looks like with #[schema(with = String)]"
    )
}

pub(crate) fn not_text(name: &str) -> String {
    format!("`{name}` is written in another way on each system; use a `String` or a `PathBuf`")
}

pub(crate) fn alias_is_dropped() -> String {
    "the API server drops a field under its alias before any client sees it".to_owned()
}

pub(crate) fn float_is_discouraged() -> String {
    "numbers with a fraction lose digits on their way through clients in other languages; use a `Quantity`, an integer of a smaller unit, or say #[schema(float)]".to_owned()
}

pub(crate) fn number_with_data(variant: &str) -> String {
    format!("`{variant}` carries data, and cannot be written as a number")
}

pub(crate) fn split_rename(key: &str) -> String {
    format!("#[serde({key}(…))] with two names: what is written must be what is read; write one name")
}

pub(crate) fn skip_serializing_required(field: &str) -> String {
    format!(
        "writes by this client would lack the required `{field}`; make it an `Option` or give it a default"
    )
}

pub(crate) fn serde_with_without_schema(key: &str) -> String {
    format!(
        "#[serde({key})] changes the JSON; say what it looks like with #[schema(with = String)], or #[schema(schemaless)]"
    )
}

pub(crate) fn serde_from_without_into() -> String {
    "serde reads one type here and writes another; `from` (or `try_from`) and `into` must name the same"
        .to_owned()
}

pub(crate) fn no_such_field(name: &str, owner: &str) -> String {
    format!("no field `{name}` in `{owner}`")
}

pub(crate) fn no_such_field_near(name: &str, owner: &str, nearest: &str) -> String {
    format!("no field `{name}` in `{owner}`; did you mean `{nearest}`?")
}

pub(crate) fn group_member_is_required(name: &str) -> String {
    format!("`{name}` is always set; a field of which one may be set must be an `Option`")
}

pub(crate) fn exclusive_schema_keys(one: &str, other: &str) -> String {
    format!("`{one}` and `{other}` exclude each other")
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
    "`crd!` takes types, the versions of a kind, with commas between them: write `crd! { v1alpha1::Website, v1::Website }`"
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

pub(crate) fn schema_of_union() -> String {
    "a union has no schema; use a struct".to_owned()
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

pub(crate) fn optional_is_a_type() -> String {
    "an `Option`, or a field with serde's default, may be left out; every other field is required".to_owned()
}

pub(crate) fn enumeration_is_a_type() -> String {
    "what a field may be is said by its type: write `enum Mode { Fast, Slow }` with `#[derive(Schema)]`"
        .to_owned()
}

pub(crate) fn default_without_serde() -> String {
    "a schema default is serde's default: write `#[serde(default = \"function\")]` or `#[serde(default)]` instead".to_owned()
}

pub(crate) fn skipped_required(field: &str) -> String {
    format!("`{field}` may be left out when written, but is required when read; add `#[serde(default)]`")
}

pub(crate) fn minimum_above_maximum(lower: &str, least: &str, upper: &str, greatest: &str) -> String {
    format!("{lower} {least} is greater than {upper} {greatest}: no value can be valid")
}

pub(crate) fn multiple_of_nothing() -> String {
    "`multiple_of` must be greater than zero".to_owned()
}

pub(crate) fn unit_among_data(unit: &str, data: &str) -> String {
    format!(
        "`{unit}` would be a string and `{data}` an object; write `{unit} {{}}` or use #[serde(tag = \"type\")]"
    )
}

pub(crate) fn tuple_variant(variant: &str) -> String {
    format!("`{variant}` has fields without names, and nothing to put the tag beside; give them names")
}

pub(crate) fn field_is_tag(field: &str) -> String {
    format!("the field `{field}` is the tag; call one of them something else")
}

pub(crate) fn variants_disagree(field: &str, ty: &str, first: &str, other: &str, second: &str) -> String {
    format!("field `{field}` is `{ty}` in `{first}` but `{other}` in `{second}`; a property has one type")
}

pub(crate) fn serde_on_the_root() -> String {
    "the derive reads and writes the root itself and would not follow this; put it into `spec`, or write #[resource(serde = manual)]".to_owned()
}

pub(crate) fn cel(explained: &str) -> String {
    format!("CEL: {explained}")
}

pub(crate) fn cel_of_another_type(because: &str, found: &dyn Display) -> String {
    format!("CEL: {because}, and this is of type `{found}`")
}

pub(crate) fn rule_of_several_lines() -> String {
    "a rule of several lines needs a `message`: the API server cannot show the rule".to_owned()
}

pub(crate) fn message_of_several_lines() -> String {
    "`message` must be one line".to_owned()
}

pub(crate) fn empty_message() -> String {
    "`message` must not be empty; without one the API server shows the rule".to_owned()
}

pub(crate) fn no_old_self() -> String {
    "`optional_old_self` says nothing: the rule does not use `oldSelf`".to_owned()
}

pub(crate) fn bad_pattern(problem: &str, column: usize) -> String {
    format!("pattern: {problem}, at column {column}; the API server takes RE2 syntax")
}

pub(crate) fn duplicate_json_name(name: &str) -> String {
    format!("two fields are called `{name}` in JSON")
}

pub(crate) fn apply_form() -> String {
    "a part is a type and its fields: write `apply!(Deployment { spec: { replicas: 3 } })`".to_owned()
}
