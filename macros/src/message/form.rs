//! Pure: how a key is written, and where it belongs.

pub(crate) fn unknown_key(key: &str, attribute: &str, nearest: &str) -> String {
    format!("unknown key `{key}` in {attribute}; did you mean `{nearest}`?")
}

pub(crate) fn unknown_key_way(key: &str, attribute: &str, way: &str) -> String {
    format!("unknown key `{key}` in {attribute}; write {way}")
}

pub(crate) fn key_before_a_colon(key: &str) -> String {
    format!("a key and its value stand apart by `=`: write `{key} = …`")
}

pub(crate) fn unknown_key_of(key: &str, attribute: &str, known: &str) -> String {
    format!("unknown key `{key}` in {attribute}; the keys are {known}")
}

pub(crate) fn duplicate_key(key: &str) -> String {
    format!("`{key}` is given twice")
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

pub(crate) fn selectable_form() -> String {
    "a selectable field is a name and a Rust path: write `selectable(class = spec.class)`".to_owned()
}

pub(crate) fn pair_form() -> String {
    "expected a key and a value: write `annotation(\"key\", \"value\")` or `label(\"key\", \"value\")`"
        .to_owned()
}

pub(crate) fn serde_form() -> String {
    "`serde` takes one value: write `serde = manual` to implement `Serialize` and `Deserialize` yourself"
        .to_owned()
}

pub(crate) fn method_form() -> String {
    "a method is a name, a verb and a subresource: write `method(get_log, verb = get, subresource = \"log\", output = Log)`"
        .to_owned()
}

pub(crate) fn exclusive_schema_keys(one: &str, other: &str) -> String {
    format!("`{one}` and `{other}` exclude each other")
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

pub(crate) fn column_form() -> String {
    "a column is a header and a Rust path: write `column(\"Ready\", status?.ready)`".to_owned()
}

pub(crate) fn index_form() -> String {
    "an index is a name and a Rust path: write `index(bucket = spec.bucket)`".to_owned()
}

pub(crate) fn optional_is_a_type() -> String {
    "an `Option`, or a field with serde's default, may be left out; every other field is required".to_owned()
}

pub(crate) fn enumeration_is_a_type() -> String {
    "what a field may be is said by its type: write `enum Mode { Fast, Slow }` with `#[derive(Schema)]`"
        .to_owned()
}

pub(crate) fn apply_form() -> String {
    "a part is a type and its fields: write `apply!(Deployment { spec: { replicas: 3 } })`".to_owned()
}
