//! Certificates that are replaced while the client runs.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use http::StatusCode;
use kubist::auth::ClientIdentity;
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::Request;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::server::{Server, VERSION, endless, json};
use crate::tls::{Authority, Certified};

const REREAD_AFTER: Duration = Duration::from_secs(60);
const GRACE: Duration = Duration::from_secs(60);

/// Files are read again after this; while nothing is on its way, the time can be skipped.
async fn skip(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn identity(&self, certified: &Certified) {
        self.write("certificate", &certified.pem);
        self.write("key", &certified.key.serialize_pem());
    }

    fn client(&self, server: &Server, authority: &Authority) -> Client {
        let config = Config::new(&format!("https://{}", server.address)).unwrap();
        let config = config.certificate_authority(&authority.pem);
        let config = config.client_certificate_files(self.path("certificate"), self.path("key"));
        Client::new(config.unwrap()).unwrap()
    }
}

/// Whose certificate each request came with.
fn identities(server: &Server) -> Vec<Option<Vec<u8>>> {
    server.arrived().into_iter().map(|arrived| arrived.identity).collect()
}

fn der(certified: &Certified) -> Option<Vec<u8>> {
    Some(certified.certificate.to_vec())
}

#[tokio::test]
async fn i5_a_client_certificate_that_is_replaced_is_used_for_new_connections() {
    let authority = Authority::new();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), |_| json(VERSION)).await;
    let (files, first, second) = (Files::new(), authority.certify("first"), authority.certify("second"));
    files.identity(&first);
    let client = files.client(&server, &authority);
    client.server_version().await.unwrap();
    files.identity(&second);
    client.server_version().await.unwrap();
    assert_eq!(server.connections(), 1, "not yet read");
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    client.server_version().await.unwrap();
    assert_eq!(identities(&server), [der(&first), der(&first), der(&second), der(&second)]);
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn i5_a_certificate_without_its_key_is_not_used_until_the_key_is_there() {
    let authority = Authority::new();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), |_| json(VERSION)).await;
    let (files, first, second) = (Files::new(), authority.certify("first"), authority.certify("second"));
    files.identity(&first);
    let client = files.client(&server, &authority);
    files.write("certificate", &second.pem);
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    files.write("key", "nonsense");
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    std::fs::remove_file(files.path("key")).unwrap();
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    files.identity(&second);
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    assert_eq!(identities(&server), [der(&first), der(&first), der(&first), der(&second)]);
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn i5_a_refused_certificate_is_read_again_and_the_request_sent_once_more() {
    let authority = Authority::new();
    let (files, first, second) = (Files::new(), authority.certify("first"), authority.certify("second"));
    let good = der(&second);
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), move |arrived| {
        let mut answer = json(VERSION);
        if arrived.identity != good {
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
        }
        answer
    });
    let server = server.await;
    files.identity(&first);
    let client = files.client(&server, &authority);
    let error = client.server_version().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    assert_eq!(server.arrived().len(), 1, "the file is the same");
    files.identity(&second);
    client.server_version().await.unwrap();
    assert_eq!(identities(&server), [der(&first), der(&first), der(&second)]);
}

#[tokio::test]
async fn i5_streams_with_an_old_certificate_end_and_calls_on_their_way_do_not() {
    let authority = Authority::new();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), |arrived| {
        if arrived.path == "/version" { json(VERSION) } else { endless(vec![Bytes::from_static(b"x")]) }
    })
    .await;
    let (first, second) = (authority.certify("first"), authority.certify("second"));
    let identity = ClientIdentity::new(&first.pem, first.key.serialize_pem()).unwrap();
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let config = config.certificate_authority(&authority.pem).client_identity(identity.clone());
    let client = Client::new(config).unwrap();
    let mut watch = client.rest().stream(Request::get("/watch")).await.unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap(), "x");

    identity.replace("nonsense", "nonsense").unwrap_err();
    identity.replace(&second.pem, second.key.serialize_pem()).unwrap();
    client.server_version().await.unwrap();
    let mut other = client.rest().stream(Request::get("/watch")).await.unwrap();
    assert_eq!(other.next().await.unwrap().unwrap(), "x");
    assert_eq!(identities(&server), [der(&first), der(&second), der(&second)]);

    tokio::time::timeout(Duration::from_millis(50), watch.next()).await.unwrap_err();
    skip(GRACE).await;
    let error = watch.next().await.unwrap().unwrap_err();
    assert!(
        format!("{error:#}").contains("the certificates of this connection have been replaced"),
        "{error:#}"
    );
    tokio::time::timeout(Duration::from_millis(50), other.next()).await.unwrap_err();
}

#[tokio::test]
async fn a_stream_outlives_its_client() {
    let authority = Authority::new();
    let tls = authority.server("127.0.0.1", &["h2"]);
    let server = Server::start(Some(tls), |_| endless(vec![Bytes::from_static(b"x")])).await;
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let client = Client::new(config.certificate_authority(&authority.pem)).unwrap();
    let mut watch = client.rest().stream(Request::get("/watch")).await.unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap(), "x");
    drop(client);
    skip(GRACE).await;
    tokio::time::timeout(Duration::from_millis(50), watch.next()).await.unwrap_err();
}

/// A server whose certificate can be replaced.
#[derive(Clone, Debug, Default)]
struct Replaceable(Arc<Mutex<Option<Arc<CertifiedKey>>>>);

impl Replaceable {
    fn set(&self, certified: &Certified) {
        let provider = rustls::crypto::ring::default_provider();
        let chain = vec![certified.certificate.clone()];
        let certified = CertifiedKey::from_der(chain, certified.private_key(), &provider).unwrap();
        *self.0.lock().unwrap() = Some(Arc::new(certified));
    }
}

impl ResolvesServerCert for Replaceable {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.0.lock().unwrap().clone()
    }
}

/// Over HTTP/1.1, and each connection is for one request.
async fn replaceable(certificate: &Replaceable) -> Server {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(certificate.clone()));
    // A session that is resumed shows no certificate.
    tls.send_tls13_tickets = 0;
    Server::start(Some(tls), |_| {
        let mut answer = json(VERSION);
        answer.headers_mut().insert("connection", http::HeaderValue::from_static("close"));
        answer
    })
    .await
}

#[tokio::test]
async fn i6_a_certificate_authority_that_is_replaced_is_read_again() {
    let (old, new) = (Authority::new(), Authority::new());
    let certificate = Replaceable::default();
    certificate.set(&old.certify("127.0.0.1"));
    let server = replaceable(&certificate).await;
    let files = Files::new();
    files.write("ca", &old.pem);
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let client = Client::new(config.certificate_authority_file(files.path("ca")).unwrap()).unwrap();
    client.server_version().await.unwrap();

    for bad in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        files.write("ca", bad);
        skip(REREAD_AFTER).await;
        client.server_version().await.unwrap();
    }

    // Both, as they are while an authority is replaced; then the new one alone.
    files.write("ca", &format!("{}{}", old.pem, new.pem));
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    certificate.set(&new.certify("127.0.0.1"));
    client.server_version().await.unwrap();
    files.write("ca", &new.pem);
    skip(REREAD_AFTER).await;
    client.server_version().await.unwrap();
    certificate.set(&old.certify("127.0.0.1"));
    client.server_version().await.unwrap_err();
}

#[tokio::test]
async fn i6_a_server_that_is_not_trusted_is_reason_to_read_the_authority_again() {
    let (old, new) = (Authority::new(), Authority::new());
    let certificate = Replaceable::default();
    certificate.set(&old.certify("127.0.0.1"));
    let server = replaceable(&certificate).await;
    let files = Files::new();
    files.write("ca", &old.pem);
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let client = Client::new(config.certificate_authority_file(files.path("ca")).unwrap()).unwrap();
    client.server_version().await.unwrap();
    certificate.set(&new.certify("127.0.0.1"));
    let error = client.server_version().await.unwrap_err();
    assert!(format!("{error:#}").contains("not signed by a trusted certificate authority"), "{error:#}");
    files.write("ca", &new.pem);
    client.server_version().await.unwrap();
}
