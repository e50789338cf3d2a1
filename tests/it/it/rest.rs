//! The client by hand: requests as data, and what becomes of them when answers are lost.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use http::Request as HttpRequest;
use k8s_openapi::api::core::v1::{ConfigMap, Node};
use kubist::Client;
use kubist::resource::{GroupVersionResource, List, Resource};
use kubist::rest::{DeleteParams, Method, PatchType, Request, ResourcePath};
use kubist::transport::{Body, Transport};
use kubist::watch::{WatchEvent, events};
use serde_json::{Value, json};
use tower::Service;

use crate::cluster::Cluster;

fn map(name: &str, color: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"color": color}})
}

pub(crate) async fn any_verb_goes_to_any_path(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let rest = cluster.client.rest();
    let all = format!("/api/v1/namespaces/{namespace}/configmaps");
    let one = format!("{all}/a");

    let created = rest.send(Request::post(&all).json(&map("a", "red"))).await.unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(created.headers()["content-type"], "application/json");
    let mut object: Value = rest.json(Request::get(&one)).await.unwrap();
    object["data"]["color"] = json!("green");
    let replaced: Value = rest.json(Request::put(&one).json(&object)).await.unwrap();
    assert_eq!(replaced["data"]["color"], "green");
    let patch = json!({"data": {"size": "xl"}}).to_string();
    let patched: ConfigMap = rest.json(Request::patch(&one, PatchType::Merge, patch)).await.unwrap();
    assert_eq!(patched.data.unwrap()["size"], "xl");

    // The same by its nouns, with a media type of the caller's own.
    let gvr: GroupVersionResource = ConfigMap::META.gvr();
    let path = ResourcePath::new(&gvr).namespace(&namespace).name("a");
    let metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    let partial: Value = rest.json(Request::to(Method::GET, &path).accept(metadata)).await.unwrap();
    assert_eq!((&partial["kind"], &partial["data"]), (&json!("PartialObjectMetadata"), &Value::Null));

    let from = object["metadata"]["resourceVersion"].as_str().unwrap();
    let watch = Request::get(&all).query("watch", "true").query("resourceVersion", from);
    let mut events = events::<ConfigMap, _>(rest.stream(watch).await.unwrap());
    for _ in 0..2 {
        let event = events.next().await.unwrap().unwrap();
        assert!(matches!(event, WatchEvent::Modified(_)), "{event:?}");
    }

    let gone: Value = rest.json(Request::delete(&one)).await.unwrap();
    assert_eq!(gone["status"], "Success");
    assert!(rest.bytes(Request::get(&one)).await.unwrap_err().is_not_found());
    let nodes: List<Node> = rest.json(Request::get("/api/v1/nodes").query("limit", "100")).await.unwrap();
    assert!(nodes.metadata.continue_token.is_none());
    assert!(rest.bytes(Request::get("/healthz")).await.unwrap().starts_with(b"ok"));
}

/// A client that loses the answers to writes, one after another, while this says so.
fn losing(client: &Client) -> (Client, Arc<AtomicBool>, Arc<AtomicUsize>) {
    let lose = Arc::<AtomicBool>::default();
    let sent = Arc::<AtomicUsize>::default();
    let (losing, count) = (Arc::clone(&lose), Arc::clone(&sent));
    let layer = tower::layer::layer_fn(move |inner: Transport| {
        let (losing, count) = (Arc::clone(&losing), Arc::clone(&count));
        tower::service_fn(move |request: HttpRequest<Body>| {
            count.fetch_add(1, Ordering::Relaxed);
            let lost = request.method() != Method::GET && losing.swap(false, Ordering::Relaxed);
            let answer = inner.clone().call(request);
            async move {
                let answer = answer.await?;
                if lost {
                    Err(io::Error::from(io::ErrorKind::ConnectionReset).into())
                } else {
                    Ok::<_, tower::BoxError>(answer)
                }
            }
        })
    });
    (client.clone().with_layer(layer), lose, sent)
}

pub(crate) async fn a_guarded_write_whose_answer_is_lost_is_a_success(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let (client, lose, sent) = losing(&cluster.client);
    let maps = client.namespaced::<ConfigMap>(&namespace);
    let mut new = ConfigMap::default();
    new.metadata.name = Some("a".to_owned());
    new.metadata.finalizers = Some(vec!["example.com/stay".to_owned()]);
    let mut stored = maps.create(&new).await.unwrap();

    // Sent, sent again, refused, looked at.
    let before = sent.load(Ordering::Relaxed);
    lose.store(true, Ordering::Relaxed);
    stored.data = Some([("color".to_owned(), "red".to_owned())].into());
    let replaced = maps.replace(&stored).await.unwrap();
    assert_eq!(replaced.data, stored.data);
    assert_ne!(replaced.metadata.resource_version, stored.metadata.resource_version);
    assert_eq!(sent.load(Ordering::Relaxed) - before, 3);

    let path = format!("/api/v1/namespaces/{namespace}/configmaps/a");
    let version = replaced.metadata.resource_version.clone().unwrap();
    let part = json!({"metadata": {"resourceVersion": version}, "data": {"color": "green"}}).to_string();
    lose.store(true, Ordering::Relaxed);
    let patched: ConfigMap = client.rest().json(Request::patch(&path, PatchType::Merge, part)).await.unwrap();
    assert_eq!(patched.data.unwrap()["color"], "green");

    // With a finalizer the object stays, on its way out.
    let params = DeleteParams::default().uid(replaced.metadata.uid.clone().unwrap());
    lose.store(true, Ordering::Relaxed);
    let going = maps.delete_with("a", &params).await.unwrap().unwrap();
    assert!(going.metadata.deletion_timestamp.is_some());
    let release = json!([{"op": "remove", "path": "/metadata/finalizers"}]).to_string();
    client.rest().bytes(Request::patch(&path, PatchType::Json, release)).await.unwrap();
    lose.store(true, Ordering::Relaxed);
    assert!(maps.delete_with("a", &params).await.unwrap().is_none());

    let mut again =
        maps.create(&ConfigMap { metadata: new.metadata.clone(), ..ConfigMap::default() }).await.unwrap();
    again.metadata.finalizers = None;
    let again = maps.replace(&again).await.unwrap();
    let params = DeleteParams::default().uid(again.metadata.uid.unwrap());
    lose.store(true, Ordering::Relaxed);
    assert!(maps.delete_with("a", &params).await.unwrap().is_none());
}

pub(crate) async fn an_unguarded_write_whose_answer_is_lost_has_an_unknown_outcome(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let (client, lose, _) = losing(&cluster.client);
    let maps = client.namespaced::<ConfigMap>(&namespace);
    let mut new = ConfigMap::default();
    new.metadata.name = Some("a".to_owned());
    lose.store(true, Ordering::Relaxed);
    let error = maps.create(&new).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(error.attempts().len(), 1);
    // And it was carried out.
    assert!(maps.create(&new).await.unwrap_err().is_already_exists());

    // Two who write at once: ours was lost, and theirs came after it.
    let stored = maps.get("a").await.unwrap();
    let other = cluster.client.namespaced::<ConfigMap>(&namespace);
    let racing = tower::layer::layer_fn({
        let other = other.clone();
        move |inner: Transport| {
            let other = other.clone();
            tower::service_fn(move |request: HttpRequest<Body>| {
                let (mut inner, other) = (inner.clone(), other.clone());
                async move {
                    let write = request.method() == Method::PUT;
                    let answer = inner.call(request).await?;
                    if write && answer.status().is_success() {
                        let mut theirs = other.get("a").await?;
                        theirs.data = Some([("color".to_owned(), "theirs".to_owned())].into());
                        other.replace(&theirs).await?;
                        return Err(io::Error::from(io::ErrorKind::ConnectionReset).into());
                    }
                    Ok::<_, tower::BoxError>(answer)
                }
            })
        }
    });
    let mut ours = stored.clone();
    ours.data = Some([("color".to_owned(), "ours".to_owned())].into());
    let racing = cluster.client.clone().with_layer(racing).namespaced::<ConfigMap>(&namespace);
    let error = racing.replace(&ours).await.unwrap_err();
    assert!(error.is_conflict() && error.is_outcome_unknown(), "{error:?}");
}

pub(crate) async fn the_servers_warnings_reach_the_handler(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let hear = Arc::clone(&heard);
    let client =
        cluster.client.clone().on_warning(move |warning| hear.lock().unwrap().push(warning.to_string()));
    let mut body = map("a", "red");
    body["colour"] = json!("red");
    let path = format!("/api/v1/namespaces/{namespace}/configmaps");
    client.rest().bytes(Request::post(path).query("fieldValidation", "Warn").json(&body)).await.unwrap();
    assert_eq!(*heard.lock().unwrap(), [r#"unknown field "colour""#]);
}

/// kube-apiserver packs answers of more than 128 KiB.
pub(crate) async fn a_long_answer_comes_packed(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let packed = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&packed);
    let layer =
        tower::util::MapResponseLayer::new(move |answer: http::Response<kubist::transport::ResponseBody>| {
            let gzip = answer.headers().get("content-encoding").is_some_and(|encoding| encoding == "gzip");
            count.fetch_add(usize::from(gzip), Ordering::Relaxed);
            answer
        });
    let client = cluster.client.clone().with_layer(layer);
    let maps = client.namespaced::<ConfigMap>(&namespace);
    for number in 0..4 {
        let mut map = ConfigMap::default();
        map.metadata.name = Some(format!("m{number}"));
        map.data = Some([("text".to_owned(), "long ".repeat(20_000))].into());
        maps.create(&map).await.unwrap();
    }
    let list = maps.list().await.unwrap();
    let plain =
        client.clone().with_compression(false).namespaced::<ConfigMap>(&namespace).list().await.unwrap();
    assert_eq!(list.items, plain.items);
    assert_eq!(packed.load(Ordering::Relaxed), 1);
    let informer = maps.informer().start();
    informer.synced().await.unwrap();
    assert_eq!(informer.lister().list().len(), 4);
}
