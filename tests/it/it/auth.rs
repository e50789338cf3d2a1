//! Credentials that change while the client runs.

use k8s_openapi::api::authentication::v1::SelfSubjectReview;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::auth::{ClientIdentity, ExecConfig};
use kubist::config::Config;
use kubist::prelude::*;
use kubist::rest::Request;
use serde_json::{Value, json};

use crate::cluster::Cluster;

/// The token of the cluster's kubeconfig.
fn token(cluster: &Cluster) -> String {
    let line = cluster.kubeconfig.lines().find_map(|line| line.trim().strip_prefix("token: "));
    line.unwrap().trim_matches('"').to_owned()
}

fn config(cluster: &Cluster) -> Config {
    Config::from_kubeconfig(&cluster.kubeconfig).unwrap()
}

pub(crate) async fn a_write_with_a_rotated_token_arrives_once(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, "one-that-has-expired").unwrap();
    let client = Client::new(config(&cluster).token_file(&path)).unwrap();
    let maps = client.namespaced::<ConfigMap>(&namespace);
    let mut map = ConfigMap::default();
    map.metadata.generate_name = Some("rotated-".to_owned());
    let error = maps.create(&map).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    std::fs::write(&path, token(&cluster)).unwrap();
    maps.create(&map).await.unwrap();
    let all = cluster.client.namespaced::<ConfigMap>(&namespace).list().await.unwrap();
    let rotated = all.items.iter().filter(|map| map.object_key().name().starts_with("rotated-"));
    assert_eq!(rotated.count(), 1);
}

pub(crate) async fn an_exec_plugin_logs_in(cluster: Cluster) {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("plugin");
    let answer = json!({
        "kind": "ExecCredential",
        "apiVersion": "client.authentication.k8s.io/v1",
        "status": {"token": token(&cluster)},
    });
    std::fs::write(&script, format!("echo run >> {}.runs\necho '{answer}'\n", script.display())).unwrap();
    let plugin = ExecConfig::new("sh").args([script.to_str().unwrap()]);
    let client = Client::new(config(&cluster).exec(plugin).unwrap()).unwrap();
    let maps = client.all::<ConfigMap>();
    let (first, second) = tokio::join!(maps.list(), client.server_version());
    first.unwrap();
    second.unwrap();
    let runs = std::fs::read_to_string(folder.path().join("plugin.runs")).unwrap();
    assert_eq!(runs.lines().count(), 1);
}

async fn who_am_i(client: &Client) -> kubist::Result<String> {
    let review = json!({"kind": "SelfSubjectReview", "apiVersion": "authentication.k8s.io/v1"});
    let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    let review: SelfSubjectReview = client.rest().json(Request::post(path).json(&review)).await?;
    Ok(review.status.unwrap().user_info.unwrap().username.unwrap())
}

/// A service account, and a token of it that nobody has used.
async fn service_account(cluster: &Cluster, namespace: &str) -> String {
    let rest = cluster.client.rest();
    let accounts = format!("/api/v1/namespaces/{namespace}/serviceaccounts");
    let account = json!({"kind": "ServiceAccount", "apiVersion": "v1", "metadata": {"name": "robot"}});
    rest.bytes(Request::post(&accounts).json(&account)).await.unwrap();
    let request = json!({"kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1", "spec": {}});
    let path = format!("{accounts}/robot/token");
    let answer: Value = rest.json(Request::post(&path).json(&request)).await.unwrap();
    answer["status"]["token"].as_str().unwrap().to_owned()
}

pub(crate) async fn a_token_that_the_server_revoked_is_replaced(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let old = service_account(&cluster, &namespace).await;
    let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/robot");
    cluster.client.rest().bytes(Request::delete(&path)).await.unwrap();
    let new = service_account(&cluster, &namespace).await;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, old).unwrap();
    let client = Client::new(config(&cluster).token_file(&path)).unwrap();
    let error = who_am_i(&client).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    std::fs::write(&path, new).unwrap();
    let name = who_am_i(&client).await.unwrap();
    assert_eq!(name, format!("system:serviceaccount:{namespace}:robot"));
}

/// A certificate and its key, out of a kubeconfig.
fn identity(kubeconfig: &str) -> (String, String) {
    use base64::Engine;

    let value = |name: &str| {
        let line = kubeconfig.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap();
        let bytes = base64::engine::general_purpose::STANDARD.decode(line.trim().trim_matches('"')).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    (value("client-certificate-data:"), value("client-key-data:"))
}

pub(crate) async fn a_client_certificate_is_replaced_while_the_client_runs(cluster: Cluster) {
    let ann = cluster.kubeconfig_for("ann", "system:masters");
    let bob = cluster.kubeconfig_for("bob", "system:masters");
    let (certificate, key) = identity(&ann);
    let replaced = ClientIdentity::new(certificate, key).unwrap();
    let config = config(&cluster).anonymous().client_identity(replaced.clone());
    let client = Client::new(config).unwrap();
    assert_eq!(who_am_i(&client).await.unwrap(), "ann");
    let (certificate, key) = identity(&bob);
    replaced.replace(certificate, key).unwrap();
    assert_eq!(who_am_i(&client).await.unwrap(), "bob");
}

pub(crate) async fn a_client_certificate_that_the_server_refuses_is_read_again(cluster: Cluster) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let stranger = rcgen::generate_simple_self_signed(["ann".to_owned()]).unwrap();
    let certificate = write("certificate", &stranger.cert.pem());
    let key = write("key", &stranger.signing_key.serialize_pem());
    let config = config(&cluster).anonymous();
    let client = Client::new(config.client_certificate_files(certificate, key).unwrap()).unwrap();
    let error = who_am_i(&client).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    let ann = identity(&cluster.kubeconfig_for("ann", "system:masters"));
    write("certificate", &ann.0);
    write("key", &ann.1);
    assert_eq!(who_am_i(&client).await.unwrap(), "ann");
}
