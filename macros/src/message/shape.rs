//! Pure: types and fields, and what serde makes of them.

pub(crate) fn bytes_are_numbers() -> String {
    "bytes are a list of numbers in JSON, four times as long; use `ByteString`, or say #[schema(with = Vec<u8>)]"
        .to_owned()
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
        "serde writes a `{name}` as an object of numbers; use a `Time` (k8s-openapi's), or say what yours looks like with #[schema(with = String)]"
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

pub(crate) fn renamed_field(name: &str) -> String {
    format!("`{name}` must keep its name in JSON: the API server knows it by that name")
}

pub(crate) fn duplicate_variant_name(name: &str) -> String {
    format!("two variants are called `{name}` in JSON")
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

pub(crate) fn resource_on_the_spec(spec: &str, root: &str) -> String {
    format!(
        "`Resource` is derived on the whole object, which is a struct of yours: write `struct {root} {{ metadata: ObjectMeta, spec: {spec} }}` with it, and derive `Schema` here"
    )
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
    format!(
        "`{name}` contains itself, and a definition has an end: say where, with #[schema(recursion(depth = 3))] on this field"
    )
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

pub(crate) fn unit_among_data(unit: &str, data: &str) -> String {
    format!(
        "`{unit}` would be a string and `{data}` an object; write `{unit} {{}}` or use #[serde(tag = \"type\")]"
    )
}

pub(crate) fn variants_disagree(field: &str, ty: &str, first: &str, other: &str, second: &str) -> String {
    format!("field `{field}` is `{ty}` in `{first}` but `{other}` in `{second}`; a property has one type")
}

pub(crate) fn serde_on_the_root() -> String {
    "the derive reads and writes the root itself and would not follow this; put it into `spec`, or write #[resource(serde = manual)]".to_owned()
}

pub(crate) fn duplicate_json_name(name: &str) -> String {
    format!("two fields are called `{name}` in JSON")
}
