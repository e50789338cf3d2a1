//! What the tests share: the way from a kubeconfig to a client.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kubist_envtest::Identity;
use kubist_envtest::Oracle;
use serde::Deserialize;

#[derive(Deserialize)]
struct Kubeconfig {
    clusters: Vec<NamedCluster>,
    users: Vec<NamedUser>,
}

#[derive(Deserialize)]
struct NamedCluster {
    cluster: Cluster,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Cluster {
    server: String,
    certificate_authority_data: String,
}

#[derive(Deserialize)]
struct NamedUser {
    user: User,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct User {
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
}

fn decode(data: &str) -> String {
    String::from_utf8(STANDARD.decode(data).unwrap()).unwrap()
}

/// A client that knows nothing but the text of a kubeconfig.
pub(crate) fn oracle(kubeconfig: &str) -> Oracle {
    let kubeconfig: Kubeconfig = serde_saphyr::from_str(kubeconfig).unwrap();
    let cluster = &kubeconfig.clusters[0].cluster;
    let port = cluster.server.rsplit(':').next().unwrap().parse().unwrap();
    let ca = decode(&cluster.certificate_authority_data);
    let user = &kubeconfig.users[0].user;
    if let Some(token) = &user.token {
        return Oracle::https(port, &ca, Identity::Token(token)).unwrap();
    }
    let certificate = decode(user.client_certificate_data.as_deref().unwrap());
    let key = decode(user.client_key_data.as_deref().unwrap());
    let identity = Identity::ClientCertificate { certificate: &certificate, key: &key };
    Oracle::https(port, &ca, identity).unwrap()
}
