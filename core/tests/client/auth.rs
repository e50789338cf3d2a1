//! Credentials that are renewed, as the server sees them.

#![cfg(unix)]

use std::path::PathBuf;
use std::time::Duration;

use http::{Method, Response, StatusCode};
use kubist::ErrorKind;
use kubist::auth::{ExecConfig, PluginPolicy};
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::Request;
use tower::ServiceExt;

use crate::server::{Arrived, Server, ServerBody, VERSION, json};
use crate::tls::Authority;

/// The server takes this token and no other.
const GOOD: &str = "Bearer good-hunter2";

fn only_good(arrived: &Arrived) -> Response<ServerBody> {
    let mut answer = json(VERSION);
    if arrived.headers.get("authorization").is_none_or(|value| value != GOOD) {
        *answer.status_mut() = StatusCode::UNAUTHORIZED;
    }
    answer
}

async fn start() -> (Server, Config) {
    let server = Server::start(None, only_good).await;
    let config = Config::new(&format!("http://{}", server.address)).unwrap();
    (server, config)
}

fn tokens(server: &Server) -> Vec<String> {
    let of = |arrived: Arrived| arrived.headers["authorization"].to_str().unwrap().to_owned();
    server.arrived().into_iter().map(of).collect()
}

/// A plugin whose token stands in a file, and that counts its runs in another.
struct Plugin {
    folder: tempfile::TempDir,
}

impl Plugin {
    fn new(token: &str) -> Self {
        let plugin = Self { folder: tempfile::tempdir().unwrap() };
        let script = "echo run >> $FOLDER/runs\n\
            printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":%s}' \
            \"$(cat $FOLDER/status)\"\n";
        std::fs::write(plugin.path("script"), script).unwrap();
        plugin.set(&format!("{{\"token\":\"{token}\"}}"));
        plugin
    }

    fn set(&self, status: &str) {
        std::fs::write(self.path("status"), status).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn config(&self) -> ExecConfig {
        let script = self.path("script").to_str().unwrap().to_owned();
        ExecConfig::new("sh").args([script]).env("FOLDER", self.folder.path().to_str().unwrap())
    }

    fn runs(&self) -> usize {
        std::fs::read_to_string(self.path("runs")).unwrap_or_default().lines().count()
    }
}

/// Credentials that are younger are not renewed.
async fn grow_old() {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(11)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn i1_a_write_with_a_token_that_was_rotated_is_sent_once_more() {
    let (server, config) = start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, "old").unwrap();
    let client = Client::new(config.token_file(&path)).unwrap();
    let post = || client.rest().bytes(Request::post("/x").json(&"body"));
    let error = post().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    assert_eq!(tokens(&server), ["Bearer old"], "the file is the same: once is enough");
    std::fs::write(&path, "good-hunter2").unwrap();
    post().await.unwrap();
    assert_eq!(tokens(&server), ["Bearer old", "Bearer old", GOOD]);
}

#[tokio::test]
async fn i1_a_fixed_token_that_is_refused_is_told_at_once() {
    let (server, config) = start().await;
    let client = Client::new(config.token("bad-hunter2")).unwrap();
    let error = client.server_version().await.unwrap_err();
    assert!(error.is_unauthorized() && !format!("{error:#}").contains("hunter2"), "{error:?}");
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn i2_a_token_that_was_revoked_is_asked_for_again_and_the_request_sent_once_more() {
    let (server, config) = start().await;
    let plugin = Plugin::new("revoked");
    let client = Client::new(config.exec(plugin.config()).unwrap()).unwrap();
    let error = client.server_version().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    assert_eq!((plugin.runs(), server.arrived().len()), (1, 1), "the token was new");
    plugin.set(r#"{"token":"good-hunter2"}"#);
    grow_old().await;
    let requests = (0..20).map(|_| client.server_version());
    for answer in futures_util::future::join_all(requests).await {
        answer.unwrap();
    }
    assert_eq!(plugin.runs(), 2, "one run for all");
    assert_eq!(tokens(&server).iter().filter(|token| *token == GOOD).count(), 20);
}

#[tokio::test]
async fn i2_the_answer_is_told_when_there_are_no_other_credentials() {
    let (server, config) = start().await;
    let plugin = Plugin::new("revoked");
    let client = Client::new(config.exec(plugin.config()).unwrap()).unwrap();
    client.server_version().await.unwrap_err();
    plugin.set("broken");
    grow_old().await;
    let error = client.server_version().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    assert_eq!((plugin.runs(), server.arrived().len()), (2, 2));
}

#[tokio::test]
async fn i2_a_certificate_of_a_plugin_is_replaced_with_its_connections() {
    let authority = Authority::new();
    let (first, second) = (authority.certify("first"), authority.certify("second"));
    let good = second.certificate.to_vec();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), move |arrived| {
        let mut answer = json(VERSION);
        if arrived.identity.as_ref() != Some(&good) {
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
        }
        answer
    })
    .await;
    let plugin = Plugin::new("");
    let status = |certified: &crate::tls::Certified| {
        let status = serde_json::json!({
            "clientCertificateData": certified.pem,
            "clientKeyData": certified.key.serialize_pem(),
        });
        plugin.set(&status.to_string());
    };
    status(&first);
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let config = config.certificate_authority(&authority.pem).exec(plugin.config()).unwrap();
    let client = Client::new(config).unwrap();
    client.server_version().await.unwrap_err();
    status(&second);
    grow_old().await;
    client.server_version().await.unwrap();
    client.server_version().await.unwrap();
    let seen: Vec<_> = server.arrived().into_iter().map(|arrived| arrived.identity.unwrap()).collect();
    let (first, second) = (first.certificate.to_vec(), second.certificate.to_vec());
    assert_eq!(seen, [first.clone(), first, second.clone(), second]);
    assert_eq!((server.connections(), plugin.runs()), (2, 2));
}

#[tokio::test]
async fn a_request_that_has_an_identity_does_not_start_the_plugin() {
    let (server, config) = start().await;
    let plugin = Plugin::new("x");
    let url = config.url().to_string();
    let service = config.exec(plugin.config()).unwrap().transport().unwrap();
    let service = service.map_request(|mut request: http::Request<kubist::transport::Body>| {
        request.headers_mut().insert("authorization", http::HeaderValue::from_static(GOOD));
        request
    });
    let client = Client::from_service(service, &url, "default").unwrap();
    client.server_version().await.unwrap();
    assert_eq!((plugin.runs(), tokens(&server)), (0, vec![GOOD.to_owned()]));
}

#[tokio::test]
async fn a_plugin_that_the_policy_forbids_ends_the_request_before_it_is_sent() {
    let (server, config) = start().await;
    let plugin = Plugin::new("good-hunter2");
    let config = config.exec(plugin.config()).unwrap();
    let denied = config.clone().plugin_policy(PluginPolicy::deny_all()).unwrap();
    let error = Client::new(denied).unwrap().server_version().await.unwrap_err();
    assert!(format!("{error:#}").contains("the policy allows no exec plugin"), "{error:#}");
    assert_eq!((plugin.runs(), server.connections()), (0, 0));
    let allowed = config.plugin_policy(PluginPolicy::allow_only(["sh"]).unwrap()).unwrap();
    Client::new(allowed).unwrap().server_version().await.unwrap();
    assert_eq!(plugin.runs(), 1);
}

#[tokio::test(start_paused = true)]
async fn i3_a_plugin_that_hangs_is_named_and_nothing_was_sent() {
    let config = Config::new("http://127.0.0.1:1").unwrap();
    let plugin = ExecConfig::new("sh").args(["-c", "exec sleep 1000"]).timeout(None);
    let client = Client::new(config.exec(plugin).unwrap()).unwrap();
    let request = Request::new(Method::POST, "/x").json(&"body");
    let error = client.rest().bytes(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let text = format!("{error:#}");
    assert!(text.contains("the exec plugin gave no credentials within 30s"), "{text}");
    assert!(!error.is_outcome_unknown());
}

#[tokio::test]
async fn i3_a_plugin_that_fails_is_told_and_not_tried_again() {
    let (server, config) = start().await;
    let plugin = Plugin::new("x");
    std::fs::write(plugin.path("script"), "echo run >> $FOLDER/runs; echo log in first >&2; exit 1").unwrap();
    let client = Client::new(config.exec(plugin.config()).unwrap()).unwrap();
    let error = client.server_version().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let text = format!("{error:#}");
    assert!(text.ends_with("exec plugin \"sh\": it failed (exit status: 1): log in first"), "{text}");
    assert_eq!((plugin.runs(), server.connections()), (1, 0));
}

#[tokio::test]
async fn a_user_and_a_password_are_sent() {
    let (server, config) = start().await;
    let client = Client::new(config.basic("me", "hunter2")).unwrap();
    let error = client.server_version().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(tokens(&server), ["Basic bWU6aHVudGVyMg=="]);
}

/// A kubeconfig in the plugin's folder, with the command relative to it.
fn kubeconfig(plugin: &Plugin, server: &Server, authority: &Authority, user: &str) -> PathBuf {
    use base64::Engine;

    let ca = base64::engine::general_purpose::STANDARD.encode(&authority.pem);
    let text = format!(
        "current-context: x\n\
         contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n\
         clusters:\n\
         - name: c\n  \
           cluster:\n    \
             server: https://{}\n    \
             certificate-authority-data: {ca}\n    \
             extensions: [{{name: client.authentication.k8s.io/exec, extension: {{audience: shop}}}}]\n\
         users: [{{name: u, user: {{{user}}}}}]\n",
        server.address
    );
    let path = plugin.path("config");
    std::fs::write(&path, text).unwrap();
    path
}

#[tokio::test]
async fn the_plugin_of_a_kubeconfig_is_told_about_the_cluster_and_logs_in() {
    let authority = Authority::new();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), only_good).await;
    let plugin = Plugin::new("good-hunter2");
    let script = std::fs::read_to_string(plugin.path("script")).unwrap();
    let script = format!("printf '%s' \"$KUBERNETES_EXEC_INFO\" > $FOLDER/info\n{script}");
    std::fs::write(plugin.path("script"), script).unwrap();
    let user = format!(
        "exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: [{}], \
         env: [{{name: FOLDER, value: {}}}], interactiveMode: Never, provideClusterInfo: true}}",
        plugin.path("script").display(),
        plugin.folder.path().display()
    );
    let path = kubeconfig(&plugin, &server, &authority, &user);
    let config = Config::from_kubeconfig_file(&path).unwrap();
    let denied = config.clone().plugin_policy(PluginPolicy::deny_all()).unwrap();
    Client::new(denied).unwrap().server_version().await.unwrap_err();
    assert_eq!(plugin.runs(), 0);
    Client::new(config).unwrap().server_version().await.unwrap();
    let info: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(plugin.path("info")).unwrap()).unwrap();
    assert_eq!(info["spec"]["interactive"], false);
    let cluster = &info["spec"]["cluster"];
    assert_eq!(cluster["server"], format!("https://{}", server.address));
    assert_eq!(cluster["config"], serde_json::json!({"audience": "shop"}));
    assert!(cluster["certificate-authority-data"].is_string());
}

#[tokio::test]
async fn a_removed_provider_of_a_kubeconfig_is_told_with_its_replacement() {
    let authority = Authority::new();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), only_good).await;
    let plugin = Plugin::new("x");
    let user = "auth-provider: {name: gcp, config: {access-token: hunter2}}";
    let path = kubeconfig(&plugin, &server, &authority, user);
    let text = format!("{:#}", Config::from_kubeconfig_file(&path).unwrap_err());
    assert!(text.ends_with("use the exec plugin gke-gcloud-auth-plugin"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
    let user = "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: aws}";
    let path = kubeconfig(&plugin, &server, &authority, user);
    let text = format!("{:#}", Config::from_kubeconfig_file(&path).unwrap_err());
    assert!(text.contains("v1alpha1"), "{text}");
}

#[tokio::test]
async fn i5_the_certificate_files_of_a_kubeconfig_are_read_again() {
    let authority = Authority::new();
    let server = Server::start(Some(authority.server("127.0.0.1", &["h2"])), |_| json(VERSION)).await;
    let (first, second) = (authority.certify("first"), authority.certify("second"));
    let plugin = Plugin::new("x");
    let write = |certified: &crate::tls::Certified| {
        std::fs::write(plugin.path("me.pem"), &certified.pem).unwrap();
        std::fs::write(plugin.path("me.key"), certified.key.serialize_pem()).unwrap();
    };
    write(&first);
    let user = "client-certificate: me.pem, client-key: me.key";
    let config = Config::from_kubeconfig_file(kubeconfig(&plugin, &server, &authority, user)).unwrap();
    let client = Client::new(config).unwrap();
    client.server_version().await.unwrap();
    write(&second);
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(61)).await;
    tokio::time::resume();
    client.server_version().await.unwrap();
    let seen: Vec<_> = server.arrived().into_iter().map(|arrived| arrived.identity.unwrap()).collect();
    assert_eq!(seen, [first.certificate.to_vec(), second.certificate.to_vec()]);
}
