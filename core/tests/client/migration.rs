use std::sync::Mutex;
use std::time::Duration;

use kubist::migration::{MigrationPlan, StorageMigration};
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, status};

const CRD: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/websites.example.com";
const LIST: &str = "/apis/example.com/v1/websites";

fn definition(stored: &[&str], generation: i64) -> Value {
    json!({
        "metadata": {"name": "websites.example.com", "uid": "u", "generation": generation, "resourceVersion": "9"},
        "spec": {
            "group": "example.com", "scope": "Namespaced", "names": {"kind": "Website", "plural": "websites"},
            "versions": [
                {"name": "v1", "served": true, "storage": true},
                {"name": "v1alpha1", "served": true, "storage": false},
                {"name": "v1beta1", "served": false, "storage": false},
            ],
        },
        "status": {"storedVersions": stored},
    })
}

fn discovery(hash: &str) -> Answer {
    Answer::json(
        200,
        &json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "example.com/v1", "resources": [
            {"name": "websites", "singularName": "", "namespaced": true, "kind": "Website", "verbs": [], "storageVersionHash": hash},
        ]}),
    )
}

/// What the real server shows as the hash of `example.com/v1/Website`.
const HASH_OF_V1: &str = "Ohjsn5STl64=";

fn page(names: &[&str], next: &str) -> Answer {
    let item = |name: &&str| json!({"metadata": {"name": name, "namespace": "shop", "uid": "1", "resourceVersion": "3"}});
    let items: Vec<_> = names.iter().map(item).collect();
    Answer::json(
        200,
        &json!({"kind": "PartialObjectMetadataList", "metadata": {"continue": next}, "items": items}),
    )
}

fn written(version: &str) -> Answer {
    Answer::json(
        200,
        &json!({"kind": "PartialObjectMetadata", "metadata": {"name": "x", "resourceVersion": version}}),
    )
}

/// A server with two pages of objects; a write of `refused` is refused.
fn serving(hashes: &[&'static str], crds: Vec<Value>, refused: &'static str) -> Fake {
    let hashes = Mutex::new(hashes.to_vec());
    let crds = Mutex::new(crds);
    Fake::new(move |seen| {
        let (verb, path) = seen.line.split_once(' ').unwrap();
        match (verb, path) {
            ("GET", CRD) => {
                let mut crds = crds.lock().unwrap();
                let next = if crds.len() > 1 { crds.remove(0) } else { crds[0].clone() };
                Answer::json(200, &next)
            }
            ("GET", "/apis/example.com/v1") => {
                let mut hashes = hashes.lock().unwrap();
                discovery(if hashes.len() > 1 { hashes.remove(0) } else { hashes[0] })
            }
            ("GET", list) if list == format!("{LIST}?limit=2") => page(&["a", "b"], "t"),
            ("GET", list) if list == format!("{LIST}?limit=2&continue=t") => page(&["c", "d"], ""),
            ("PATCH", object) if object.ends_with(refused) => Answer::status(422, "Invalid"),
            ("PATCH", object) if object.ends_with("/a") => written("4"),
            ("PATCH", object) if object.ends_with("/b") => written("3"),
            ("PATCH", object) if object.ends_with("/c") => Answer::json(404, &status(404, "NotFound", "c")),
            ("PATCH", object) if object.ends_with("/d") => Answer::status(409, "Conflict"),
            ("PATCH", object) if object == format!("{CRD}/status") => {
                Answer::json(200, &definition(&["v1"], 1))
            }
            _ => panic!("{}", seen.line),
        }
    })
}

fn migration(fake: &Fake) -> StorageMigration {
    StorageMigration::new(&fake.client(), "websites.example.com").page_size(2).settle(Duration::ZERO)
}

#[tokio::test(start_paused = true)]
async fn every_object_is_written_without_a_change_and_then_the_old_versions_are_forgotten() {
    let fake = serving(&["old", "old", HASH_OF_V1], vec![definition(&["v1alpha1", "v1"], 1)], "/none");
    let report = migration(&fake).run().await.unwrap();
    assert_eq!(
        report.to_string(),
        "websites.example.com is stored in v1: 1 objects rewritten, 1 as before, 1 written by others, 1 deleted meanwhile"
    );
    assert_eq!(report.stale, ["v1alpha1"]);
    let lines = fake.lines();
    let discovered = lines.iter().filter(|line| *line == "GET /apis/example.com/v1").count();
    assert_eq!(discovered, 3, "nothing is written before the server stores in the new version");
    let first = lines.iter().position(|line| line.starts_with("PATCH")).unwrap();
    assert!(lines[..first].iter().filter(|line| *line == "GET /apis/example.com/v1").count() == 3);
    let patch =
        fake.seen().into_iter().find(|seen| seen.line.ends_with("/namespaces/shop/websites/a")).unwrap();
    assert_eq!(patch.json(), json!({"metadata": {"resourceVersion": "3", "uid": "1"}}));
    assert_eq!(patch.headers["content-type"], "application/merge-patch+json");
    let last = fake.seen().pop().unwrap();
    assert_eq!(last.line, format!("PATCH {CRD}/status"));
    assert_eq!(
        last.json(),
        json!({"metadata": {"resourceVersion": "9"}, "status": {"storedVersions": ["v1"]}})
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_stored_in_one_version_already_is_left_alone() {
    let fake = serving(&[HASH_OF_V1], vec![definition(&["v1"], 1)], "/none");
    let report = migration(&fake).run().await.unwrap();
    assert!(report.stale.is_empty());
    assert_eq!(fake.lines(), [format!("GET {CRD}")]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_object_is_named_and_nothing_is_forgotten() {
    let fake = serving(&[HASH_OF_V1], vec![definition(&["v1alpha1", "v1"], 1)], "/b");
    let error = migration(&fake).run().await.unwrap_err();
    assert!(error.is_invalid());
    let text = format!("{error:#}");
    let expected = "migrate websites.example.com: 1 objects could not be written: rewrite websites.example.com \"shop/b\": answered 422";
    assert!(text.starts_with(expected), "{text}");
    assert!(!fake.lines().iter().any(|line| line.ends_with("/status")));
    assert!(
        fake.lines().iter().any(|line| line.ends_with("/websites/d")),
        "the others are written all the same"
    );
}

#[tokio::test(start_paused = true)]
async fn a_definition_that_changes_in_the_meantime_is_not_written() {
    let crds = vec![definition(&["v1alpha1", "v1"], 1), definition(&["v1alpha1", "v1"], 2)];
    let fake = serving(&[HASH_OF_V1], crds, "/none");
    let error = migration(&fake).run().await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "migrate websites.example.com: the definition was changed in the meantime; run the migration again"
    );
    assert!(!fake.lines().iter().any(|line| line.ends_with("/status")));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_on_storing_the_old_version_is_an_error() {
    let fake = serving(&["old"], vec![definition(&["v1alpha1", "v1"], 1)], "/none");
    let error = migration(&fake).run().await.unwrap_err();
    assert!(error.is_timeout(), "{error:#}");
    assert!(!fake.lines().iter().any(|line| line.starts_with("PATCH")));
}

#[test]
fn a_plan_names_the_steps_to_another_version_in_order() {
    let crd = serde_json::from_value(definition(&["v1alpha1", "v1"], 1)).unwrap();
    let plan = MigrationPlan::new(&crd, "v2");
    assert_eq!(
        plan.to_string(),
        "websites.example.com to v2:\n  \
         1. add v2 to the definition, served and not stored\n  \
         2. store objects in v2 instead of v1\n  \
         3. write all objects again: some may be stored in v1alpha1, v1\n  \
         4. take v1alpha1, v1 out of status.storedVersions\n  \
         5. stop serving v1alpha1\n  \
         6. take v1alpha1 out of the definition\n  \
         7. take v1beta1 out of the definition\n  \
         8. stop serving v1\n  \
         9. take v1 out of the definition"
    );
    assert_eq!(plan.stale(), ["v1alpha1", "v1"]);
    let refused = |version| plan.may_drop(version).unwrap_err().to_string();
    assert_eq!(
        refused("v1alpha1"),
        "v1alpha1 cannot leave websites.example.com yet: objects may be stored in it"
    );
    assert_eq!(
        refused("v1"),
        "v1 cannot leave websites.example.com yet: it is the version that objects are stored in"
    );
    assert_eq!(refused("v9"), "websites.example.com has no version v9");
    assert!(plan.may_drop("v1beta1").is_ok());
}
