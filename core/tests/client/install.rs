use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kubist::ErrorKind;
use kubist::client::Client;
use kubist::config::Config;
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, status};
use crate::server::{Server, VERSION, json as answer_json};
use crate::tls::Authority;

const CRDS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

fn websites() -> CustomResourceDefinition {
    serde_json::from_value(json!({
        "metadata": {"name": "websites.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Website", "plural": "websites"},
            "versions": [{"name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object"}}}],
        },
    }))
    .unwrap()
}

fn stored(version: &str, established: bool) -> Value {
    let mut crd = serde_json::to_value(websites()).unwrap();
    crd["metadata"]["resourceVersion"] = version.into();
    crd["spec"]["names"]["singular"] = "website".into();
    crd["spec"]["names"]["listKind"] = "WebsiteList".into();
    crd["spec"]["conversion"] = json!({"strategy": "None"});
    let state = if established { "True" } else { "False" };
    crd["status"] = json!({"conditions": [{"type": "Established", "status": state}]});
    crd
}

fn discovery(resources: &[&str]) -> Answer {
    let resources: Vec<_> = resources
        .iter()
        .map(|name| json!({"name": name, "singularName": "", "namespaced": true, "kind": "Website", "verbs": []}))
        .collect();
    Answer::json(
        200,
        &json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "example.com/v1", "resources": resources}),
    )
}

fn missing() -> Answer {
    Answer::json(404, &status(404, "NotFound", "websites.example.com"))
}

#[tokio::test(start_paused = true)]
async fn a_new_definition_is_created_and_waited_for_until_it_is_served() {
    let fake = Fake::script([
        missing(),
        Answer::json(201, &stored("1", false)),
        Answer::json(200, &stored("1", false)),
        Answer::json(200, &stored("2", true)),
        Answer::Http(404, vec![], "404 page not found".into()),
        discovery(&["others"]),
        discovery(&["others", "websites", "websites/status"]),
        Answer::status(503, "ServiceUnavailable"),
        Answer::json(200, &json!({"kind": "WebsiteList", "items": []})),
    ]);
    fake.client().install(&[websites()]).await.unwrap();
    let one = format!("GET {CRDS}/websites.example.com");
    let group = "GET /apis/example.com/v1".to_owned();
    let list = "GET /apis/example.com/v1/websites?limit=1".to_owned();
    assert_eq!(
        fake.lines(),
        [
            one.clone(),
            format!("POST {CRDS}"),
            one.clone(),
            one,
            group.clone(),
            group.clone(),
            group,
            list.clone(),
            list,
        ]
    );
    assert_eq!(fake.seen()[1].json()["kind"], "CustomResourceDefinition");
}

/// Serves a definition that is there; `answer` decides about writes.
fn serving(crd: Value, answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Fake {
    let writes = AtomicUsize::new(0);
    Fake::new(move |seen| {
        if seen.line.starts_with("PUT ") {
            answer(writes.fetch_add(1, Ordering::Relaxed))
        } else if seen.line.contains(CRDS) {
            Answer::json(200, &crd)
        } else if seen.line.ends_with("/v1") {
            discovery(&["websites"])
        } else {
            Answer::json(200, &json!({"items": []}))
        }
    })
}

#[tokio::test(start_paused = true)]
async fn a_definition_that_is_there_already_is_not_written() {
    let fake = serving(stored("7", true), |_| panic!("no write was needed"));
    fake.client().install(&[websites()]).await.unwrap();
    assert!(fake.lines().iter().all(|line| line.starts_with("GET ")));
}

#[tokio::test(start_paused = true)]
async fn a_changed_definition_is_replaced_at_its_version_and_again_after_a_conflict() {
    let mut old = stored("7", true);
    old["spec"]["names"]["shortNames"] = json!(["old"]);
    let fake = serving(old, |write| match write {
        0 => Answer::status(409, "Conflict"),
        _ => Answer::json(200, &stored("8", true)),
    });
    fake.client().install(&[websites()]).await.unwrap();
    let writes: Vec<_> = fake.seen().into_iter().filter(|seen| seen.line.starts_with("PUT ")).collect();
    assert_eq!(writes.len(), 2);
    assert_eq!(writes[1].line, format!("PUT {CRDS}/websites.example.com"));
    assert_eq!(writes[1].json()["metadata"]["resourceVersion"], "7");
    assert!(writes[1].json()["spec"]["names"].get("shortNames").is_none());
}

#[tokio::test(start_paused = true)]
async fn a_definition_that_is_being_deleted_is_created_again_when_it_is_gone() {
    let mut ending = stored("7", true);
    ending["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
    let answers = Mutex::new(vec![missing(), Answer::json(200, &ending), Answer::json(200, &ending)]);
    let fake = Fake::new(move |seen| {
        if seen.line.starts_with("GET ") && seen.line.contains(CRDS) {
            let next = answers.lock().unwrap().pop();
            next.unwrap_or_else(|| Answer::json(200, &stored("9", true)))
        } else if seen.line.starts_with("POST ") {
            Answer::json(201, &stored("8", false))
        } else if seen.line.ends_with("/v1") {
            discovery(&["websites"])
        } else {
            Answer::status(403, "Forbidden")
        }
    });
    fake.client().install(&[websites()]).await.unwrap();
    let writes = fake.lines().iter().filter(|line| line.starts_with("POST ")).count();
    assert_eq!(writes, 1);
}

#[tokio::test(start_paused = true)]
async fn when_the_time_is_over_the_error_says_what_is_missing() {
    let mut refused = stored("1", false);
    refused["status"]["conditions"] = json!([
        {"type": "NamesAccepted", "status": "False", "reason": "PluralConflict", "message": "\"websites\" is already in use"},
    ]);
    let fake = serving(refused, |_| panic!("no write was needed"));
    let error = fake.client().install(&[websites()]).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        format!("{error:#}"),
        "install websites.example.com: not ready within 30s: \
         its names are not accepted: PluralConflict: \"websites\" is already in use"
    );

    let fake = Fake::new(|seen| match () {
        () if seen.line.contains(CRDS) => Answer::json(200, &stored("1", true)),
        () => discovery(&[]),
    });
    let error = fake.client().install_within(&[websites()], Duration::from_secs(2)).await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "install websites.example.com: not ready within 2s: \
         websites is not in discovery at /apis/example.com/v1"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refused_definition_is_an_error_at_once() {
    let fake = Fake::script([missing(), Answer::status(422, "Invalid")]);
    let error = fake.client().install(&[websites()]).await.unwrap_err();
    assert!(error.is_invalid());
    assert_eq!(
        format!("{error:#}"),
        "install websites.example.com: create customresourcedefinitions.apiextensions.k8s.io \
         \"websites.example.com\": answered 422"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_away_for_a_moment_is_waited_for_at_each_step() {
    let fake = Fake::script([
        missing(),
        Answer::Broken, // the create, and it was carried out
        Answer::status(503, "ServiceUnavailable"),
        Answer::json(200, &stored("1", false)),
        Answer::status(500, "InternalError"),
        Answer::Broken,
        Answer::Broken,
        Answer::Broken,
        Answer::json(200, &stored("2", true)),
        Answer::Broken,
        discovery(&["websites"]),
        Answer::Broken,
        Answer::json(200, &json!({"kind": "WebsiteList", "items": []})),
    ]);
    fake.client().install(&[websites()]).await.unwrap();
    assert_eq!(fake.seen().iter().filter(|seen| seen.line.starts_with("POST ")).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn when_the_server_does_not_come_back_the_last_failure_is_the_source() {
    let fake = Fake::new(|seen| match () {
        () if seen.line.contains(CRDS) => Answer::json(200, &stored("1", true)),
        () => Answer::Broken,
    });
    let error = fake.client().install_within(&[websites()], Duration::from_secs(2)).await.unwrap_err();
    assert!(error.is_timeout());
    let text = format!("{error:#}");
    let expected = "install websites.example.com: not ready within 2s: \
                    websites is not in discovery at /apis/example.com/v1: the connection broke";
    assert!(text.starts_with(expected), "{text}");
}

#[tokio::test]
async fn a_server_that_is_not_trusted_is_not_waited_for() {
    let tls = Authority::new().server("127.0.0.1", &["h2"]);
    let server = Server::start(Some(tls), |_| answer_json(VERSION)).await;
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let client = Client::new(config.certificate_authority(&Authority::new().pem)).unwrap();
    let error = client.install(&[websites()]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:#}");
    assert_eq!(server.connections(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_definition_that_cannot_be_seen_though_it_exists_is_asked_for_with_pauses() {
    let asked = AtomicUsize::new(0);
    let fake = Fake::new(move |seen| {
        assert!(asked.fetch_add(1, Ordering::Relaxed) < 100, "asked without a pause");
        match seen.line.starts_with("POST ") {
            true => Answer::status(409, "AlreadyExists"),
            false => missing(),
        }
    });
    let error = fake.client().install(&[websites()]).await.unwrap_err();
    assert!(error.is_timeout(), "{error:#}");
}

#[tokio::test]
async fn two_definitions_of_one_name_are_refused_before_anything_is_sent() {
    let fake = Fake::script([]);
    let mut second = websites();
    second.spec.versions[0].name = "v2".to_owned();
    let mut other = websites();
    other.metadata.name = Some("gadgets.example.com".to_owned());
    let error = fake.client().install(&[other.clone(), websites(), second]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(
        format!("{error:#}"),
        "install custom resource definitions: websites.example.com is given twice; \
         put its versions into one `crd!`"
    );
    // Nor is the first one written when the second has no name.
    let error = fake.client().install(&[other, CustomResourceDefinition::default()]).await.unwrap_err();
    assert!(error.is_invalid(), "{error:#}");
    assert!(fake.seen().is_empty());
}
