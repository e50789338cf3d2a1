//! Whatever the tokens, the derives do not panic: they write a Rust file, which has the impls or says what is wrong.
//!
//! A failure prints the item that did it, and the seed of the run is kept beside this file; `PROPTEST_CASES=100000` looks longer.

use proc_macro2::TokenStream;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use syn::DeriveInput;

use crate::key;

/// Words that mean something to some part of the derives, besides the keys.
const WORDS: &str = "
    Namespaced Cluster metadata spec status replicas ready labels crate self Self super r#type type _ serde manual
    default rename rename_all flatten skip skip_serializing_if serialize deserialize tag content untagged alias
    with other transparent remote bound true served storage deprecated annotation label selectable rule message
    verbs skip_verbs read_only method get list map set atomic granular key nullable immutable preserve_unknown
    embedded items values keys format min_length max_items multiple_of exactly_one_of title example external_docs
    schemaless schemars recursion depth float version_unchecked priority date reason item keyed default_from
    optional_old_self field_path list_kind names kubist String Option
";

const LITERALS: &[&str] = &[
    "\"example.com\"",
    "\"v1\"",
    "\"\"",
    "\"camelCase\"",
    "\"SCREAMING-KEBAB-CASE\"",
    "\"Ready\"",
    "\"^gs://(\"",
    "\"^a$\"",
    "\"a\\n\\0\\\"\"",
    "r#\"raw\"#",
    "\"spec.replicas\"",
    "\".status.conditions[?(@.type=='Ready')].status\"",
    "\"self.a > 0\"",
    "\"1 +\"",
    "\"🦀é\"",
    "\"_\"",
    "\"9\"",
    "\"type\"",
    "\"Option::is_none\"",
    "\"a::b\"",
    "\"::\"",
    "\"[{\"",
    "b\"bytes\"",
    "c\"c\"",
    "'c'",
    "b'c'",
    "0",
    "-1",
    "1",
    "100",
    "2.5",
    "1e999",
    "-0.0",
    "1f32",
    "7u8",
    "0xff",
    "9223372036854775808",
    "340282366920938463463374607431768211456",
    "99999999999999999999999999999999999999999",
    "true",
];

const PUNCTUATION: &[&str] = &[
    ",", ",", ",", "=", "=", "=", ".", "?", "::", ":", ";", "..", "..=", "-", "#", "!", "&", "'a", "=>", "|",
    "<", ">", "$", "@", "*",
];

fn word() -> impl Strategy<Value = String> {
    let keys = [
        key::RESOURCE,
        key::VALUE,
        key::FIELD,
        key::TYPE,
        key::SCALE,
        key::COLUMN,
        key::RULE,
        key::METHOD,
        key::VERBS,
    ]
    .concat();
    prop_oneof![select(keys), select(WORDS.split_whitespace().collect::<Vec<_>>())].prop_map(str::to_owned)
}

fn literal() -> impl Strategy<Value = String> {
    select(LITERALS).prop_map(str::to_owned)
}

/// A Rust path, or nearly.
fn path() -> impl Strategy<Value = String> {
    let step = prop_oneof![
        6 => word().prop_map(|word| format!(".{word}")),
        1 => Just("?".to_owned()),
        1 => Just("[]".to_owned()),
        1 => literal().prop_map(|literal| format!("[{literal}]")),
        1 => Just(".".to_owned()),
    ];
    (word(), vec(step, 0..4)).prop_map(|(first, steps)| first + &steps.concat())
}

/// Tokens without order.
fn noise() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![word(), literal(), select(PUNCTUATION).prop_map(str::to_owned), path(),];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let inner = vec(inner, 0..6).prop_map(|tokens| tokens.join(" "));
        (select(["()", "[]", "{}"].as_slice()), inner)
            .prop_map(|(group, inner)| format!("{} {inner} {}", &group[..1], &group[1..]))
    })
}

/// `key`, `key = value` or `key(...)`, with values that fit now and then.
fn item() -> impl Strategy<Value = String> {
    let value = prop_oneof![4 => literal(), 3 => path(), 1 => noise(), 1 => Just("-5".to_owned())];
    let inner = prop_oneof![
        3 => value.clone(),
        3 => (word(), value.clone()).prop_map(|(key, value)| format!("{key} = {value}")),
        1 => noise(),
    ];
    prop_oneof![
        1 => word(),
        6 => (word(), value).prop_map(|(key, value)| format!("{key} = {value}")),
        4 => (word(), vec(inner, 0..4)).prop_map(|(key, list)| format!("{key}({})", list.join(", "))),
        1 => noise(),
    ]
}

/// The inside of an attribute, in the order of a sane one or without any.
fn attribute(name: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        12 => vec(item(), 0..6).prop_map(move |items| format!("#[{name}({})]", items.join(", "))),
        3 => vec(noise(), 0..8).prop_map(move |tokens| format!("#[{name}({})]", tokens.join(" "))),
        1 => Just(format!("#[{name}]")),
        1 => literal().prop_map(move |literal| format!("#[{name} = {literal}]")),
        1 => noise().prop_map(move |tokens| format!("#[{name}[{tokens}]]")),
    ]
}

fn attributes() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        3 => attribute("schema"),
        2 => attribute("serde"),
        1 => attribute("resource"),
        1 => Just("/// Words.\n".to_owned()),
        1 => attribute("doc"),
    ];
    let known = select(FIELDS).prop_map(|(attribute, ..)| attribute.to_owned());
    prop_oneof![2 => Just(String::new()), 1 => known, 1 => vec(one, 1..3).prop_map(|attributes| attributes.join("\n"))]
}

const TYPES: &[&str] = &[
    "String",
    "i32",
    "u64",
    "f64",
    "bool",
    "Option<String>",
    "::std::option::Option<i64>",
    "Vec<Spec>",
    "Vec<Option<String>>",
    "BTreeMap<String, i32>",
    "HashSet<String>",
    "Box<Item>",
    "(i32, String)",
    "[u8; 4]",
    "&'a str",
    "()",
    "T",
    "Vec<T>",
    "fn() -> i32",
    "impl Copy",
    "dyn Copy",
    "!",
    "_",
    "<T as Tr>::X",
    "m!()",
    "ObjectMeta",
    "Status",
    "Option<Status>",
    "Item",
    "Option<Option<i32>>",
    "Quantity",
    "*const u8",
    "(String)",
];

const NAMES: &[&str] = &[
    "metadata",
    "spec",
    "status",
    "name",
    "replicas",
    "r#type",
    "self_",
    "kind",
    "api_version",
    "object",
    "value",
    "serializer",
    "wire",
    "__kubist",
    "_x",
    "Ünï",
];

fn named_fields() -> impl Strategy<Value = String> {
    vec((attributes(), select(NAMES), select(TYPES)), 0..5).prop_map(|fields| {
        let field = |(attributes, name, ty): &(String, &str, &str)| format!("{attributes}\n{name}: {ty}");
        fields.iter().map(field).collect::<Vec<_>>().join(", ")
    })
}

fn tuple_fields() -> impl Strategy<Value = String> {
    vec((attributes(), select(TYPES)), 0..3).prop_map(|fields| {
        fields.iter().map(|(attributes, ty)| format!("{attributes} {ty},")).collect::<String>()
    })
}

/// A struct, an enum or a union.
fn body() -> impl Strategy<Value = (&'static str, String)> {
    let variant = (
        attributes(),
        select(["Up", "Down", "r#Self_", "Ünï", "Big"].as_slice()),
        prop_oneof![
            3 => Just(String::new()),
            1 => tuple_fields().prop_map(|fields| format!("({fields})")),
            1 => named_fields().prop_map(|fields| format!("{{{fields}}}")),
            1 => Just(" = 3".to_owned()),
        ],
    )
        .prop_map(|(attributes, name, fields)| format!("{attributes}\n{name}{fields}"));
    let good = "{metadata: ObjectMeta, spec: Spec, status: Option<Status>}";
    prop_oneof![
        6 => Just(("struct", good.to_owned())),
        8 => named_fields().prop_map(|fields| ("struct", format!("{{{fields}}}"))),
        4 => named_fields().prop_map(|fields| ("struct", format!("{{metadata: ObjectMeta, spec: Spec, {fields}}}"))),
        1 => tuple_fields().prop_map(|fields| ("struct", format!("({fields});"))),
        1 => Just(("struct", ";".to_owned())),
        4 => vec(variant, 0..4).prop_map(|variants| ("enum", format!("{{{}}}", variants.join(", ")))),
        1 => named_fields().prop_map(|fields| ("union", format!("{{{fields}}}"))),
    ]
}

const GENERICS: &[&str] = &[
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "<T>",
    "<'a>",
    "<const N: usize>",
    "<T: Copy = i32, const N: usize = 3>",
    "<'a, T: 'a + ?Sized>",
];

const ROOT: &str = "#[resource(group = \"example.com\", version = \"v1\", scope = Namespaced, ";

/// A root or nested item with any attributes.
fn any_item() -> impl Strategy<Value = String> {
    // Most items by chance are mistakes; what is written without one is to be seen as well.
    let known = select(&PARTS[3..]).prop_map(|(part, ..)| part.to_owned());
    let root = prop_oneof![
        4 => vec(prop_oneof![6 => known, 1 => item()], 0..4).prop_map(|items| format!("{ROOT}{})]", items.join(", "))),
        2 => attribute("resource"),
        1 => Just(String::new()),
    ];
    let head = select(["", "pub ", "pub(crate) "].as_slice());
    let name = select(["Website", "Item", "Website", "Item", "Website", "r#Type", "Ünï", "lower"].as_slice());
    let more = prop_oneof![3 => Just(String::new()), 1 => attributes()];
    (root, more, head, name, select(GENERICS), body()).prop_map(
        |(root, more, head, name, generics, (what, body))| {
            format!("{root}\n{more}\n{head}{what} {name}{generics} {body}")
        },
    )
}

/// The expansion as a file that can be printed.
fn file(tokens: TokenStream) -> Result<String, TestCaseError> {
    let text = tokens.to_string();
    let file =
        syn::parse2(tokens).map_err(|error| TestCaseError::fail(format!("no Rust file: {error}\n{text}")))?;
    Ok(prettyplease::unparse(&file))
}

/// How many mistakes the expansion tells.
fn mistakes(expansion: &str) -> usize {
    expansion.matches("compile_error!").count()
}

proptest! {
    #[test]
    fn the_derives_write_a_rust_file_whatever_the_tokens(text in any_item()) {
        // The compiler gives a derive no item that is none.
        let Ok(input) = syn::parse_str::<DeriveInput>(&text) else { return Ok(()) };
        let schema = file(crate::schema(&input))?;
        prop_assert!(schema.contains("schema::Schema for "), "no impl of Schema:\n{}", schema);
        let resource = file(crate::resource(&input))?;
        file(crate::apply::derive(&input))?;
        // Nothing is written where the user has it.
        let (generic, manual) = (!input.generics.params.is_empty(), text.replace("#[serde", "").contains("serde"));
        for item in ["Object for", "Resource for", "CustomResource for", "Serialize for", "Deserialize<'de> for", "fn crd("] {
            // A generic root is refused, and has no impls that would be judged without its parameters.
            prop_assert!(generic || manual && item.contains("erialize") || resource.contains(item), "no `{}`:\n{}", item, resource);
        }
        prop_assert!(!generic || mistakes(&resource) > 0);
    }
}

/// The inside of `crd!`: types and options, nearly right or without order.
fn versions() -> impl Strategy<Value = String> {
    let ty = select(
        ["v1::Website", "crate::v1alpha1::Website", "Website<'a, T>", "<A as B>::C", "r#type", "[u8; 4]"]
            .as_slice(),
    );
    let option = (
        select(["conversion", "convertion", "crate", "_"].as_slice()),
        prop_oneof![path(), literal(), noise()],
    );
    let entry = prop_oneof![
        6 => ty.prop_map(str::to_owned),
        2 => option.prop_map(|(key, value)| format!("{key} = {value}")),
        2 => noise(),
        1 => attribute("resource"),
    ];
    (vec(entry, 0..5), select([",", ",", ",", "", "; "].as_slice()))
        .prop_map(|(entries, between)| entries.join(between))
}

/// The inside of `apply!`: a type, then braces with fields, or nearly.
fn part() -> impl Strategy<Value = String> {
    let value =
        prop_oneof![2 => literal(), 2 => path(), 2 => noise(), 1 => Just("{ name: 1, ..base }".to_owned())];
    let field = (word(), select([":", "=", "", ".."].as_slice()), value)
        .prop_map(|(name, between, value)| format!("{name}{between} {value}"));
    let fields = vec(prop_oneof![4 => field, 1 => noise()], 0..5).prop_map(|fields| fields.join(", "));
    let head = select(["Deployment", "crate = ::kubist; v1::Pod", "<A as B>::C", "crate = ;", ""].as_slice());
    (head, fields).prop_map(|(head, fields)| format!("{head} {{ {fields} }}"))
}

proptest! {
    #[test]
    fn the_function_like_macros_write_an_expression_whatever_the_tokens(
        versions in versions(),
        part in prop_oneof![3 => part(), 1 => noise()],
    ) {
        if let Ok(tokens) = versions.parse::<TokenStream>() {
            let expansion = crate::crd::expand(quote::quote!(kubist #tokens));
            prop_assert!(syn::parse2::<syn::Expr>(expansion.clone()).is_ok(), "no expression: {}", expansion);
        }
        if let Ok(tokens) = part.parse::<TokenStream>() {
            let expansion = crate::apply::part(tokens);
            prop_assert!(syn::parse2::<syn::Expr>(expansion.clone()).is_ok(), "no expression: {}", expansion);
        }
    }
}

/// What a root is made of: the attribute's items, with whether they may be left out and may be said twice.
const PARTS: &[(&str, bool, bool)] = &[
    ("group = \"example.com\"", false, false),
    ("version = \"v1\"", false, false),
    ("scope = Namespaced", false, false),
    ("kind = \"Website\"", true, false),
    ("plural = \"websites\"", true, false),
    ("singular = \"website\"", true, false),
    ("short = \"web\"", true, false),
    ("category = \"all\"", true, false),
    ("scale(replicas = spec.replicas, ready = status?.ready)", true, false),
    ("column(\"Ready\", status?.ready)", true, false),
    ("column(\"Bucket\", spec.bucket, priority = 1)", true, false),
    ("list_kind = \"WebsiteList\"", true, false),
    ("served = false", true, false),
    ("storage = false", true, false),
    ("deprecated = \"use v2\"", true, false),
    ("annotation(\"a\", \"b\")", true, false),
    ("label(\"a\", \"b\")", true, false),
    ("selectable(class = spec.class)", true, false),
    ("rule(\"self.metadata.name != 'x'\", message = \"no\")", true, true),
    ("skip_verbs(delete)", true, false),
    ("method(get_log, verb = get, subresource = \"log\", output = String)", true, false),
    ("serde = manual", true, false),
    ("index(bucket = spec.bucket)", true, false),
    ("crate = ::kubist", true, false),
];

fn root(parts: &[&str]) -> String {
    let text = format!(
        "#[resource({})] pub struct Website {{ metadata: ObjectMeta, spec: Spec, status: Option<Status> }}",
        parts.join(", ")
    );
    crate::resource(&syn::parse_str(&text).unwrap()).to_string()
}

fn told(expansion: &str) -> usize {
    expansion.matches("compile_error !").count()
}

#[test]
fn a_single_change_of_a_good_root_is_told_exactly_when_it_is_a_mistake() {
    let parts: Vec<&str> = PARTS.iter().map(|(part, ..)| *part).collect();
    assert_eq!(told(&root(&parts)), 0);
    for (at, &(part, optional, repeatable)) in PARTS.iter().enumerate() {
        let without: Vec<&str> = parts.iter().copied().filter(|other| *other != part).collect();
        assert_eq!(told(&root(&without)), usize::from(!optional), "without `{part}`");
        let mut twice = parts.clone();
        twice.push(part);
        assert_eq!(told(&root(&twice)), usize::from(!repeatable), "twice `{part}`");
        let mut turned = parts.clone();
        turned.swap(at, 0);
        assert_eq!(told(&root(&turned)), 0, "`{part}` at the beginning");
        // The first letter of the key is lost, its value is, or something comes after it.
        let (misspelt, bare, more) =
            (&part[1..], part.split([' ', '(']).next().unwrap(), format!("{part} more"));
        for wrong in [misspelt, bare, more.as_str()] {
            if wrong == "deprecated" {
                continue; // says enough
            }
            let mut changed = parts.clone();
            changed[at] = wrong;
            assert!(told(&root(&changed)) > 0, "`{wrong}` is taken for `{part}`");
        }
    }
}

/// A nested struct, its field's attribute and type; and whether that is a mistake.
const FIELDS: &[(&str, &str, bool)] = &[
    ("", "String", false),
    ("#[schema(pattern = \"^a$\")]", "String", false),
    ("#[schema(pattern = \"^a$\",)]", "Option<String>", false),
    ("#[schema(pattern = \"(\")]", "String", true),
    ("#[schema(pattern = 1)]", "String", true),
    ("#[schema(pattern)]", "String", true),
    ("#[schema(pattern = \"a\", pattern = \"a\")]", "String", true),
    ("#[schema(pattern = \"a\")] #[schema(pattern = \"a\")]", "String", true),
    ("#[schema(patern = \"a\")]", "String", true),
    ("#[schema()]", "String", false),
    ("#[schema]", "String", true),
    ("#[schema = \"a\"]", "String", true),
    ("#[schema(minimum = 0, maximum = 1)]", "i32", false),
    ("#[schema(minimum = -1.5)]", "f64", false),
    ("#[schema(minimum = 2, maximum = 1)]", "i32", true),
    ("#[schema(minimum = \"0\")]", "i32", true),
    ("#[schema(minimum = 99999999999999999999)]", "i64", true),
    ("#[schema(multiple_of = 0)]", "i32", true),
    ("#[schema(min_length = 1, max_length = 2)]", "String", false),
    ("#[schema(min_length = 2, max_length = 1)]", "String", true),
    ("#[schema(min_length = -1)]", "String", true),
    ("#[schema(items(pattern = \"^a$\"), max_items = 3)]", "Vec<String>", false),
    ("#[schema(items(patern = \"^a$\"))]", "Vec<String>", true),
    ("#[schema(items)]", "Vec<String>", true),
    ("#[schema(list = set)]", "Vec<String>", false),
    ("#[schema(list = map(name, port))]", "Vec<Item>", false),
    ("#[schema(list = mapp(name))]", "Vec<Item>", true),
    ("#[schema(list = map())]", "Vec<Item>", true),
    ("#[schema(map = atomic)]", "BTreeMap<String, String>", false),
    ("#[schema(map = set)]", "BTreeMap<String, String>", true),
    ("#[schema(immutable, nullable)]", "Option<String>", false),
    ("#[schema(immutable = true)]", "String", true),
    ("#[schema(rule(\"self > 0\", message = \"no\"))]", "i32", false),
    ("#[schema(rule())]", "i32", true),
    ("#[schema(rule(\"self > 0\", mesage = \"no\"))]", "i32", true),
    ("#[schema(rule(\"self > 0\", reason = FieldValueInvald))]", "i32", true),
    ("#[schema(with = String)]", "Foreign", false),
    ("#[schema(with = String, schemaless)]", "Foreign", true),
    ("#[schema(schemaless)]", "Foreign", false),
    ("#[schema(title = \"A\", example = \"a\")]", "String", false),
    ("#[schema(external_docs(\"https://example.com\", \"more\"))]", "String", false),
    ("#[schema(external_docs)]", "String", true),
    ("#[serde(default)]", "i32", false),
    ("#[serde(rename = \"other\")]", "i32", false),
    // serde's own derive tells what is wrong with its attributes.
    ("#[serde(rename = 1)]", "i32", false),
    ("#[doc = \"Words.\"]", "i32", false),
    ("#[allow(dead_code)]", "i32", false),
    ("#[resource(group = \"a\")]", "Nested", false),
];

#[test]
fn a_single_attribute_of_a_field_is_told_exactly_when_it_is_a_mistake() {
    for (attribute, ty, wrong) in FIELDS {
        let text = format!("struct Nested {{ {attribute} a: {}, b: i32 }}", ty.replace("Nested", "String"));
        let expansion = crate::schema(&syn::parse_str(&text).unwrap()).to_string();
        assert_eq!(told(&expansion) > 0, *wrong, "{text}");
    }
}
