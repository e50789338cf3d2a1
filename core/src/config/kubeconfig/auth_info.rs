// Pure: no clock, no waiting.
//! A user of a kubeconfig.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::exec::{AuthProvider, ExecPlugin};
use super::fill::{fill, is_unset, null_as_default};
use super::{Extension, MaybePath};
use crate::auth::ExecConfig;

/// Who a user is: credentials, and whom to act as.
///
/// `Debug` shows which kinds of credentials there are, never a credential.
///
/// # Examples
///
/// ```
/// use kubist::config::AuthInfo;
///
/// let me = AuthInfo::default().token("hunter2").act_as("jane").act_as_group("developers");
/// assert!(!format!("{me:?}").contains("hunter2"));
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct AuthInfo {
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) client_certificate: PathBuf,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) client_certificate_data: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) client_key: PathBuf,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) client_key_data: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) token: String,
    #[serde(rename = "tokenFile", deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) token_file: PathBuf,
    #[serde(rename = "as", deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) impersonate: String,
    #[serde(rename = "as-uid", deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) impersonate_uid: String,
    #[serde(rename = "as-groups", deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) impersonate_groups: Vec<String>,
    #[serde(
        rename = "as-user-extra",
        deserialize_with = "null_as_default",
        skip_serializing_if = "is_unset"
    )]
    pub(crate) impersonate_extra: BTreeMap<String, Vec<String>>,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) username: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) password: String,
    #[serde(skip_serializing_if = "is_unset")]
    pub(crate) auth_provider: Option<AuthProvider>,
    #[serde(skip_serializing_if = "is_unset")]
    pub(crate) exec: Option<ExecPlugin>,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) extensions: Vec<Extension>,
    /// What other programs keep here.
    #[serde(flatten)]
    pub(crate) other: BTreeMap<String, Value>,
}

impl AuthInfo {
    /// A bearer token.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// A bearer token in a file that somebody keeps fresh.
    #[must_use]
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.token_file = path.into();
        self
    }

    /// A client certificate and its key in files, both in PEM.
    #[must_use]
    pub fn client_certificate(mut self, certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        (self.client_certificate, self.client_key) = (certificate.into(), key.into());
        self.client_certificate_data.clear();
        self.client_key_data.clear();
        self
    }

    /// A client certificate and its key, both in PEM. They become part of the kubeconfig.
    #[must_use]
    pub fn client_certificate_data(mut self, certificate: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        self.client_certificate_data = STANDARD.encode(certificate);
        self.client_key_data = STANDARD.encode(key);
        (self.client_certificate, self.client_key) = (PathBuf::new(), PathBuf::new());
        self
    }

    /// A user name and a password.
    #[must_use]
    pub fn basic(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        (self.username, self.password) = (username.into(), password.into());
        self
    }

    /// A program that prints credentials. A kubeconfig does not hold how long it may run, nor why it cannot ask.
    #[must_use]
    pub fn exec(mut self, plugin: ExecConfig) -> Self {
        self.exec = Some(ExecPlugin::from_config(plugin));
        self
    }

    /// A provider of credentials that is built in, such as `oidc`.
    #[must_use]
    pub fn auth_provider(mut self, provider: AuthProvider) -> Self {
        self.auth_provider = Some(provider);
        self
    }

    /// Act as this user.
    #[must_use]
    pub fn act_as(mut self, user: impl Into<String>) -> Self {
        self.impersonate = user.into();
        self
    }

    /// Act as a user with this uid.
    #[must_use]
    pub fn act_as_uid(mut self, uid: impl Into<String>) -> Self {
        self.impersonate_uid = uid.into();
        self
    }

    /// Act as somebody in this group too.
    #[must_use]
    pub fn act_as_group(mut self, group: impl Into<String>) -> Self {
        self.impersonate_groups.push(group.into());
        self
    }

    /// Act as somebody with this value too under this key of the extra fields.
    #[must_use]
    pub fn act_as_extra(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.impersonate_extra.entry(key.into()).or_default().push(value.into());
        self
    }

    pub(crate) fn has_certificate(&self) -> bool {
        self.client_certificate.if_set().is_some() || !self.client_certificate_data.is_empty()
    }

    pub(crate) fn has_key(&self) -> bool {
        self.client_key.if_set().is_some() || !self.client_key_data.is_empty()
    }

    /// What `over` sets, replaces; what belongs together is replaced together.
    pub(crate) fn override_with(&mut self, over: &Self) {
        if over.has_certificate() {
            self.client_certificate.clone_from(&over.client_certificate);
            self.client_certificate_data.clone_from(&over.client_certificate_data);
        }
        if over.has_key() {
            self.client_key.clone_from(&over.client_key);
            self.client_key_data.clone_from(&over.client_key_data);
        }
        if !over.token.is_empty() || over.token_file.if_set().is_some() {
            self.token.clone_from(&over.token);
            self.token_file.clone_from(&over.token_file);
        }
        fill(&mut self.impersonate, &over.impersonate);
        fill(&mut self.impersonate_uid, &over.impersonate_uid);
        fill(&mut self.impersonate_groups, &over.impersonate_groups);
        self.impersonate_extra.extend(over.impersonate_extra.clone());
        fill(&mut self.username, &over.username);
        fill(&mut self.password, &over.password);
        fill(&mut self.auth_provider, &over.auth_provider);
        fill(&mut self.exec, &over.exec);
        fill(&mut self.extensions, &over.extensions);
        self.other.extend(over.other.clone());
    }
}

impl fmt::Debug for AuthInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            ("client certificate", self.has_certificate()),
            ("token", !self.token.is_empty()),
            ("token file", self.token_file.if_set().is_some()),
            ("basic", !self.username.is_empty() || !self.password.is_empty()),
            ("auth provider", self.auth_provider.is_some()),
            ("exec", self.exec.is_some()),
        ];
        let kinds: Vec<_> = kinds.iter().filter(|(_, is)| *is).map(|(kind, _)| kind).collect();
        f.debug_struct("AuthInfo")
            .field("credentials", &kinds)
            .field("act_as", &self.impersonate)
            .finish_non_exhaustive()
    }
}
