//! A media type that nobody knows, through the client, the watch and the informer: what protobuf or CBOR would need.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use kubist::client::Client;
use kubist::rest::Decoder;
use kubist::transport::Body;
use kubist::watch::{ListWatch, WatchEvent, WatchRequest, events};
use kubist::{Error, ErrorKind, Result};
use serde_json::{Value, json};

use crate::website::Website;

/// JSON with each byte turned around, a mark before an object, and a length before an event.
struct Turned;

const MARK: &[u8] = b"turned\0";
const TYPE: &str = "application/x-turned";
const WATCH_TYPE: &str = "application/x-turned-seq";

fn turn(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| !byte).collect()
}

fn object(json: &Value) -> Vec<u8> {
    [MARK, &turn(json.to_string().as_bytes())].concat()
}

fn event(kind: &str, object: &Value) -> Vec<u8> {
    let event = turn(json!({"type": kind, "object": object}).to_string().as_bytes());
    [&u32::try_from(event.len()).unwrap().to_be_bytes()[..], &event].concat()
}

fn refuse() -> Error {
    Error::new(ErrorKind::Decode, "this is not turned around")
}

impl Decoder for Turned {
    fn media_type(&self) -> &str {
        TYPE
    }

    fn watch_media_type(&self) -> &str {
        WATCH_TYPE
    }

    fn to_json(&self, body: &[u8]) -> Result<Vec<u8>> {
        body.strip_prefix(MARK).map(turn).ok_or_else(refuse)
    }

    fn event_length(&self, arrived: &[u8]) -> Result<Option<usize>> {
        let Some((length, rest)) = arrived.split_first_chunk() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length) as usize;
        Ok((rest.len() >= length).then_some(4 + length))
    }

    fn event_to_json(&self, event: &[u8]) -> Result<Vec<u8>> {
        event.get(4..).map(turn).ok_or_else(refuse)
    }
}

type ServerBody = UnsyncBoxBody<Bytes, Infallible>;

fn site(name: &str, version: &str) -> Value {
    json!({
        "apiVersion": "example.com/v1", "kind": "Website",
        "metadata": {"name": name, "namespace": "shop", "uid": name, "resourceVersion": version},
        "spec": {"bucket": "b", "replicas": 1},
    })
}

fn answer(code: u16, media_type: &str, body: Vec<u8>) -> Response<ServerBody> {
    let body = Full::new(Bytes::from(body)).boxed_unsync();
    Response::builder().status(code).header("content-type", media_type).body(body).unwrap()
}

/// A server that speaks the strange type to those who ask for it before JSON, in chunks that end anywhere.
fn serve(request: &Request<Body>) -> Response<ServerBody> {
    assert_eq!(request.headers()["accept"], "application/x-turned, application/json");
    let path = request.uri().path();
    let watch = request.uri().query().is_some_and(|query| query.contains("watch=true"));
    if watch {
        let bytes = [
            event("MODIFIED", &site("front", "8")),
            event("ADDED", &site("back", "9")),
            event("BOOKMARK", &json!({"metadata": {"resourceVersion": "10"}})),
        ]
        .concat();
        let chunks: Vec<_> =
            bytes.chunks(7).map(|chunk| Ok(Frame::data(Bytes::copy_from_slice(chunk)))).collect();
        let body = StreamBody::new(stream::iter(chunks).chain(stream::pending())).boxed_unsync();
        return Response::builder()
            .header("content-type", "application/x-turned-seq; a=b")
            .body(body)
            .unwrap();
    }
    match path.rsplit('/').next().unwrap() {
        "front" => answer(200, TYPE, object(&site("front", "7"))),
        "json" => answer(200, "application/json", site("json", "7").to_string().into()),
        "broken" => answer(200, TYPE, b"hunter2".to_vec()),
        "gone" => {
            let status = json!({"kind": "Status", "status": "Failure", "reason": "NotFound", "code": 404,
                "message": "no such site", "details": {"name": "gone"}});
            answer(404, TYPE, object(&status))
        }
        _ => {
            let list = json!({"kind": "WebsiteList", "metadata": {"resourceVersion": "7"}, "items": [site("front", "7")]});
            answer(200, TYPE, object(&list))
        }
    }
}

fn client() -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&asked);
    let service = tower::service_fn(move |request: Request<Body>| {
        count.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Ok::<_, Infallible>(serve(&request)))
    });
    let client = Client::from_service(service, "http://fake", "shop").unwrap();
    (client.with_decoder(Turned), asked)
}

#[tokio::test]
async fn a_made_up_media_type_goes_through_the_client() {
    let (client, _) = client();
    let api = client.namespaced::<Website>("shop");
    assert_eq!(api.get("front").await.unwrap().metadata.resource_version.as_deref(), Some("7"));
    assert_eq!(api.list().await.unwrap().items.len(), 1);
    // The answer's own type decides.
    assert_eq!(api.get("json").await.unwrap().metadata.name.as_deref(), Some("json"));
    let gone = api.get("gone").await.unwrap_err();
    assert!(gone.is_not_found() && format!("{gone:#}").contains("no such site"), "{gone:?}");
    let broken = api.get("broken").await.unwrap_err();
    assert_eq!(broken.kind(), ErrorKind::Decode);
    assert!(!format!("{broken:#}").contains("hunter2"));
}

#[tokio::test]
async fn a_made_up_media_type_goes_through_the_watch() {
    let (client, _) = client();
    let body =
        client.namespaced::<Website>("shop").list_watch().watch(WatchRequest::default()).await.unwrap();
    let seen: Vec<String> = events::<Website, _>(body)
        .take(3)
        .map(|event| match event.unwrap() {
            WatchEvent::Modified(site) => format!("modified {}", site.metadata.name.unwrap()),
            WatchEvent::Added(site) => format!("added {}", site.metadata.name.unwrap()),
            WatchEvent::Bookmark { resource_version, .. } => format!("bookmark {resource_version}"),
            other => panic!("{other:?}"),
        })
        .collect()
        .await;
    assert_eq!(seen, ["modified front", "added back", "bookmark 10"]);
}

#[tokio::test]
async fn a_made_up_media_type_goes_through_the_informer() {
    let (client, asked) = client();
    let informer = client.namespaced::<Website>("shop").informer().start();
    informer.synced().await.unwrap();
    let lister = informer.lister();
    while lister.namespace("shop").get("back").is_none() {
        tokio::task::yield_now().await;
    }
    let front = lister.namespace("shop").get("front").unwrap();
    assert_eq!(front.metadata.resource_version.as_deref(), Some("8"));
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_request_that_chooses_its_own_media_type_is_left_alone() {
    let service = tower::service_fn(|request: Request<Body>| {
        assert_eq!(request.headers()["accept"], "text/plain");
        std::future::ready(Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"line\n")))))
    });
    let client = Client::from_service(service, "http://fake", "shop").unwrap().with_decoder(Turned);
    let request = kubist::rest::Request::get("/api/v1/namespaces/shop/pods/a/log").accept("text/plain");
    assert_eq!(client.rest().bytes(request).await.unwrap(), "line\n");

    // Also one that asks for the strange type itself.
    let service = tower::service_fn(|_: Request<Body>| {
        std::future::ready(Ok::<_, Infallible>(answer(200, TYPE, object(&site("front", "7")))))
    });
    let client = Client::from_service(service, "http://fake", "shop").unwrap().with_decoder(Turned);
    let raw = client.rest().bytes(kubist::rest::Request::get("/x").accept(TYPE)).await.unwrap();
    assert!(raw.starts_with(MARK));
}
