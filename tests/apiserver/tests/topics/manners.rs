//! Manners: limits, patience, panics, and nothing left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use kubist_apiserver::{ApiServer, FaultRule};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::support::{Client, config_map, pair};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

async fn start() -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    (server, client)
}

fn address(server: &ApiServer) -> String {
    server.url().trim_start_matches("http://").to_owned()
}

/// Sends bytes and reads all that comes until the server closes.
async fn exchange(server: &ApiServer, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address(server)).await.unwrap();
    // A server that has heard enough closes before everything is sent.
    let _sent = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _read = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// Counts the errors that the server tells of itself.
#[derive(Clone, Default)]
struct Errors(Arc<AtomicUsize>);

impl Subscriber for Errors {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR && metadata.target().starts_with("kubist_apiserver")
    }

    fn new_span(&self, _span: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, _event: &Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test]
async fn a_panic_is_an_answer_and_an_error_that_is_told_and_the_server_goes_on() {
    let errors = Errors::default();
    // The tasks of this runtime are all of this thread.
    let _told = tracing::subscriber::set_default(errors.clone());
    let (server, client) = start().await;
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={}", server.resource_version())).await;
    server.answer_next(FaultRule::panic().method("POST"));
    let reply = client.post(MAPS, &config_map("a", "1")).await;
    assert_eq!(reply.code, 500);
    assert_eq!(reply.text, "This request caused apiserver to panic. Look in the logs for details.\n");
    assert_eq!(errors.0.load(Ordering::SeqCst), 1);
    // The lock is free, the connection open, the watch alive.
    assert_eq!(client.post(MAPS, &config_map("a", "1")).await.code, 201);
    assert_eq!(events.next_name().await, pair("ADDED", "a"));
}

#[tokio::test]
async fn bodies_are_limited_where_they_are_read() {
    let (_server, client) = start().await;
    let large = "x".repeat(3 * 1024 * 1024 + 1);
    let reply = client.send(Method::POST, MAPS, "application/json", large.clone()).await;
    assert_eq!((reply.code, &reply.body["reason"]), (413, &json!("RequestEntityTooLarge")));
    assert_eq!(reply.message(), "Request entity too large: limit is 3145728");
    assert_eq!(client.send(Method::GET, MAPS, "", large).await.code, 200);
    assert_eq!(client.send(Method::POST, MAPS, "application/json", "{").await.code, 400);
}

#[tokio::test]
async fn headers_and_paths_are_limited() {
    let (server, client) = start().await;
    let many: String = (0..200).map(|index| format!("X-{index}: y\r\n")).collect();
    let request = format!("GET /version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{many}\r\n");
    assert!(exchange(&server, request.as_bytes()).await.starts_with("HTTP/1.1 200"));
    let long = "y".repeat(3 * 1024 * 1024);
    let request = format!("GET /version HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n");
    assert!(exchange(&server, request.as_bytes()).await.starts_with("HTTP/1.1 431"));
    let query = "y".repeat(60_000);
    assert_eq!(client.get(&format!("{MAPS}?x={query}")).await.code, 200);
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_the_connection_closed() {
    let (server, _client) = start().await;
    for bad in [
        "GET /api/v1/pods%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /version HTTP/1.1\r\n\r\n",
        "GET /version HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "nonsense\r\n\r\n",
    ] {
        let answer = exchange(&server, bad.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{bad}: {answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_does_not_finish_a_request_is_not_waited_for() {
    let (server, _client) = start().await;
    for begun in ["", "P", "GET /version HTTP/1.1\r\nHost: a\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let begin = tokio::time::Instant::now();
        exchange(&server, begun.as_bytes()).await;
        assert!(begin.elapsed() <= Duration::from_secs(40), "{begun:?}: {:?}", begin.elapsed());
    }
}

#[tokio::test]
async fn a_connection_of_http2_has_a_hundred_streams() {
    let (server, _client) = start().await;
    let mut stream = TcpStream::connect(address(&server)).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head[3], 4, "not a SETTINGS frame");
    let mut settings = vec![0; usize::from(head[1]) * 256 + usize::from(head[2])];
    stream.read_exact(&mut settings).await.unwrap();
    let streams = settings.chunks(6).find(|setting| setting[..2] == [0, 3]).map(|setting| &setting[2..]);
    assert_eq!(streams, Some([0, 0, 0, 100].as_slice()));
}

/// The tasks that this runtime has.
fn alive() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

async fn settled(expected: usize) {
    let end = tokio::time::Instant::now() + Duration::from_secs(10);
    while alive() > expected {
        assert!(tokio::time::Instant::now() < end, "{} tasks instead of {expected}", alive());
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn watches_end_when_their_clients_go() {
    let (server, client) = start().await;
    client.get(MAPS).await;
    drop(client);
    settled(1).await;
    let before = alive();
    let path = format!("{MAPS}?watch=1&resourceVersion={}", server.resource_version());
    let mut streams = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(address(&server)).await.unwrap();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes()).await.unwrap();
        stream.read_u8().await.unwrap();
        streams.push(stream);
    }
    let stream = TcpStream::connect(address(&server)).await.unwrap();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    let mut connections = tokio::task::JoinSet::new();
    connections.spawn(connection);
    let mut bodies = Vec::new();
    for _ in 0..20 {
        let request = Request::get(format!("http://a{path}")).body(Empty::<Bytes>::new()).unwrap();
        bodies.push(sender.send_request(request).await.unwrap().into_body());
    }
    assert!(alive() >= before + 40, "{}", alive());
    // Some say that they end, some go without a word, and of some connections only streams end.
    for mut stream in streams.drain(..10) {
        stream.shutdown().await.unwrap();
    }
    drop(streams);
    let kept = bodies.pop();
    drop(bodies);
    settled(before + 5).await;
    drop((kept, sender));
    connections.shutdown().await;
    settled(before).await;
}

#[tokio::test]
async fn no_port_is_left_open() {
    for stops in [true, false] {
        let (server, client) = start().await;
        client.get("/readyz").await;
        let address = address(&server);
        if stops {
            server.shut_down().await;
        } else {
            drop(server);
        }
        let end = tokio::time::Instant::now() + Duration::from_secs(5);
        while TcpStream::connect(&address).await.is_ok() {
            assert!(!stops && tokio::time::Instant::now() < end, "the port of a server still answers");
            tokio::task::yield_now().await;
        }
        TcpListener::bind(&address).await.unwrap();
    }
}

#[tokio::test]
async fn a_hundred_servers_come_and_go() {
    let before = alive();
    let mut servers = Vec::new();
    for _ in 0..100 {
        servers.push(ApiServer::start().await.unwrap());
    }
    for server in &servers {
        let body = Client::new(server).raw(Method::GET, "/readyz", "", "").await.unwrap().into_body();
        assert_eq!(body.collect().await.unwrap().to_bytes(), "ok");
    }
    for server in servers {
        server.shut_down().await;
    }
    settled(before).await;
}

#[tokio::test]
async fn a_token_is_judged_before_anything_is_told() {
    let server = ApiServer::builder().token("secret").start().await.unwrap();
    let client = Client::new(&server);
    for path in [MAPS, "/nowhere", "/api", "/"] {
        let reply = client.get(path).await;
        assert_eq!((reply.code, reply.message()), (401, "Unauthorized"), "{path}");
    }
    assert_eq!(client.get("/livez/ping").await.code, 200);
    let wrong = client.clone().header("authorization", "Bearer wrong");
    assert_eq!(wrong.get("/version").await.code, 401);
    assert_eq!(client.clone().header("authorization", "bearer secret").get(MAPS).await.code, 200);
    assert_eq!(client.clone().header("authorization", "Basic c2VjcmV0").get(MAPS).await.code, 401);
}
