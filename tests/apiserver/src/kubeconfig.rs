//! Pure: the kubeconfig of a server.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// A kubeconfig with one cluster, one user and one context, all named `kubist`.
pub(crate) fn render(url: &str, authority: Option<&str>, token: Option<&str>) -> String {
    // A JSON string is also a YAML string.
    let quoted = |text: &str| json!(text).to_string();
    let mut text = format!(
        "apiVersion: v1\nkind: Config\nclusters:\n- name: kubist\n  cluster:\n    server: {}\n",
        quoted(url)
    );
    if let Some(authority) = authority {
        text.push_str(&format!("    certificate-authority-data: {}\n", STANDARD.encode(authority)));
    }
    text.push_str("users:\n- name: kubist\n");
    match token {
        Some(token) => text.push_str(&format!("  user:\n    token: {}\n", quoted(token))),
        None => text.push_str("  user: {}\n"),
    }
    text.push_str("contexts:\n- name: kubist\n  context:\n    cluster: kubist\n    user: kubist\ncurrent-context: kubist\n");
    text
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_kubeconfig_is_yaml_with_everything_in_it() {
        let text = render("https://127.0.0.1:1", Some("PEM"), Some("se\"cret"));
        let config: Value = serde_saphyr::from_str(&text).unwrap();
        assert_eq!(config["clusters"][0]["cluster"]["server"], "https://127.0.0.1:1");
        assert_eq!(config["clusters"][0]["cluster"]["certificate-authority-data"], "UEVN");
        assert_eq!(config["users"][0]["user"]["token"], "se\"cret");
        assert_eq!(config["current-context"], "kubist");
    }
}
