//! Pure: what a kubeconfig says about its server.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Where a server is and how it is talked to.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) port: u16,
    /// The authority that signed its certificate, as PEM; any certificate is taken without one.
    pub(crate) authority: Option<String>,
    pub(crate) token: Option<String>,
    /// The kubeconfig itself, for kubectl.
    pub(crate) kubeconfig: String,
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("port", &self.port).finish_non_exhaustive()
    }
}

impl Target {
    /// From a kubeconfig with one cluster on the loopback address and one user with a token.
    pub(crate) fn parse(kubeconfig: &str) -> Result<Self, String> {
        let config: Value =
            serde_saphyr::from_str(kubeconfig).map_err(|error| format!("the kubeconfig: {error}"))?;
        let text = |path: &str| config.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let server = text("/clusters/0/cluster/server").ok_or("the kubeconfig names no server")?;
        let port = server
            .strip_prefix("https://127.0.0.1:")
            .and_then(|port| port.trim_end_matches('/').parse().ok());
        let port = port.ok_or_else(|| format!("{server} is not https://127.0.0.1:PORT"))?;
        let authority = match text("/clusters/0/cluster/certificate-authority-data") {
            Some(data) => {
                let bytes = STANDARD.decode(data).map_err(|error| error.to_string())?;
                Some(String::from_utf8(bytes).map_err(|error| error.to_string())?)
            }
            None => None,
        };
        Ok(Self { port, authority, token: text("/users/0/user/token"), kubeconfig: kubeconfig.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_authority_and_token_are_read() {
        let target = Target::parse(
            "clusters: [{name: c, cluster: {server: \"https://127.0.0.1:26443\", certificate-authority-data: UEVN}}]\nusers: [{name: u, user: {token: t}}]\n",
        )
        .unwrap();
        assert_eq!((target.port, target.authority.as_deref()), (26443, Some("PEM")));
        assert_eq!(target.token.as_deref(), Some("t"));
        assert!(Target::parse("clusters: [{cluster: {server: \"http://other\"}}]").is_err());
    }
}
