use std::net::SocketAddr;

use kubist::client::Client;
use kubist::config::{Config, Impersonation};
use kubist::{Error, ErrorKind};

use crate::proxy_server::{ProxyServer, Speaks};
use crate::server::{Server, VERSION, json};
use crate::tls::Authority;

/// A name that is nowhere: only the proxy knows where it is.
const HOST: &str = "kubist.invalid";

async fn ask(config: Config) -> Result<String, Error> {
    let version = Client::new(config)?.server_version().await?;
    Ok(version.git_version)
}

async fn secure_server(authority: &Authority) -> Server {
    Server::start(Some(authority.server(HOST, &["h2", "http/1.1"])), |_| json(VERSION)).await
}

fn config(authority: &Authority, proxy: &str) -> Config {
    let config = Config::new(&format!("https://{HOST}:6443")).unwrap().certificate_authority(&authority.pem);
    config.token("hunter2").proxy(proxy).unwrap()
}

#[tokio::test]
async fn a_server_is_reached_through_the_tunnel_of_an_http_proxy() {
    let authority = Authority::new();
    let server = secure_server(&authority).await;
    let proxy = ProxyServer::start(Speaks::Http, None, server.address).await;
    let plain = config(&authority, &format!("http://{}", proxy.address));
    assert_eq!(ask(plain).await.unwrap(), "v1.37.2");
    let with_login = config(&authority, &format!("http://me:secret@{}", proxy.address));
    assert_eq!(ask(with_login).await.unwrap(), "v1.37.2");
    assert_eq!(
        proxy.seen(),
        ["CONNECT kubist.invalid:6443 HTTP/1.1 -", "CONNECT kubist.invalid:6443 HTTP/1.1 Basic bWU6c2VjcmV0"]
    );
    for arrived in server.arrived() {
        assert_eq!(arrived.version, http::Version::HTTP_2);
        assert!(!arrived.headers.contains_key("proxy-authorization"), "the login is the proxy's alone");
    }
}

#[tokio::test]
async fn a_proxy_over_tls_is_trusted_as_the_server_is_and_gets_no_client_certificate() {
    let authority = Authority::new();
    let server = secure_server(&authority).await;
    // It asks for certificates of clients and takes none of another authority.
    let settings = authority.server("127.0.0.1", &["http/1.1"]);
    let proxy = ProxyServer::start(Speaks::Http, Some(settings), server.address).await;
    let url = format!("https://{}", proxy.address);
    assert_eq!(ask(config(&authority, &url)).await.unwrap(), "v1.37.2");
    assert_eq!(proxy.seen(), ["CONNECT kubist.invalid:6443 HTTP/1.1 -"]);

    let stranger = ProxyServer::start(
        Speaks::Http,
        Some(Authority::new().server("127.0.0.1", &["http/1.1"])),
        server.address,
    )
    .await;
    let url = format!("https://me:secret@{}", stranger.address);
    let error = ask(config(&authority, &url)).await.unwrap_err();
    let text = format!("{error:#}");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(text.contains("no connection to kubist.invalid:6443"), "{text}");
    assert!(text.contains(&format!("over the proxy https://{}", stranger.address)), "{text}");
    assert!(text.contains("not signed by a trusted certificate authority"), "{text}");
    assert!(!text.contains("secret") && stranger.seen().is_empty(), "{text}");
}

#[tokio::test]
async fn a_server_is_reached_through_a_socks_proxy_that_resolves_its_name() {
    let authority = Authority::new();
    let server = secure_server(&authority).await;
    let proxy = ProxyServer::start(Speaks::Socks { login: false }, None, server.address).await;
    let plain = config(&authority, &format!("socks5://{}", proxy.address));
    assert_eq!(ask(plain).await.unwrap(), "v1.37.2");
    assert_eq!(proxy.seen(), ["kubist.invalid:6443"]);
    let proxy = ProxyServer::start(Speaks::Socks { login: true }, None, server.address).await;
    let with_login = config(&authority, &format!("socks5://me:secret@{}", proxy.address));
    assert_eq!(ask(with_login).await.unwrap(), "v1.37.2");
    assert_eq!(proxy.seen(), ["me:secret@kubist.invalid:6443"]);
}

#[tokio::test]
async fn requests_to_a_plain_server_are_given_to_the_proxy_whole() {
    let server = Server::start(None, |_| json(VERSION)).await;
    let proxy = ProxyServer::start(Speaks::Http, None, server.address).await;
    let config = Config::new(&format!("http://{HOST}:8080")).unwrap();
    let config = config.proxy(&format!("http://me:secret@{}", proxy.address)).unwrap();
    assert_eq!(ask(config).await.unwrap(), "v1.37.2");
    assert_eq!(proxy.seen(), ["GET http://kubist.invalid:8080/version HTTP/1.1 Basic bWU6c2VjcmV0"]);
    let socks = ProxyServer::start(Speaks::Socks { login: false }, None, server.address).await;
    let config = Config::new(&format!("http://{HOST}:8080")).unwrap();
    let config = config.proxy(&format!("socks5://{}", socks.address)).unwrap();
    assert_eq!(ask(config).await.unwrap(), "v1.37.2");
    assert_eq!(socks.seen(), ["kubist.invalid:8080"]);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named_without_its_login() {
    let address: SocketAddr = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let url = format!("http://me:secret@{address}");
    let error = ask(config(&Authority::new(), &url)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let text = format!("{error:#}");
    assert!(text.contains(&format!("over the proxy http://{address}: it cannot be reached")), "{text}");
    assert!(!text.contains("secret") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn a_proxy_of_the_kubeconfig_is_used() {
    let authority = Authority::new();
    let server = secure_server(&authority).await;
    let proxy = ProxyServer::start(Speaks::Http, None, server.address).await;
    let ca = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &authority.pem);
    let config = Config::from_kubeconfig(&format!(
        "current-context: x\n\
         clusters: [{{name: c, cluster: {{server: 'https://{HOST}:6443', certificate-authority-data: {ca}, \
         proxy-url: 'http://{}'}}}}]\n\
         users: [{{name: u, user: {{token: hunter2}}}}]\n\
         contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n",
        proxy.address
    ));
    assert_eq!(ask(config.unwrap()).await.unwrap(), "v1.37.2");
    assert_eq!(proxy.seen().len(), 1);
}

#[tokio::test]
async fn whom_to_act_as_is_said_with_every_request() {
    let server = Server::start(None, |_| json(VERSION)).await;
    let jane = Impersonation::new("jane").uid("7").group("a").group("b").extra("example.com/Team", "web");
    let config = Config::new(&format!("http://{}", server.address)).unwrap().impersonate(jane);
    let client = Client::new(config).unwrap();
    client.server_version().await.unwrap();
    client.server_version().await.unwrap();
    for arrived in server.arrived() {
        let all = |name: &str| arrived.headers.get_all(name).iter().collect::<Vec<_>>();
        assert_eq!(all("impersonate-user"), ["jane"]);
        assert_eq!(all("impersonate-uid"), ["7"]);
        assert_eq!(all("impersonate-group"), ["a", "b"]);
        assert_eq!(all("impersonate-extra-example.com%2fteam"), ["web"]);
    }
    let nobody = Config::new("http://localhost").unwrap().impersonate(Impersonation::new("").group("a"));
    assert_eq!(Client::new(nobody).unwrap_err().kind(), ErrorKind::Config);
}
