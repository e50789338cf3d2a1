//! Definitions that compile and that the server refuses: what cannot be known before the program runs.

use kubist::crd::CustomResourceDefinition;
use kubist::prelude::*;

/// A definition that the server refuses.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refused {
    /// The kind; its number is that of the shape.
    pub kind: &'static str,
    /// What is refused.
    pub definition: CustomResourceDefinition,
    /// The fields that are refused, sorted, as the server names them.
    pub fields: Vec<String>,
    /// Whether `kubist::schema::problems` knows it too. It does not estimate what rules cost.
    pub is_known: bool,
}

/// All of them.
#[must_use]
pub fn refused() -> Vec<Refused> {
    let at = |name: &str, keyword: &str| {
        format!("spec.validation.openAPIV3Schema.properties[spec].properties[{name}].{keyword}")
    };
    vec![
        Refused {
            kind: "A111",
            definition: A111::crd(),
            fields: ["list", "name", "number", "text"].map(|name| at(name, "default")).into(),
            is_known: true,
        },
        Refused {
            kind: "A115",
            definition: A115::crd(),
            // It is too much for the rule, and for the whole schema.
            fields: vec![
                "spec.validation.openAPIV3Schema".to_owned(),
                at("unbounded", "x-kubernetes-validations[0].rule"),
            ],
            is_known: false,
        },
    ]
}

/// Its defaults are refused by their own schemas.
#[derive(Clone, Debug, Resource)]
#[resource(group = "corpus.example.com", version = "v1", scope = Namespaced)]
struct A111 {
    metadata: ObjectMeta,
    spec: A111Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct A111Spec {
    #[serde(default = "eleven")]
    #[schema(maximum = 10)]
    number: i32,
    #[serde(default = "upper")]
    #[schema(pattern = "^[a-z]+$")]
    name: String,
    #[serde(default = "thrice")]
    #[schema(max_items = 2)]
    list: Vec<i32>,
    #[serde(default)]
    #[schema(min_length = 1)]
    text: String,
    #[serde(default = "eleven")]
    fine: i32,
}

fn eleven() -> i32 {
    11
}

fn upper() -> String {
    "A".to_owned()
}

fn thrice() -> Vec<i32> {
    vec![1, 1, 1]
}

/// A rule over pairs of items, of which there may be any number.
#[derive(Clone, Debug, Resource)]
#[resource(group = "corpus.example.com", version = "v1", scope = Namespaced)]
struct A115 {
    metadata: ObjectMeta,
    spec: A115Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct A115Spec {
    #[schema(rule("self.all(x, self.exists_one(y, x == y))"))]
    unbounded: Vec<String>,
    #[schema(max_items = 8, items(max_length = 8), rule("self.all(x, self.exists_one(y, x == y))"))]
    bounded: Vec<String>,
}
