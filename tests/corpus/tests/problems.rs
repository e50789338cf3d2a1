//! What `kubist::schema::problems` and its like say of the corpus, when the program runs.

use kubist::migration::MigrationPlan;
use kubist::prelude::*;
use kubist::schema::{problems, warnings};
use kubist_corpus::{entries, refused};

#[test]
fn no_entry_has_a_problem_or_a_warning() {
    for entry in entries() {
        let crd = entry.definition();
        assert!(problems(&crd).is_empty(), "{}: {:?}", entry.kind(), problems(&crd));
        assert!(warnings(&crd).is_empty(), "{}: {:?}", entry.kind(), warnings(&crd));
    }
}

#[test]
fn what_the_server_refuses_is_a_problem() {
    for of in refused() {
        let mut found: Vec<String> =
            problems(&of.definition).into_iter().map(|problem| problem.field).collect();
        found.sort();
        found.dedup();
        assert_eq!(found, of.fields, "{}", of.kind);
    }
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

/// A kind whose defaults break rules of their own fields.
#[derive(Clone, Debug, Resource)]
#[resource(group = "corpus.example.com", version = "v1", scope = Namespaced, plural = "circulars")]
struct Circular {
    metadata: ObjectMeta,
    spec: CircularSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
struct CircularSpec {
    #[serde(default)]
    #[schema(minimum = 1)]
    replicas: i32,
    #[serde(default = "hundred")]
    #[schema(maximum = 99)]
    max_surge: i32,
    #[serde(default)]
    #[schema(pattern = "^gs://")]
    bucket: String,
    #[serde(default)]
    #[schema(min_items = 1)]
    ports: Vec<i32>,
    #[serde(default)]
    #[schema(rule("self.low < self.high", message = "low is not below high"))]
    range: Range,
    /// This one is as it should be.
    #[serde(default = "hundred")]
    #[schema(minimum = 1)]
    timeout: i32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
struct Range {
    low: i32,
    high: i32,
}

fn hundred() -> i32 {
    100
}

#[test]
fn a_default_that_breaks_a_rule_is_named_with_the_field_and_the_rule() {
    let found: Vec<String> =
        problems(&Circular::crd()).iter().map(|problem| format!("{problem:?}")).collect();
    let spec = "spec.validation.openAPIV3Schema.properties[spec]";
    let expected = [
        "^.properties[bucket].default: Invalid value: \"\":  in body should match '~gs://'",
        "^.properties[maxSurge].default: Invalid value: 100:  in body should be less than or equal to 99",
        "^.properties[ports].default: Invalid value: 0:  in body should have at least 1 items",
        "^.properties[range].default: Invalid value: low is not below high",
        "^.properties[replicas].default: Invalid value: 0:  in body should be greater than or equal to 1",
    ];
    assert_eq!(found, expected.map(|text| text.replace('^', spec).replace('~', "^")));
}
