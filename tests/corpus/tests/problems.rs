//! What can only be told when the program runs: defaults that their own schema refuses, rules that cost too much,
//! versions that objects are still stored in.

use kubist::crd::CustomResourceDefinition;
use kubist::migration::MigrationPlan;
use kubist::prelude::*;
use kubist::schema::{problems, warnings};
use kubist_corpus::entries;

/// What is wrong with a definition, by field.
fn fields(crd: &CustomResourceDefinition) -> Vec<String> {
    problems(crd).into_iter().map(|problem| problem.field).collect()
}

#[test]
fn no_entry_has_a_problem_or_a_warning() {
    for entry in entries() {
        let crd = entry.definition();
        assert!(problems(&crd).is_empty(), "{}: {:?}", entry.kind(), problems(&crd));
        assert!(warnings(&crd).is_empty(), "{}: {:?}", entry.kind(), warnings(&crd));
    }
}

/// A111.
#[derive(Clone, Debug, Resource)]
#[resource(group = "corpus.example.com", version = "v1", scope = Namespaced)]
struct Refused {
    metadata: ObjectMeta,
    spec: RefusedSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct RefusedSpec {
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

#[test]
fn a_default_that_its_schema_refuses_is_a_problem() {
    let at = |name: &str| {
        format!("spec.versions[0].schema.openAPIV3Schema.properties[spec].properties[{name}].default")
    };
    let mut found = fields(&Refused::crd());
    found.sort();
    found.dedup();
    assert_eq!(found, ["list", "name", "number", "text"].map(at));
}

/// A115.
#[derive(Clone, Debug, Resource)]
#[resource(group = "corpus.example.com", version = "v1", scope = Namespaced)]
struct Costly {
    metadata: ObjectMeta,
    spec: CostlySpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct CostlySpec {
    /// No bound says how many there may be.
    #[schema(rule("self.all(x, self.exists_one(y, x == y))"))]
    unbounded: Vec<String>,
    #[schema(max_items = 8, items(max_length = 8), rule("self.all(x, self.exists_one(y, x == y))"))]
    bounded: Vec<String>,
}

#[test]
fn a_rule_that_costs_too_much_is_a_problem() {
    let found = fields(&Costly::crd());
    assert!(!found.is_empty(), "the server refuses this definition");
    assert!(found.iter().all(|field| field.contains("unbounded")), "{found:?}");
}

#[test]
fn versions_that_objects_are_stored_in_are_named() {
    let entry = entries().into_iter().find(|entry| entry.kind() == "A121").unwrap();
    let mut crd = entry.definition();
    let mut status = crd.status.take().unwrap_or_default();
    status.stored_versions = Some(vec!["v1alpha1".to_owned(), "v1".to_owned()]);
    crd.status = Some(status);
    let plan = MigrationPlan::to_storage(&crd);
    assert_eq!((plan.target(), plan.stale()), ("v1", vec!["v1alpha1".to_owned()]));
    assert!(plan.may_drop("v1alpha1").is_err());
}
