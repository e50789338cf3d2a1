//! What `kubist::schema::problems` and its like say of the corpus, when the program runs.

use kubist::migration::MigrationPlan;
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
fn what_the_server_refuses_is_a_problem_where_it_is_known() {
    for of in refused() {
        let mut found: Vec<String> =
            problems(&of.definition).into_iter().map(|problem| problem.field).collect();
        found.sort();
        found.dedup();
        assert_eq!(found, if of.is_known { of.fields } else { Vec::new() }, "{}", of.kind);
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
