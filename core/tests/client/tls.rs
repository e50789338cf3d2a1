use std::sync::Arc;

use kubist::client::Client;
use kubist::config::Config;
use kubist::{Error, ErrorKind};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::server::{Server, VERSION, json};

/// A certificate authority of a test.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pub(crate) pem: String,
}

/// A certificate with its key.
pub(crate) struct Certified {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) pem: String,
    pub(crate) key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            pem: certificate.pem(),
            certificate: certificate.der().clone(),
            issuer: Issuer::new(params, key),
        }
    }

    pub(crate) fn certify(&self, name: &str) -> Certified {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Certified { pem: certificate.pem(), certificate: certificate.der().clone(), key }
    }

    /// The settings of a server with a certificate for `name`, which asks clients for theirs.
    pub(crate) fn server(&self, name: &str, protocols: &[&str]) -> ServerConfig {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let clients = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone())
            .allow_unauthenticated()
            .build()
            .unwrap();
        let certified = self.certify(name);
        let key = certified.private_key();
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(clients)
            .with_single_cert(vec![certified.certificate], key)
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        config
    }
}

impl Certified {
    pub(crate) fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()))
    }
}

async fn start(config: ServerConfig) -> Server {
    Server::start(Some(config), |_| json(VERSION)).await
}

fn config(server: &Server) -> Config {
    Config::new(&format!("https://{}", server.address)).unwrap()
}

async fn ask(config: Config) -> Result<String, Error> {
    let version = Client::new(config)?.server_version().await?;
    Ok(version.git_version)
}

#[tokio::test]
async fn http2_is_spoken_where_it_is_offered_and_http1_elsewhere() {
    let authority = Authority::new();
    for (protocols, expected) in [
        (&["h2", "http/1.1"][..], http::Version::HTTP_2),
        (&["http/1.1"][..], http::Version::HTTP_11),
        (&[][..], http::Version::HTTP_11),
    ] {
        let server = start(authority.server("127.0.0.1", protocols)).await;
        let config = config(&server).certificate_authority(&authority.pem).token("hunter2");
        assert_eq!(ask(config).await.unwrap(), "v1.37.2");
        let arrived = &server.arrived()[0];
        assert_eq!(arrived.version, expected);
        assert_eq!(arrived.headers["authorization"], "Bearer hunter2");
        let agent = format!("kubist/{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(arrived.headers["user-agent"], agent.as_str());
        assert_eq!(arrived.certificates, 0);
    }
}

#[tokio::test]
async fn a_server_with_another_certificate_authority_is_refused_and_the_error_says_so() {
    let server = start(Authority::new().server("127.0.0.1", &["h2"])).await;
    let other = Authority::new();
    let config = config(&server).certificate_authority(&other.pem).token("hunter2");
    let error = ask(config).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let text = format!("{error:#}");
    assert!(
        text.contains("the server's certificate was not signed by a trusted certificate authority"),
        "{text}"
    );
    assert!(!text.contains("hunter2") && !error.is_outcome_unknown(), "{text}");
    // That would not change with another try, and no token went out.
    assert_eq!((server.connections(), server.arrived().len()), (1, 0));
}

#[tokio::test]
async fn the_platforms_authorities_do_not_vouch_for_a_private_one() {
    let server = start(Authority::new().server("127.0.0.1", &["h2"])).await;
    let error = ask(config(&server)).await.unwrap_err();
    // A machine without any certificate authority says so already when the client is made.
    assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::Config), "{error:?}");
    assert!(server.arrived().is_empty());
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused_unless_that_name_is_asked_for() {
    let authority = Authority::new();
    let server = start(authority.server("kubernetes.example", &["h2"])).await;
    let config = config(&server).certificate_authority(&authority.pem);
    let error = ask(config.clone()).await.unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains("the server's certificate is for another name"), "{text}");
    let config = config.tls_server_name("kubernetes.example");
    assert_eq!(ask(config).await.unwrap(), "v1.37.2");
}

#[tokio::test]
async fn a_client_certificate_is_shown_to_the_server() {
    let authority = Authority::new();
    let server = start(authority.server("127.0.0.1", &["h2"])).await;
    let me = authority.certify("me");
    let config = config(&server)
        .certificate_authority(&authority.pem)
        .client_certificate(&me.pem, me.key.serialize_pem());
    assert_eq!(ask(config).await.unwrap(), "v1.37.2");
    assert_eq!(server.arrived()[0].certificates, 1);
}

#[tokio::test]
async fn a_client_certificate_of_another_key_or_authority_is_an_error() {
    let authority = Authority::new();
    let server = start(authority.server("127.0.0.1", &["h2"])).await;
    let config = config(&server).certificate_authority(&authority.pem);
    let (me, other) = (authority.certify("me"), authority.certify("other"));
    let mixed = config.clone().client_certificate(&me.pem, other.key.serialize_pem());
    let error = ask(mixed).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
    let stranger = Authority::new().certify("me");
    let config = config.client_certificate(&stranger.pem, stranger.key.serialize_pem());
    let error = ask(config).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    assert!(server.arrived().is_empty());
}

#[tokio::test]
async fn insecure_trusts_any_server() {
    let server = start(Authority::new().server("elsewhere", &["h2", "http/1.1"])).await;
    let config = config(&server).insecure_skip_tls_verify(true);
    assert_eq!(ask(config).await.unwrap(), "v1.37.2");
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_an_error_that_says_so() {
    let server = Server::start(None, |_| json(VERSION)).await;
    let config = config(&server).insecure_skip_tls_verify(true);
    let error = ask(config).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(format!("{error:#}").contains("the server does not speak TLS"), "{error:#}");
}

#[tokio::test]
async fn a_kubeconfig_with_certificates_in_place_and_in_files_connects() {
    let authority = Authority::new();
    let server = start(authority.server("127.0.0.1", &["h2"])).await;
    let me = authority.certify("me");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.pem"), &authority.pem).unwrap();
    std::fs::write(folder.path().join("me.key"), me.key.serialize_pem()).unwrap();
    let certificate = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &me.pem);
    let path = folder.path().join("config");
    let kubeconfig = format!(
        "current-context: x\n\
         clusters: [{{name: c, cluster: {{server: 'https://{}', certificate-authority: ca.pem}}}}]\n\
         users: [{{name: u, user: {{client-certificate-data: {certificate}, client-key: me.key}}}}]\n\
         contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n",
        server.address
    );
    std::fs::write(&path, kubeconfig).unwrap();
    let config = Config::from_kubeconfig_file(&path).unwrap();
    assert_eq!(ask(config).await.unwrap(), "v1.37.2");
    assert_eq!(server.arrived()[0].certificates, 1);
}

#[tokio::test]
async fn a_ready_configuration_of_rustls_is_used_as_it_is() {
    let authority = Authority::new();
    let server = start(authority.server("127.0.0.1", &["h2", "http/1.1"])).await;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate.clone()).unwrap();
    let mut ready = rustls::ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    ready.alpn_protocols = vec![b"something-else".to_vec()];
    assert_eq!(ask(config(&server).rustls(ready.clone())).await.unwrap(), "v1.37.2");
    assert_eq!(server.arrived()[0].version, http::Version::HTTP_2);
    let error = ask(config(&server).rustls(ready).insecure_skip_tls_verify(true)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let chosen = config(&server).certificate_authority(&authority.pem).crypto_provider(provider);
    assert_eq!(ask(chosen).await.unwrap(), "v1.37.2");
}

#[tokio::test]
async fn a_program_may_name_itself() {
    let server = Server::start(None, |_| json(VERSION)).await;
    let plain = || Config::new(&format!("http://{}", server.address)).unwrap();
    ask(plain().user_agent("shop/1.2").unwrap()).await.unwrap();
    assert_eq!(server.arrived()[0].headers["user-agent"], "shop/1.2");
    assert!(plain().user_agent("").is_err() && plain().user_agent("a\nb").is_err());
}
