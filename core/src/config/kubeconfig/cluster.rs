// Pure: no clock, no waiting.
//! A cluster of a kubeconfig.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fill::{fill, is_false, is_unset, null_as_default};
use super::{Extension, MaybePath};

/// Where a cluster is and whom to trust there.
///
/// # Examples
///
/// ```
/// use kubist::config::{AuthInfo, Cluster, Context, Kubeconfig};
///
/// let mut kubeconfig = Kubeconfig::default();
/// kubeconfig.set_cluster("c", Cluster::new("https://10.0.0.1:6443").proxy_url("http://proxy:3128"));
/// kubeconfig.set_user("me", AuthInfo::default().token("secret"));
/// kubeconfig.set_context("dev", Context::new("c", "me").in_namespace("shop"));
/// assert_eq!(kubeconfig.config(Some("dev"))?.namespace(), "shop");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Cluster {
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) server: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) tls_server_name: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_false")]
    pub(crate) insecure_skip_tls_verify: bool,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) certificate_authority: PathBuf,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) certificate_authority_data: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) proxy_url: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_false")]
    pub(crate) disable_compression: bool,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) extensions: Vec<Extension>,
    /// What other programs keep here.
    #[serde(flatten)]
    pub(crate) other: BTreeMap<String, Value>,
}

impl Cluster {
    /// A cluster at this URL.
    #[must_use]
    pub fn new(server: impl Into<String>) -> Self {
        Self { server: server.into(), ..Self::default() }
    }

    /// Its URL.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The name that its certificate must have, if not the host of the URL.
    #[must_use]
    pub fn tls_server_name(mut self, name: impl Into<String>) -> Self {
        self.tls_server_name = name.into();
        self
    }

    /// Trust any server, or no longer so. For experiments alone.
    #[must_use]
    pub fn insecure_skip_tls_verify(mut self, insecure: bool) -> Self {
        self.insecure_skip_tls_verify = insecure;
        self
    }

    /// Trust the certificate authorities in this file, and no others.
    #[must_use]
    pub fn certificate_authority(mut self, path: impl Into<PathBuf>) -> Self {
        self.certificate_authority = path.into();
        self.certificate_authority_data.clear();
        self
    }

    /// Trust these certificate authorities (PEM), and no others. They become part of the kubeconfig.
    #[must_use]
    pub fn certificate_authority_data(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.certificate_authority_data = STANDARD.encode(pem);
        self.certificate_authority = PathBuf::new();
        self
    }

    /// The proxy in front of it: `http://`, `https://` or `socks5://`.
    #[must_use]
    pub fn proxy_url(mut self, url: impl Into<String>) -> Self {
        self.proxy_url = url.into();
        self
    }

    /// Ask for answers that are not compressed.
    #[must_use]
    pub fn disable_compression(mut self, disable: bool) -> Self {
        self.disable_compression = disable;
        self
    }

    /// What an extension of this name holds, for example `client.authentication.k8s.io/exec`, which is given to exec
    /// plugins.
    #[must_use]
    pub fn extension(&self, name: &str) -> Option<&Value> {
        self.extensions.iter().find(|entry| entry.name == name).map(|entry| &entry.extension)
    }

    /// The file of certificate authorities, if one is named.
    pub(crate) fn ca_path(&self) -> Option<&Path> {
        self.certificate_authority.if_set()
    }

    /// What `over` sets, replaces.
    pub(crate) fn overlay(&mut self, over: &Self) {
        fill(&mut self.server, &over.server);
        fill(&mut self.tls_server_name, &over.tls_server_name);
        fill(&mut self.insecure_skip_tls_verify, &over.insecure_skip_tls_verify);
        fill(&mut self.certificate_authority, &over.certificate_authority);
        fill(&mut self.certificate_authority_data, &over.certificate_authority_data);
        fill(&mut self.proxy_url, &over.proxy_url);
        fill(&mut self.disable_compression, &over.disable_compression);
        fill(&mut self.extensions, &over.extensions);
        self.other.extend(over.other.clone());
    }

    /// As [`overlay`](Self::overlay), for what somebody asks for now: then what belongs together is replaced
    /// together. Another authority takes the place of the old one and of "insecure", and "insecure" that of an
    /// authority; another server has another name.
    pub(crate) fn override_with(&mut self, over: &Self) {
        self.overlay(over);
        let trust = over.insecure_skip_tls_verify
            || over.ca_path().is_some()
            || !over.certificate_authority_data.is_empty();
        if trust {
            self.insecure_skip_tls_verify = over.insecure_skip_tls_verify;
            self.certificate_authority.clone_from(&over.certificate_authority);
            self.certificate_authority_data.clone_from(&over.certificate_authority_data);
        }
        if !over.server.is_empty() {
            self.tls_server_name.clone_from(&over.tls_server_name);
        }
    }
}

/// Without the proxy's user and password, which its URL may hold, and without what others keep here.
impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A server's URL that is refused may hold a password too.
        let server = if self.server.contains('@') { "(with a password)" } else { &self.server };
        f.debug_struct("Cluster")
            .field("server", &server)
            .field("tls_server_name", &self.tls_server_name)
            .field("insecure_skip_tls_verify", &self.insecure_skip_tls_verify)
            .field("certificate_authority", &self.certificate_authority)
            .field("has_proxy", &!self.proxy_url.is_empty())
            .finish_non_exhaustive()
    }
}
