//! Definitions as YAML: what is written reads back as the same JSON.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{JSON, JSONSchemaProps};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// A definition whose schema has these properties of the root.
fn with_properties(properties: Value) -> CustomResourceDefinition {
    serde_json::from_value(json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "sites.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Site", "plural": "sites"},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "properties": properties}},
            }],
        },
    }))
    .unwrap()
}

fn with_default(default: Value) -> CustomResourceDefinition {
    let mut crd = with_properties(json!({"a": {"type": "object"}}));
    root(&mut crd).properties.as_mut().unwrap().get_mut("a").unwrap().default = Some(JSON(default));
    crd
}

fn root(crd: &mut CustomResourceDefinition) -> &mut JSONSchemaProps {
    crd.spec.versions[0].schema.as_mut().unwrap().open_api_v3_schema.as_mut().unwrap()
}

/// What a reader gets, each whole number as an integer.
fn read(yaml: &str) -> Value {
    fn integers(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(integers),
            Value::Object(fields) => fields.values_mut().for_each(integers),
            Value::Number(number) => {
                if let Some(float) = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0) {
                    *value = json!(float as i64);
                }
            }
            _ => {}
        }
    }
    let mut value = serde_saphyr::from_str(yaml).unwrap();
    integers(&mut value);
    value
}

/// Texts that some reader of YAML takes for something else when they are not quoted.
const ODD: [&str; 62] = [
    "",
    " ",
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "n",
    "true",
    "False",
    "null",
    "Null",
    "~",
    "1",
    "1.0",
    "1e3",
    "1e+3",
    ".5",
    "0x1F",
    "0o17",
    "017",
    "1_000",
    "0b11",
    ".inf",
    "-.INF",
    ".nan",
    "12:30:45",
    "2026-11-24",
    "2026-11-24T00:00:00Z",
    "=",
    "<<",
    "- a",
    "-",
    "---",
    "--- a",
    "...",
    "? a",
    ": a",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "'a'",
    "\"a\"",
    "%a",
    "@a",
    "`a`",
    "[a]",
    "{a: b}",
    ",",
    " a",
    "a ",
    "^gs://[a-z]{3,63}\\.\\d+$",
    "\\n",
    "a\tb",
    "\u{feff}",
    "\u{85}\u{2028}",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(ODD.as_slice()).prop_map(str::to_owned),
        2 => "[ -~]{0,12}",
        1 => "\\PC{0,6}",
        1 => proptest::sample::select(["\n", "\n\n", "  \n", "\n  ", "\r\n", "\t"].as_slice()).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (-1e6..1e6_f64).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(text(), inner, 0..4)
                .prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_a_definition_says_reads_back_the_same(description in text(), default in tree(), name in text()) {
        let mut crd = with_default(default);
        let schema = root(&mut crd);
        schema.description = Some(description);
        schema.required = Some(vec![name.clone()]);
        let inner = JSONSchemaProps { minimum: Some(0.0), maximum: Some(0.5), ..JSONSchemaProps::default() };
        schema.properties.as_mut().unwrap().insert(name, inner);
        let yaml = to_yaml(std::slice::from_ref(&crd));
        let mut expected = serde_json::to_value(&crd).unwrap();
        yaml::shorten_numbers(&mut expected);
        prop_assert_eq!(read(&yaml), expected, "{}", yaml);
    }

    #[test]
    fn a_description_keeps_to_its_limit(description in text(), limit in 0_usize..20) {
        let mut crd = with_properties(json!({}));
        root(&mut crd).description = Some(description.clone());
        let mut crd = limit_descriptions(crd, limit);
        let short = root(&mut crd).description.clone();
        prop_assert!(short.as_ref().is_none_or(|short| short.chars().count() <= limit));
        if description.chars().count() <= limit && limit > 0 {
            prop_assert_eq!(short, Some(description));
        }
    }
}

#[test]
fn a_definition_reads_as_people_write_it() {
    let mut crd = with_properties(json!({
        "yes": {"type": "string", "enum": ["yes", "1.0", "null", "plain"], "pattern": "^gs://\\w+$"},
        "spec": {"type": "object", "description": "First line.\n\n  Indented: yes\nlast", "required": ["yes"]},
        "replicas": {"type": "integer", "minimum": 0, "maximum": 99.5, "default": 1},
        "none": {"type": "object", "default": {}, "x-kubernetes-preserve-unknown-fields": true},
    }));
    crd.status = Some(Default::default());
    let yaml = to_yaml(&[crd]);
    let expected = r#"---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: sites.example.com
spec:
  group: example.com
  names:
    kind: Site
    plural: sites
  scope: Namespaced
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        properties:
          none:
            default: {}
            type: object
            x-kubernetes-preserve-unknown-fields: true
          replicas:
            default: 1
            maximum: 99.5
            minimum: 0
            type: integer
          spec:
            description: |-
              First line.

                Indented: yes
              last
            required:
            - "yes"
            type: object
          "yes":
            enum:
            - "yes"
            - "1.0"
            - "null"
            - plain
            pattern: ^gs://\w+$
            type: string
        type: object
    served: true
    storage: true
"#;
    assert_eq!(yaml, expected);
}

#[test]
fn several_definitions_are_documents_of_one_file() {
    let one = with_properties(json!({}));
    let both = to_yaml(&[one.clone(), one.clone()]);
    assert_eq!(both, to_yaml(std::slice::from_ref(&one)).repeat(2));
    let read: Vec<Value> = serde_saphyr::from_multiple(&both).unwrap();
    assert_eq!(read, [serde_json::to_value(&one).unwrap(), serde_json::to_value(&one).unwrap()]);
    assert_eq!(to_yaml(&[]), "");
}

#[test]
fn every_description_of_a_schema_is_limited() {
    let place = json!({"description": "One two. Three four five", "type": "object"});
    let mut crd = with_properties(json!({
        "a": {"items": place, "additionalProperties": place, "not": place},
        "b": {"anyOf": [place], "allOf": [place], "oneOf": [{"properties": {"c": place}}], "description": "One"},
    }));
    root(&mut crd).pattern_properties = Some([("x".to_owned(), JSONSchemaProps::default())].into());
    let texts = |limit: usize| to_yaml(&[limit_descriptions(crd.clone(), limit)]);
    assert_eq!(texts(100).matches("One two. Three four five").count(), 6);
    assert_eq!(texts(12).matches("description: One two.\n").count(), 6);
    assert_eq!(texts(7).matches("description: One…\n").count(), 6);
    assert_eq!(texts(0).matches("description").count(), 0);
}
