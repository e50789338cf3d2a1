//! Pure: the text of a kubeconfig.

use crate::certificates::Pair;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// How the user of a kubeconfig proves who they are.
pub(crate) enum Credential<'a> {
    Token(&'a str),
    ClientCertificate(&'a Pair),
}

/// A kubeconfig with one cluster, one user and one context; everything inline, so that it needs no other file.
pub(crate) fn render(url: &str, ca_certificate: &str, user: &str, credential: &Credential<'_>) -> String {
    let ca = STANDARD.encode(ca_certificate);
    let credential = match credential {
        Credential::Token(token) => format!("    token: {token}\n"),
        Credential::ClientCertificate(pair) => format!(
            "    client-certificate-data: {}\n    client-key-data: {}\n",
            STANDARD.encode(&pair.certificate),
            STANDARD.encode(&pair.key)
        ),
    };
    // A JSON string is a YAML string: any user name is safe.
    let user = serde_json::Value::from(user);
    format!(
        "apiVersion: v1
kind: Config
clusters:
- name: envtest
  cluster:
    server: {url}
    certificate-authority-data: {ca}
users:
- name: {user}
  user:
{credential}contexts:
- name: envtest
  context:
    cluster: envtest
    user: {user}
current-context: envtest
"
    )
}
