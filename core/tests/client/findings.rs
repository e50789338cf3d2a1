//! The thirteen findings of the table of faults, section 3: what another client was seen to do, and what is right.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Response;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kubist::ErrorKind;
use kubist::SharedInformer;
use kubist::client::Client;
use kubist::config::{Config, Impersonation, Kubeconfig};
use kubist::informer::Change;
use serde_json::Value;

use crate::fake::{Answer, Fake, status};
use crate::script::{Script, answer, open};
use crate::server::{Server, ServerBody, VERSION, json};

type Reply = Option<Response<ServerBody>>;

fn map(name: &str, version: &str, color: &str) -> Value {
    serde_json::json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name, "namespace": "shop", "uid": name, "resourceVersion": version},
        "data": {"color": color},
    })
}

fn list(version: &str, items: &[Value]) -> Reply {
    answer(
        200,
        &serde_json::json!({"kind": "ConfigMapList", "metadata": {"resourceVersion": version}, "items": items}),
    )
}

fn event(kind: &str, object: &Value) -> String {
    format!("{}\n", serde_json::json!({"type": kind, "object": object}))
}

/// Lists, and answers the watches one after the other; the last one stays open, without an event.
fn watching(items: Vec<Value>, watches: Vec<Reply>) -> Script {
    let watches = Mutex::new(watches.into_iter());
    Script::new(move |line, _| {
        if line.contains("watch=true") {
            watches.lock().unwrap().next().unwrap_or_else(|| open(""))
        } else {
            list("5", &items)
        }
    })
}

async fn informer(script: &Script) -> SharedInformer<ConfigMap> {
    let informer = script.client().namespaced::<ConfigMap>("shop").informer().start();
    informer.synced().await.unwrap();
    informer
}

fn color(informer: &SharedInformer<ConfigMap>, name: &str) -> Option<String> {
    let map = informer.lister().namespace("shop").get(name)?;
    map.data.as_ref()?.get("color").cloned()
}

/// Waits, on the paused clock, until it is so.
async fn until(mut so: impl FnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(3600), async {
        let mut interval = tokio::time::interval(Duration::from_millis(50));
        while !so() {
            interval.tick().await;
        }
    });
    waited.await.expect("it never came about");
}

#[tokio::test(start_paused = true)]
async fn finding_01_a_name_that_would_change_the_path_is_never_sent() {
    let fake = Fake::script([]);
    let client = fake.client();
    let bad = [
        "../secrets/db",
        "x/status",
        "x?dryRun=All",
        "x#frag",
        "..",
        "a%2e%2e",
        "x/../../../kube-system/y",
        "",
    ];
    for name in bad {
        let api = client.namespaced::<ConfigMap>("default");
        assert!(api.get(name).await.unwrap_err().is_invalid(), "{name}");
        assert!(api.delete(name).await.unwrap_err().is_invalid(), "{name}");
        assert!(client.namespaced::<ConfigMap>(name).list().await.unwrap_err().is_invalid(), "{name}");
    }
    assert!(
        client.namespaced::<ConfigMap>("kube-system/secrets/db?").get("x").await.unwrap_err().is_invalid()
    );
    assert!(fake.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn finding_02_a_410_at_the_start_of_a_watch_is_one_new_list() {
    let gone = answer(410, &status(410, "Expired", ""));
    let script = watching(vec![map("a", "4", "red")], vec![gone]);
    let informer = informer(&script).await;
    until(|| script.watches().len() == 2).await;
    let lines = script.lines();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[2].contains("resourceVersion=5") && !lines[2].contains("watch"), "{lines:#?}");
    assert_eq!(informer.status().reflector.lists, 2);
}

#[tokio::test(start_paused = true)]
async fn finding_03_a_watch_that_closes_at_once_is_not_opened_again_at_once() {
    let script =
        Script::new(|line, _| if line.contains("watch=true") { answer(200, "") } else { list("5", &[]) });
    let informer = informer(&script).await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    let watches = script.watches().len();
    assert!((2..10).contains(&watches), "{watches} watches in 30 s");
    assert!(informer.status().reflector.last_error.is_some());
}

#[tokio::test(start_paused = true)]
async fn finding_04_one_object_of_a_list_that_cannot_be_read_does_not_stop_the_others() {
    let mut bad = map("bad", "4", "red");
    bad["data"] = serde_json::json!("hunter2");
    let script = watching(vec![map("a", "3", "red"), bad], vec![]);
    let informer = informer(&script).await;
    assert_eq!(color(&informer, "a").as_deref(), Some("red"));
    let poisoned = informer.status().reflector.poisoned;
    let (key, poison) = poisoned.iter().next().unwrap();
    assert_eq!(key.to_string(), "shop/bad");
    assert!(!format!("{:#}", poison.error).contains("hunter2"));
    assert_eq!(informer.status().reflector.lists, 1);
}

#[tokio::test(start_paused = true)]
async fn finding_05_an_event_that_cannot_be_read_is_named_and_the_next_is_applied() {
    let mut bad = map("a", "6", "red");
    bad["data"] = serde_json::json!(7);
    let events = event("MODIFIED", &bad) + &event("ADDED", &map("b", "7", "blue"));
    let script = watching(vec![map("a", "4", "red")], vec![open(events)]);
    let informer = informer(&script).await;
    until(|| color(&informer, "b").is_some()).await;
    let poisoned = informer.status().reflector.poisoned;
    let (key, poison) = poisoned.iter().next().unwrap();
    assert_eq!((key.to_string().as_str(), poison.resource_version.as_str()), ("shop/a", "6"));
    assert!(format!("{:#}", poison.error).contains("object cannot be decoded"));
}

#[tokio::test(start_paused = true)]
async fn finding_06_a_torn_event_loses_no_update() {
    let whole = event("MODIFIED", &map("a", "6", "green"));
    let torn = format!("{}\n{}", &whole[..whole.len() / 2], event("ADDED", &map("b", "7", "blue")));
    let script = watching(
        vec![map("a", "4", "red")],
        vec![open(torn), open(whole + &event("ADDED", &map("b", "7", "blue")))],
    );
    let informer = informer(&script).await;
    until(|| color(&informer, "b").is_some()).await;
    assert_eq!(color(&informer, "a").as_deref(), Some("green"));
    assert!(script.watches()[1].contains("resourceVersion=5"), "{:#?}", script.watches());
}

#[tokio::test(start_paused = true)]
async fn finding_07_bytes_that_are_no_text_and_types_that_are_unknown_do_not_stop_the_watch() {
    let mut events = event("ADDED", &map("a", "6", "@")).into_bytes();
    let at = events.iter().position(|byte| *byte == b'@').unwrap();
    events[at] = 0xff;
    events.extend(event("SOMETHING", &map("z", "7", "red")).into_bytes());
    events.extend(event("ADDED", &map("b", "8", "blue")).into_bytes());
    let script = watching(vec![], vec![open(events)]);
    let informer = informer(&script).await;
    until(|| color(&informer, "b").is_some()).await;
    assert_eq!(color(&informer, "a").as_deref(), Some("\u{fffd}"));
    assert_eq!(informer.status().reflector.unknown_events, 1);
    assert_eq!(script.watches().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn finding_08_a_version_that_moves_back_is_neither_applied_nor_gone_on_from() {
    let events = event("MODIFIED", &map("a", "9", "green")) + &event("MODIFIED", &map("a", "7", "old"));
    let script = watching(vec![map("a", "4", "red")], vec![answer(200, &events)]);
    let informer = informer(&script).await;
    until(|| script.watches().len() == 2).await;
    assert_eq!(color(&informer, "a").as_deref(), Some("green"));
    assert!(script.watches()[1].contains("resourceVersion=9"), "{:#?}", script.watches());
    assert_eq!(informer.status().stale_events, 1);
}

#[tokio::test(start_paused = true)]
async fn finding_09_a_secret_that_cannot_be_read_is_not_shown() {
    let secret = serde_json::json!({"apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": "db", "creationTimestamp": "hunter2"}, "data": {"password": "aHVudGVyMg=="}});
    let fake = Fake::script([Answer::json(200, &secret)]);
    let error = fake.client().namespaced::<Secret>("shop").get("db").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = format!("{error:#} {error:?} {:?}", error.attempts());
    assert!(!text.contains("hunter2") && !text.contains("aHVudGVyMg"), "{text}");
    // What is logged is looked at in `logs::nothing_that_is_logged_holds_a_token_or_a_body`.
}

#[test]
fn finding_10_the_debug_forms_of_configurations_have_no_secret() {
    let kubeconfig = Kubeconfig::parse(
        "
        current-context: c
        clusters: [{name: c, cluster: {server: 'https://c', proxy-url: 'http://me:hunter2@proxy'}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users:
        - {name: u, user: {token: hunter2, username: me, password: hunter2, client-key-data: aHVudGVyMg==}}
        - {name: o, user: {auth-provider: {name: oidc, config: {refresh-token: hunter2}}}}
        - {name: e, user: {exec: {command: x, env: [{name: A, value: hunter2}]}}}",
    )
    .unwrap();
    let config = Config::new("https://c")
        .unwrap()
        .token("hunter2")
        .proxy("http://me:hunter2@proxy")
        .unwrap()
        .client_certificate("hunter2", "hunter2");
    let client = Client::new(Config::new("https://c").unwrap().token("hunter2").no_proxy()).unwrap();
    let text = format!("{kubeconfig:?} {config:?} {client:?} {:?}", client.rest());
    assert!(!text.contains("hunter2") && !text.contains("aHVudGVyMg"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn finding_11_a_handler_that_panics_ends_nothing() {
    let events = event("MODIFIED", &map("a", "6", "green")) + &event("MODIFIED", &map("a", "7", "blue"));
    let script = watching(vec![map("a", "4", "red")], vec![open(events)]);
    let informer = informer(&script).await;
    let calls = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&calls);
    let panicking = informer.on(|_: Change<ConfigMap>| panic!("of the handler"));
    let counting = informer.on(move |_: Change<ConfigMap>| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    until(|| color(&informer, "a").as_deref() == Some("blue") && calls.load(Ordering::Relaxed) > 0).await;
    until(|| informer.status().handler_panics > 0).await;
    assert_eq!(informer.status().handlers, 2);
    drop((panicking, counting));
}

#[tokio::test(start_paused = true)]
async fn finding_12_a_post_after_504_is_sent_once_and_a_silent_server_is_a_timeout() {
    let fake = Fake::script([Answer::status(504, "Timeout")]);
    let mut new = ConfigMap::default();
    new.metadata.name = Some("a".to_owned());
    let error = fake.client().namespaced::<ConfigMap>("shop").create(&new).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(fake.lines().len(), 1);

    let fake = Fake::script([Answer::Never]);
    let start = tokio::time::Instant::now();
    let error = fake.client().namespaced::<ConfigMap>("shop").get("a").await.unwrap_err();
    assert!(error.is_timeout() && !error.is_outcome_unknown(), "{error:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(30));
}

#[tokio::test]
async fn finding_13_what_a_kubeconfig_asks_for_is_done_or_refused() {
    let with = |server: &str, cluster: &str, user: &str| {
        format!(
            "{{current-context: c, clusters: [{{name: c, cluster: {{server: '{server}'{cluster}}}}}], \
             contexts: [{{name: c, context: {{cluster: c, user: u}}}}], users: [{{name: u, user: {{{user}}}}}]}}"
        )
    };
    let both = ", insecure-skip-tls-verify: true, certificate-authority-data: YQ==";
    let error = Config::from_kubeconfig(&with("https://c", both, "token: t")).unwrap_err();
    assert!(format!("{error:#}").contains("exclude each other"), "{error:#}");
    // A uid without a user would be somebody else.
    assert!(Config::from_kubeconfig(&with("https://c", "", "as-uid: '7'")).is_err());

    let server = Server::start(None, |_| json(VERSION)).await;
    let jane = "as: jane, as-uid: '7', as-groups: [web], as-user-extra: {scopes: [a]}";
    let yaml = with(&format!("http://{}", server.address), "", jane);
    let client = Client::new(Config::from_kubeconfig(&yaml).unwrap()).unwrap();
    client.server_version().await.unwrap();
    let headers = &server.arrived()[0].headers;
    let sent = ["user", "uid", "group", "extra-scopes"].map(|part| &headers[format!("impersonate-{part}")]);
    assert_eq!(sent, ["jane", "7", "web", "a"]);
}

#[tokio::test]
async fn finding_13_every_part_of_an_impersonation_is_sent() {
    let server = Server::start(None, |_| json(VERSION)).await;
    let jane = Impersonation::new("jane").uid("7").group("web").extra("Scopes/x", "a b");
    let config = Config::new(&format!("http://{}", server.address)).unwrap().impersonate(jane);
    Client::new(config).unwrap().server_version().await.unwrap();
    let headers = &server.arrived()[0].headers;
    assert_eq!(headers["impersonate-user"], "jane");
    assert_eq!(headers["impersonate-uid"], "7");
    assert_eq!(headers["impersonate-group"], "web");
    assert_eq!(headers["impersonate-extra-scopes%2fx"], "a b");
}
