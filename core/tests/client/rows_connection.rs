//! The rows C1 to C12 and I8 of the table of faults, for calls with one answer. Writes of C2 and C7 are in `rows_writes`, C4
//! and the limits of HTTP/2 in `goaway`.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kubist::ErrorKind;
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::{Metrics, RateLimit, Request, Try};
use kubist::transport::Deadlines;
use kubist::watch::{ListWatch, WatchRequest};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::fake::{Answer, Fake, status};
use crate::script::{Script, trickle};
use crate::website::Website;

/// Says when a request is about to be tried again.
struct Retrying(Arc<Notify>);

impl Metrics for Retrying {
    fn retrying(&self, _it: &Try<'_>, _wait: Duration) {
        self.0.notify_one();
    }
}

fn client(address: impl std::fmt::Display) -> Client {
    Client::new(Config::new(&format!("http://{address}")).unwrap().no_proxy()).unwrap()
}

/// Answers one request with these bytes, on each connection.
async fn answer_each(listener: TcpListener, answer: &'static [u8]) {
    loop {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 8192];
        let _ = socket.read(&mut request).await.unwrap();
        socket.write_all(answer).await.unwrap();
    }
}

const CREATED: &[u8] = b"HTTP/1.1 201 Created\r\nconnection: close\r\n\r\n\
    {\"metadata\":{\"name\":\"a\"},\"spec\":{\"bucket\":\"bbb\"}}";

#[tokio::test]
async fn c1_a_refused_connection_is_tried_again_for_every_verb() {
    for number in 0..2 {
        // The port is taken and nobody listens.
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let notify = Arc::new(Notify::new());
        let client = client(socket.local_addr().unwrap()).with_metrics(Retrying(Arc::clone(&notify)));
        let api = client.namespaced::<Website>("shop");
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            notify.notified().await;
            answer_each(socket.listen(8).unwrap(), CREATED).await;
        });
        if number == 0 {
            api.create(&Website::new("a", "bbb")).await.unwrap();
        } else {
            api.get("a").await.unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn c2_a_broken_connection_is_tried_again_for_a_read() {
    let fake = Fake::script([Answer::Broken, Answer::json(200, &json!({}))]);
    fake.client().rest().bytes(Request::get("/x")).await.unwrap();
    assert_eq!(fake.lines().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn c3_a_server_that_never_answers_meets_a_deadline_that_nobody_had_to_set() {
    let fake = Fake::new(|_| Answer::Never);
    let api = fake.client().namespaced::<Website>("shop");
    for number in 0..4 {
        let start = Instant::now();
        let error = match number {
            0 => api.get("a").await.unwrap_err(),
            1 => api.list().await.unwrap_err(),
            2 => api.create(&Website::new("a", "b")).await.unwrap_err(),
            _ => api.list_watch().watch(WatchRequest::default()).await.map(drop).unwrap_err(),
        };
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.is_outcome_unknown(), number == 2, "{error:?}");
        assert_eq!(start.elapsed(), Duration::from_secs(30));
    }
}

#[tokio::test]
async fn c5_headers_that_trickle_meet_the_deadline_of_the_headers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(listener.local_addr().unwrap());
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 8192];
        let _ = socket.read(&mut request).await.unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\nx-slow: ").await.unwrap();
        let mut interval = tokio::time::interval(Duration::from_millis(5));
        while socket.write_all(b"a").await.is_ok() {
            interval.tick().await;
        }
    });
    let deadlines = Deadlines::unary().headers(Some(Duration::from_millis(100)));
    let error = client.rest().bytes(Request::get("/x").deadlines(deadlines)).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn c5_a_body_that_trickles_meets_the_deadline_of_the_whole_answer() {
    let script = Script::new(|_, _| trickle(Duration::from_secs(1)));
    let start = Instant::now();
    let error = script.client().namespaced::<Website>("shop").get("a").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(60));
    assert_eq!(script.lines().len(), 1);
}

#[tokio::test]
async fn c6_a_server_that_comes_back_on_its_old_address_is_found_again() {
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let client = client(address);
    let mut tasks = JoinSet::new();
    tasks.spawn(answer_each(listener, OK));
    client.rest().bytes(Request::get("/x")).await.unwrap();
    tasks.shutdown().await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    tasks.spawn(answer_each(socket.listen(8).unwrap(), OK));
    client.rest().bytes(Request::get("/x")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn c7_a_503_with_retry_after_is_tried_again_for_every_verb_and_a_504_for_reads() {
    let busy = Answer::status(503, "").with_header("retry-after", "2");
    let fake = Fake::script([busy, Answer::json(200, &json!({}))]);
    fake.client().rest().bytes(Request::post("/x")).await.unwrap();
    let fake = Fake::script([Answer::status(504, ""), Answer::json(200, &json!({}))]);
    fake.client().rest().bytes(Request::get("/x")).await.unwrap();
    let fake = Fake::script([Answer::status(504, "")]);
    assert!(fake.client().rest().bytes(Request::post("/x")).await.unwrap_err().is_outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn c8_a_retry_after_is_honoured_in_both_forms_and_never_for_too_long() {
    let number = Answer::status(429, "TooManyRequests").with_header("retry-after", "5");
    let date = Answer::status(429, "TooManyRequests")
        .with_header("date", "Wed, 21 Oct 2026 07:28:00 GMT")
        .with_header("retry-after", "Wed, 21 Oct 2026 07:28:05 GMT");
    for busy in [number, date] {
        let fake = Fake::script([busy, Answer::json(200, &json!({}))]);
        let start = Instant::now();
        fake.client().rest().bytes(Request::post("/x")).await.unwrap();
        let waited = start.elapsed();
        assert!(waited >= Duration::from_secs(5) && waited < Duration::from_secs(6), "{waited:?}");
    }
    let long = Answer::status(429, "TooManyRequests")
        .with_header("retry-after", "86400")
        .with_header("x-kubernetes-pf-flowschema-uid", "f-1")
        .with_header("x-kubernetes-pf-prioritylevel-uid", "p-2");
    let start = Instant::now();
    let error = Fake::script([long]).client().rest().bytes(Request::get("/x")).await.unwrap_err();
    assert_eq!((start.elapsed(), error.retry_after()), (Duration::ZERO, Some(Duration::from_secs(86400))));
    assert!(format!("{error:#}").contains("flow schema f-1, priority level p-2"), "{error:#}");
}

#[tokio::test]
async fn c9_a_name_that_is_not_known_is_asked_for_again_and_the_error_says_dns() {
    let config = Config::new("http://kubist.invalid").unwrap().no_proxy();
    let error = Client::new(config).unwrap().server_version().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Transport, 4));
    let text = format!("{error:#}");
    assert!(text.contains("no connection to kubist.invalid") && text.contains("dns error"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn c10_a_redirect_is_not_followed() {
    for code in [301, 302, 303, 307, 308] {
        let away = Answer::Http(code, vec![("location", "http://evil/x")], "".into());
        let fake = Fake::script([away]);
        let error = fake.client().rest().bytes(Request::get("/x")).await.unwrap_err();
        assert!(error.to_string().ends_with("and redirects are not followed"), "{error}");
        assert_eq!(fake.lines().len(), 1);
    }
}

#[test]
fn c11_the_http2_library_is_one_that_knows_the_floods() {
    let lock = include_str!("../../../Cargo.lock");
    let version =
        lock.split("name = \"h2\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let numbers: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(numbers >= vec![0, 4, 16], "h2 {version}");
}

#[tokio::test(start_paused = true)]
async fn c12_a_watch_whose_headers_never_come_says_who_may_hold_them_back() {
    let fake = Fake::new(|_| Answer::Never);
    let error = fake.client().rest().stream(Request::get("/x").query("watch", "true")).await.unwrap_err();
    let text = format!("{error:#}");
    assert_eq!(text, "the server did not answer within 30s: a proxy in between may hold the answer back");
}

#[tokio::test(start_paused = true)]
async fn i8_a_403_is_told_as_such_and_not_tried_again() {
    let fake = Fake::new(|_| Answer::status(403, "Forbidden"));
    let api = fake.client().namespaced::<Website>("shop");
    let refused = api.create(&Website::new("a", "b")).await.unwrap_err();
    assert!(refused.is_forbidden() && !refused.is_outcome_unknown(), "{refused:?}");
    assert!(api.get("a").await.unwrap_err().is_forbidden());
    assert_eq!(fake.lines().len(), 2);
}

/// Everything that is told of requests.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Metrics for Told {
    fn tried(&self, it: &Try<'_>) {
        let (sent, came) = (it.request_bytes, it.response_bytes);
        let line =
            format!("{}: {} {} {} {:?} {sent} {came}", it.number, it.method, it.host, it.template, it.code);
        self.0.lock().unwrap().push(line);
    }

    fn retrying(&self, it: &Try<'_>, _wait: Duration) {
        self.0.lock().unwrap().push(format!("again after {}", it.number));
    }

    fn limited(&self, _method: &kubist::rest::Method, template: &str, wait: Duration) {
        self.0.lock().unwrap().push(format!("{template} waited {wait:?}"));
    }
}

#[tokio::test(start_paused = true)]
async fn metrics_are_told_each_try_without_names() {
    let told = Told::default();
    let fake = Fake::script([Answer::Broken, Answer::json(200, &json!({"metadata": {}}))]);
    let client = fake.client().with_metrics(told.clone());
    client.rest().bytes(Request::get("/api/v1/namespaces/shop/pods/hunter2")).await.unwrap();
    let path = "/api/v1/namespaces/{namespace}/pods/{name}";
    let expected = [
        format!("1: GET fake {path} None 0 0"),
        "again after 1".to_owned(),
        format!("2: GET fake {path} Some(200) 0 15"),
    ];
    assert_eq!(*told.0.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_kept_by_all_handles_and_every_try_but_not_by_the_first_of_a_watch() {
    let told = Told::default();
    let fake = Fake::new(|_| Answer::json(200, &json!({"items": []})));
    let client = fake.client().with_limit(RateLimit::new(1.0, 2)).with_metrics(told.clone());
    let start = Instant::now();
    let calls = (0..4).map(|_| {
        let client = client.clone();
        async move { client.rest().bytes(Request::get("/x")).await.unwrap() }
    });
    futures_util::future::join_all(calls).await;
    assert_eq!(start.elapsed().as_secs(), 2);
    let watch = Request::get("/x").query("watch", "true");
    let start = Instant::now();
    client.rest().stream(watch).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    let waits = told.0.lock().unwrap().iter().filter(|line| line.contains("waited")).count();
    assert_eq!(waits, 4);
}

#[tokio::test]
async fn warnings_go_to_the_handler_and_layers_see_each_try() {
    let fake = Fake::new(|_| {
        Answer::json(200, &json!({})).with_header("warning", "299 - \"v1beta1 is deprecated\", 299 - \"two\"")
    });
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let (hear, layered) = (Arc::clone(&heard), Arc::<Mutex<Vec<String>>>::default());
    let paths = Arc::clone(&layered);
    let client =
        fake.client().on_warning(move |warning| hear.lock().unwrap().push(warning.to_string())).with_layer(
            tower::util::MapRequestLayer::new(move |request: http::Request<kubist::transport::Body>| {
                paths.lock().unwrap().push(request.uri().path().to_owned());
                request
            }),
        );
    let answer = client.rest().send(Request::get("/x")).await.unwrap();
    assert_eq!(*heard.lock().unwrap(), ["v1beta1 is deprecated", "two"]);
    assert_eq!(kubist::rest::warnings(answer.headers()).len(), 2);
    assert_eq!(*layered.lock().unwrap(), ["/x"]);
    // A failure warns too.
    let fake = Fake::new(|_| {
        Answer::json(404, &status(404, "NotFound", "a")).with_header("warning", "299 - \"three\"")
    });
    let hear = Arc::clone(&heard);
    let client = fake.client().on_warning(move |warning| hear.lock().unwrap().push(warning.to_string()));
    client.rest().send(Request::get("/x")).await.unwrap_err();
    assert_eq!(heard.lock().unwrap().last().unwrap(), "three");
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn an_answer_that_was_asked_for_in_gzip_is_unpacked() {
    // `{"a":1}` packed in two pieces.
    let body = include_bytes!("two_pieces.json.gz");
    let service = tower::service_fn(move |request: http::Request<kubist::transport::Body>| {
        assert_eq!(request.headers()["accept-encoding"], "gzip");
        let body = http_body_util::Full::new(bytes::Bytes::from_static(body));
        let answer = http::Response::builder().header("content-encoding", "gzip").body(body).unwrap();
        std::future::ready(Ok::<_, Infallible>(answer))
    });
    let client = Client::from_service(service, "http://fake", "shop").unwrap();
    let value: serde_json::Value = client.rest().json(Request::get("/x")).await.unwrap();
    assert_eq!(value, json!({"a": 1}));
}

#[tokio::test]
async fn an_answer_in_an_encoding_that_was_not_asked_for_is_an_error_that_names_it() {
    let service = tower::service_fn(|request: http::Request<kubist::transport::Body>| {
        assert!(request.headers().get("accept-encoding").is_none());
        let body = http_body_util::Full::new(bytes::Bytes::from_static(b"hunter2"));
        let answer = http::Response::builder().header("content-encoding", "br").body(body).unwrap();
        std::future::ready(Ok::<_, Infallible>(answer))
    });
    let client = Client::from_service(service, "http://fake", "shop").unwrap().with_compression(false);
    let error = client.rest().bytes(Request::get("/x")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.to_string(), "the server answered in br, which was not asked for");
}
