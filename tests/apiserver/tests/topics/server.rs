//! The server itself: its life, its manners, its faults.

use std::sync::Arc;
use std::time::Duration;

use crate::support::{Client, config_map};
use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use kubist_apiserver::{ApiServer, FaultRule};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

#[tokio::test]
async fn it_is_up_in_milliseconds_and_many_live_side_by_side() {
    let mut servers = Vec::new();
    for _ in 0..20 {
        servers.push(ApiServer::start().await.unwrap());
    }
    for (index, server) in servers.iter().enumerate() {
        let client = Client::new(server);
        assert_eq!(client.post(MAPS, &config_map(&format!("m{index}"), "1")).await.code, 201);
        assert_eq!(client.get(MAPS).await.body["items"].as_array().map(Vec::len), Some(1));
    }
}

#[tokio::test]
async fn shutting_down_frees_the_port_and_ends_watches() {
    let server = ApiServer::start().await.unwrap();
    let address = server.url().trim_start_matches("http://").to_owned();
    let client = Client::new(&server);
    let mut events = client.watch(MAPS).await;
    server.shut_down().await;
    assert!(events.next().await.is_none());
    assert!(TcpStream::connect(&address).await.is_err());
    tokio::net::TcpListener::bind(&address).await.unwrap();
}

#[tokio::test]
async fn dropping_it_ends_everything() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    let mut events = client.watch(MAPS).await;
    drop(server);
    let end = tokio::time::timeout(Duration::from_secs(5), events.next()).await;
    assert!(end.is_ok_and(|event| event.is_none()));
    assert!(client.raw(Method::GET, MAPS, "", "").await.is_err());
}

#[tokio::test]
async fn a_restart_keeps_port_and_data_and_closes_connections() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    client.post(MAPS, &config_map("a", "1")).await;
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={}", server.resource_version())).await;
    server.stop_listening().await;
    assert!(events.next().await.is_none());
    assert!(client.raw(Method::GET, MAPS, "", "").await.is_err());
    server.resume().await.unwrap();
    assert_eq!(client.get(&format!("{MAPS}/a")).await.code, 200);
    server.restart().await.unwrap();
    assert_eq!(client.get(&format!("{MAPS}/a")).await.code, 200);
}

#[tokio::test]
async fn a_token_is_asked_for() {
    let server = ApiServer::builder().token("secret").start().await.unwrap();
    assert!(server.kubeconfig().contains("token: \"secret\""));
    let client = Client::new(&server);
    let refused = client.get(MAPS).await;
    assert_eq!(
        (refused.code, refused.message(), &refused.body["reason"]),
        (401, "Unauthorized", &json!("Unauthorized"))
    );
    assert_eq!(client.clone().header("authorization", "Bearer wrong").get(MAPS).await.code, 401);
    assert_eq!(client.clone().header("authorization", "Bearer secret").get(MAPS).await.code, 200);
    assert_eq!(client.get("/readyz").await.code, 200);
    assert!(server.requests().iter().all(|request| !request.headers.contains_key("authorization")));
}

#[tokio::test]
async fn tls_speaks_http2_under_its_own_authority() {
    let server = ApiServer::builder().tls(true).start().await.unwrap();
    assert!(server.url().starts_with("https://127.0.0.1:"));
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(server.certificate_authority().unwrap().as_bytes()).unwrap())
        .unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let address = server.url().trim_start_matches("https://").to_owned();
    for name in ["127.0.0.1", "localhost"] {
        let stream = TcpStream::connect(&address).await.unwrap();
        let connector = TlsConnector::from(Arc::new(config.clone()));
        let stream = connector.connect(ServerName::try_from(name).unwrap(), stream).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        let request = Request::get(format!("https://{name}/version")).body(Empty::<Bytes>::new()).unwrap();
        let reply = async {
            let response = sender.send_request(request).await.unwrap();
            response.into_body().collect().await.unwrap().to_bytes()
        };
        tokio::select! {
            body = reply => assert!(body.starts_with(b"{\"buildDate\"")),
            result = connection => panic!("the connection ended: {result:?}"),
        }
    }
}

#[tokio::test]
async fn faults_hit_the_next_requests_that_match() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    server.answer_next(FaultRule::status(429).header("Retry-After", "1").on(MAPS).method("GET").times(2));
    server.answer_next(FaultRule::html(502).on("/version"));
    assert_eq!(client.post(MAPS, &config_map("a", "1")).await.code, 201);
    for _ in 0..2 {
        let busy = client.get(MAPS).await;
        assert_eq!((busy.code, &busy.body["reason"]), (429, &json!("TooManyRequests")));
        assert_eq!(busy.headers["retry-after"], "1");
    }
    assert_eq!(client.get(MAPS).await.code, 200);
    let html = client.get("/version").await;
    assert_eq!((html.code, html.headers["content-type"].to_str().unwrap()), (502, "text/html"));
    server.answer_next(FaultRule::close().on("/readyz").times(4));
    assert!(client.raw(Method::GET, "/readyz", "", "").await.is_err());
}

#[tokio::test]
async fn requests_are_recorded_as_they_came() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    client.post(&format!("{MAPS}?fieldManager=me"), &config_map("a", "1")).await;
    let requests = server.requests();
    assert_eq!(
        (requests[0].method.as_str(), requests[0].path.as_str()),
        ("POST", "/api/v1/namespaces/default/configmaps?fieldManager=me")
    );
    assert_eq!(requests[0].headers["user-agent"], "tests/1.0");
    assert_eq!(requests[0].body, config_map("a", "1").to_string());
}
