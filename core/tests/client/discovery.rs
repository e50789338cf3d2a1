use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use kubist::discovery::DiscoveryClient;
use kubist::resource::GroupVersionKind;
use kubist::{ErrorKind, Result};
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, Seen};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

fn aggregated(items: Value) -> Answer {
    let list =
        json!({"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "items": items});
    Answer::Http(200, vec![("content-type", AGGREGATED)], list.to_string().into())
}

fn resource(plural: &str, kind: &str, short: &str) -> Value {
    json!({
        "resource": plural, "responseKind": {"group": "", "version": "", "kind": kind}, "scope": "Namespaced",
        "singularResource": kind.to_lowercase(), "verbs": ["get", "list"], "shortNames": [short],
        "categories": ["all"],
    })
}

fn group(name: &str, versions: Value) -> Value {
    json!({"metadata": {"name": name}, "versions": versions})
}

fn version(name: &str, resources: Value) -> Value {
    json!({"version": name, "resources": resources, "freshness": "Current"})
}

fn core() -> Value {
    json!([group("", json!([version("v1", json!([resource("pods", "Pod", "po")]))]))])
}

/// A server of one core group and these others.
fn serving(groups: Value) -> Fake {
    Fake::new(move |seen| match seen.line.as_str() {
        "GET /api" => aggregated(core()),
        "GET /apis" => aggregated(groups.clone()),
        _ => Answer::status(404, "NotFound"),
    })
}

fn discovery(fake: &Fake) -> DiscoveryClient {
    DiscoveryClient::new(fake.client().rest().clone())
}

#[tokio::test]
async fn two_requests_tell_everything_and_are_not_sent_twice() {
    let fake = serving(json!([group(
        "apps",
        json!([version("v1", json!([resource("deployments", "Deployment", "deploy")]))])
    ),]));
    let discovery = discovery(&fake);
    assert!(!discovery.is_fresh());
    let served = discovery.resources().await.unwrap();
    let names: Vec<_> = served.resources().map(|resource| resource.gvk().unwrap().to_string()).collect();
    assert_eq!(names, ["v1 Pod", "apps/v1 Deployment"]);
    assert!(Arc::ptr_eq(&served, &discovery.clone().resources().await.unwrap()) && discovery.is_fresh());
    assert_eq!(fake.lines(), ["GET /api", "GET /apis"]);
    assert_eq!(fake.seen()[0].headers["accept"], format!("{AGGREGATED},application/json"));
    discovery.invalidate();
    assert!(!discovery.is_fresh());
    discovery.resources().await.unwrap();
    assert_eq!(fake.lines().len(), 4);
}

#[tokio::test]
async fn the_media_type_of_the_answer_decides_how_it_is_read() {
    // What looks aggregated and does not say so is not.
    let fake = Fake::new(|seen| match seen.line.as_str() {
        "GET /api" => Answer::json(200, &json!({"kind": "APIVersions", "versions": ["v1"]})),
        "GET /apis" => {
            let groups = json!([{
                "name": "apps", "preferredVersion": {"groupVersion": "apps/v1", "version": "v1"},
                "versions": [{"groupVersion": "apps/v1beta1", "version": "v1beta1"}, {"groupVersion": "apps/v1", "version": "v1"}],
            }]);
            Answer::json(200, &json!({"kind": "APIGroupList", "groups": groups, "items": core()}))
        }
        "GET /api/v1" => {
            let pods = json!({"name": "pods", "singularName": "pod", "namespaced": true, "kind": "Pod", "verbs": ["get"]});
            let eviction = json!({"name": "pods/eviction", "namespaced": true, "group": "policy", "version": "v1", "kind": "Eviction", "verbs": ["create"]});
            Answer::json(200, &json!({"kind": "APIResourceList", "resources": [eviction, pods]}))
        }
        "GET /apis/apps/v1" => Answer::json(200, &json!({"resources": null})),
        "GET /apis/apps/v1beta1" => {
            let deployments =
                json!({"name": "deployments", "namespaced": true, "kind": "Deployment", "verbs": null});
            Answer::json(200, &json!({"resources": [deployments]}))
        }
        _ => panic!("{}", seen.line),
    });
    let served = discovery(&fake).resources().await.unwrap();
    served.complete().unwrap();
    let pods = served.resources().next().unwrap();
    assert_eq!(pods.subresource("eviction").unwrap().gvk.as_ref().unwrap().to_string(), "policy/v1 Eviction");
    let preferred = served.preferred_resources();
    let preferred: Vec<_> = preferred.iter().map(|found| format!("{found}/{}", found.gvr.version)).collect();
    assert_eq!(preferred, ["pods/v1", "deployments.apps/v1beta1"]);
}

#[tokio::test]
async fn a_server_without_core_group_is_tolerated_and_one_without_groups_is_not() {
    let fake = Fake::new(|seen| match seen.line.as_str() {
        "GET /apis" => aggregated(json!([group("apps", json!([]))])),
        _ => Answer::status(404, "NotFound"),
    });
    assert_eq!(discovery(&fake).resources().await.unwrap().groups()[0].name, "apps");
    let fake = Fake::new(|seen| match seen.line.as_str() {
        "GET /api" => aggregated(core()),
        _ => Answer::status(404, "NotFound"),
    });
    let error = discovery(&fake).resources().await.unwrap_err();
    assert_eq!(error.to_string(), "discover what the cluster serves");
}

#[tokio::test]
async fn a_stale_version_is_a_failure_beside_what_works_and_not_the_preferred_one() {
    let mut stale = version("v2", json!([resource("pods", "PodMetrics", "pm")]));
    stale["freshness"] = "Stale".into();
    let fresh = version("v1", json!([resource("nodes", "NodeMetrics", "nm")]));
    let fake = serving(json!([group("metrics.k8s.io", json!([stale, fresh]))]));
    let served = discovery(&fake).resources().await.unwrap();
    assert_eq!(served.group("metrics.k8s.io").unwrap().preferred_version, "v1");
    let failure = &served.failures()[0];
    assert_eq!((failure.to_string().as_str(), failure.stale), ("metrics.k8s.io/v2", true));
    let error = served.complete().unwrap_err();
    let text = "discover metrics.k8s.io/v2: the API server behind this group does not answer";
    assert_eq!(format!("{error:#}"), text);
}

/// A server without aggregated documents, of a group that answers, one that fails, and one that is missing.
fn broken(mended: &Arc<AtomicBool>) -> Fake {
    let mended = Arc::clone(mended);
    let named = |name: &str| json!({"name": name, "versions": [{"version": "v1"}], "preferredVersion": {"version": "v1"}});
    let groups = json!({"groups": [named("a.io"), named("b.io"), named("c.io")]});
    let list = json!({"resources": [{"name": "things", "namespaced": true, "kind": "Thing", "verbs": []}]});
    Fake::new(move |seen: &Seen| match seen.line.as_str() {
        "GET /apis" => Answer::json(200, &groups),
        "GET /apis/a.io/v1" => Answer::json(200, &list),
        "GET /apis/b.io/v1" if mended.load(Ordering::Relaxed) => Answer::json(200, &list),
        "GET /apis/b.io/v1" => Answer::status(503, "ServiceUnavailable"),
        _ => Answer::status(404, "NotFound"),
    })
}

#[tokio::test(start_paused = true)]
async fn what_failed_and_may_pass_is_asked_for_again_and_the_rest_is_not() {
    let mended = Arc::default();
    let fake = broken(&mended);
    let discovery = discovery(&fake);
    let failed = |served: &kubist::discovery::ServerResources| {
        served.failures().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(failed(&discovery.resources().await.unwrap()), ["b.io/v1", "c.io/v1"]);
    mended.store(true, Ordering::Relaxed);
    let before = fake.lines().len();
    let served = discovery.resources().await.unwrap();
    assert_eq!(failed(&served), ["c.io/v1"]);
    assert_eq!(served.resources().count(), 2);
    assert!(Arc::ptr_eq(&served, &discovery.resources().await.unwrap()));
    assert_eq!(fake.lines()[before..], ["GET /apis/b.io/v1"]);
}

#[tokio::test]
async fn many_who_ask_at_once_send_one_request() {
    let fake = serving(json!([]));
    let discovery = discovery(&fake);
    let asked = futures_util::future::join_all((0..20).map(|_| discovery.resources())).await;
    assert!(asked.iter().all(Result::is_ok));
    assert_eq!(fake.lines().len(), 2);
}

#[tokio::test]
async fn a_miss_asks_the_server_once_more_and_finds_what_is_new() {
    let installed = Arc::<AtomicBool>::default();
    let is_there = Arc::clone(&installed);
    let fake = Fake::new(move |seen| match seen.line.as_str() {
        "GET /api" => aggregated(core()),
        _ if is_there.load(Ordering::Relaxed) => aggregated(json!([group(
            "example.com",
            json!([version("v1", json!([resource("sites", "Site", "web")]))])
        )])),
        _ => aggregated(json!([])),
    });
    let mapper = fake.client().rest_mapper();
    let site = GroupVersionKind::new("example.com", "v1", "Site");
    // Nothing was known before this call, so that it need not ask twice.
    assert!(mapper.mapping(&site).await.unwrap_err().is_no_match());
    assert_eq!(fake.lines().len(), 2);
    assert_eq!(mapper.resource("po").await.unwrap().kind, "Pod");
    assert_eq!(fake.lines().len(), 2);
    installed.store(true, Ordering::Relaxed);
    assert_eq!(mapper.mapping(&site).await.unwrap().to_string(), "sites.example.com");
    assert_eq!(fake.lines().len(), 4);
    let error = mapper.resource("nothing").await.unwrap_err();
    assert_eq!((error.kind(), fake.lines().len()), (ErrorKind::NoMatch, 6));
    assert_eq!(error.to_string(), "the cluster serves no resource \"nothing\"");
}

#[tokio::test]
async fn a_name_of_two_groups_is_ambiguous_unless_one_is_of_kubernetes() {
    let backups = || json!([version("v1", json!([resource("backups", "Backup", "bak")]))]);
    let events = || json!([version("v1", json!([resource("pods", "Pod", "po")]))]);
    let fake = serving(json!([
        group("metrics.k8s.io", events()),
        group("a.example.com", backups()),
        group("b.example.com", backups()),
        // A short name never hides a full one.
        group("c.example.com", json!([version("v1", json!([resource("secrets", "Secret", "backup")]))])),
    ]));
    let mapper = fake.client().rest_mapper();
    assert_eq!(mapper.resource("pods").await.unwrap().to_string(), "pods");
    assert_eq!(mapper.candidates("pods").await.unwrap().len(), 2);
    for name in ["backups", "backup", "Backup", "bak"] {
        let error = mapper.resource(name).await.unwrap_err();
        let text = format!(
            "{name:?} may be backups.a.example.com and backups.b.example.com: give the name with its group"
        );
        assert_eq!((error.to_string(), error.is_invalid()), (text, true));
    }
    assert_eq!(mapper.resource("bak.b").await.unwrap().to_string(), "backups.b.example.com");
    assert_eq!(mapper.category("all").await.unwrap().len(), 5);
    assert!(mapper.category("none").await.unwrap_err().is_no_match());
}

#[tokio::test]
async fn what_could_not_be_discovered_is_the_source_of_a_miss() {
    let mut stale = version("v1", json!([]));
    stale["freshness"] = "Stale".into();
    let fake = serving(json!([group("metrics.k8s.io", json!([stale]))]));
    let kind = GroupVersionKind::new("metrics.k8s.io", "v1", "NodeMetrics");
    let error = fake.client().rest_mapper().mapping(&kind).await.unwrap_err();
    let text =
        "the cluster serves no kind \"NodeMetrics\" in metrics.k8s.io/v1: discover metrics.k8s.io/v1: ";
    assert!(format!("{error:#}").starts_with(text), "{error:?}");
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("http_fake/discovery.json")
}

#[tokio::test]
async fn another_process_answers_from_disk_until_it_is_told_to_forget() {
    let folder = tempfile::tempdir().unwrap();
    let fake = serving(json!([group(
        "apps",
        json!([version("v1", json!([resource("deployments", "Deployment", "deploy")]))])
    )]));
    let process = || discovery(&fake).disk_cache(folder.path());
    let first = process();
    let found = first.resources().await.unwrap();
    assert!(first.is_fresh());
    let second = process();
    let cached = second.resources().await.unwrap();
    assert_eq!(cached.groups(), found.groups());
    assert!(!second.is_fresh());
    assert_eq!(fake.lines().len(), 2);
    second.invalidate();
    second.resources().await.unwrap();
    assert!(second.is_fresh());
    assert_eq!(fake.lines().len(), 4);
    // Nothing but the file is left.
    assert_eq!(fs::read_dir(file(folder.path()).parent().unwrap()).unwrap().count(), 1);
}

#[tokio::test]
async fn what_is_on_disk_is_asked_once_more_on_a_miss() {
    let folder = tempfile::tempdir().unwrap();
    let fake = serving(json!([]));
    discovery(&fake).disk_cache(folder.path()).resources().await.unwrap();
    let client = fake.client().with_discovery(discovery(&fake).disk_cache(folder.path()));
    assert_eq!(client.rest_mapper().resource("po").await.unwrap().kind, "Pod");
    assert_eq!(fake.lines().len(), 2);
    client.rest_mapper().resource("x").await.unwrap_err();
    assert_eq!(fake.lines().len(), 4);
}

#[tokio::test]
async fn what_is_old_broken_or_incomplete_on_disk_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let fake = serving(json!([]));
    let process = || discovery(&fake).disk_cache_for(folder.path(), Duration::from_secs(60));
    process().resources().await.unwrap();
    let old = SystemTime::now() - Duration::from_secs(61);
    fs::File::options().write(true).open(file(folder.path())).unwrap().set_modified(old).unwrap();
    process().resources().await.unwrap();
    assert_eq!(fake.lines().len(), 4);
    for text in ["", "{", "[]", "{\"items\":null}"] {
        fs::write(file(folder.path()), text).unwrap();
        process().resources().await.unwrap();
    }
    assert_eq!(fake.lines().len(), 12);

    let folder = tempfile::tempdir().unwrap();
    let mut stale = version("v1", json!([]));
    stale["freshness"] = "Stale".into();
    let fake = serving(json!([group("metrics.k8s.io", json!([stale]))]));
    discovery(&fake).disk_cache(folder.path()).resources().await.unwrap();
    assert!(!file(folder.path()).exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_costs_a_request_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let fake = serving(json!([]));
    discovery(&fake).disk_cache(&blocked).resources().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_look_into_the_cache() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let parent = folder.path().join("cache");
    discovery(&serving(json!([]))).disk_cache(&parent).resources().await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file(&parent)), 0o600);
    assert_eq!((mode(&parent), mode(file(&parent).parent().unwrap())), (0o700, 0o700));
}
