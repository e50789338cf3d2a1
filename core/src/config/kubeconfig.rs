use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use crate::config::environment::{Environment, ProcessEnvironment};
use crate::config::{Config, problem, resolve};
use crate::error::{Error, Result};

/// A kubeconfig, of one file or merged from several.
///
/// # Examples
///
/// ```
/// use kubist::config::Kubeconfig;
///
/// let kubeconfig = Kubeconfig::parse(r#"
/// clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443"}}]
/// users: [{name: u, user: {token: secret}}]
/// contexts:
/// - {name: dev, context: {cluster: c, user: u, namespace: shop}}
/// - {name: prod, context: {cluster: c, user: u}}
/// current-context: dev
/// "#)?;
/// assert_eq!(kubeconfig.config(None)?.namespace(), "shop");
/// assert_eq!(kubeconfig.config(Some("prod"))?.namespace(), "default");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Kubeconfig {
    pub(crate) current_context: Option<String>,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) clusters: Vec<NamedCluster>,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) users: Vec<NamedUser>,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) contexts: Vec<NamedContext>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct NamedCluster {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) cluster: Cluster,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Cluster {
    pub(crate) server: Option<String>,
    pub(crate) tls_server_name: Option<String>,
    pub(crate) insecure_skip_tls_verify: Option<bool>,
    pub(crate) certificate_authority: Option<PathBuf>,
    pub(crate) certificate_authority_data: Option<String>,
    pub(crate) proxy_url: Option<IgnoredAny>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct NamedUser {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) user: User,
}

/// What this crate cannot do yet is read as "there is one", so that it can be refused.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct User {
    pub(crate) token: Option<String>,
    #[serde(rename = "tokenFile")]
    pub(crate) token_file: Option<PathBuf>,
    pub(crate) client_certificate: Option<PathBuf>,
    pub(crate) client_certificate_data: Option<String>,
    pub(crate) client_key: Option<PathBuf>,
    pub(crate) client_key_data: Option<String>,
    pub(crate) username: Option<IgnoredAny>,
    pub(crate) password: Option<IgnoredAny>,
    pub(crate) exec: Option<IgnoredAny>,
    pub(crate) auth_provider: Option<IgnoredAny>,
    #[serde(rename = "as")]
    pub(crate) as_user: Option<IgnoredAny>,
    pub(crate) as_uid: Option<IgnoredAny>,
    pub(crate) as_groups: Option<IgnoredAny>,
    pub(crate) as_user_extra: Option<IgnoredAny>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct NamedContext {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) context: Context,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Context {
    pub(crate) cluster: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) namespace: Option<String>,
}

fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Kubeconfig {
    /// Reads one file. Relative paths in it are relative to its folder.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is not a kubeconfig.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::read_from(path.as_ref(), &ProcessEnvironment)
    }

    /// Reads a kubeconfig from YAML. Relative paths in it are relative to the working directory.
    ///
    /// # Errors
    ///
    /// When the text is not a kubeconfig. The error names the line, never what stands there.
    pub fn parse(yaml: &str) -> Result<Self> {
        Self::parse_yaml(yaml).map_err(|error| error.during(ABOUT_TEXT))
    }

    /// The configuration of a context; `None` is the current one.
    ///
    /// # Errors
    ///
    /// When there is no such context, it names a cluster or user that is missing, a file cannot be
    /// read, or it asks for something that is not supported; the error names the entry and field.
    pub fn config(&self, context: Option<&str>) -> Result<Config> {
        resolve::resolve(self, context, &ProcessEnvironment)
    }

    fn parse_yaml(yaml: &str) -> Result<Self> {
        let parsed: Option<Self> = serde_saphyr::from_str(yaml).map_err(|error| broken_yaml(&error))?;
        let kubeconfig = parsed.unwrap_or_default();
        kubeconfig.refuse_duplicates()?;
        Ok(kubeconfig)
    }

    pub(crate) fn read_from(path: &Path, environment: &dyn Environment) -> Result<Self> {
        let bytes = environment
            .read(path)
            .map_err(|error| problem("it cannot be read").with_source(error))
            .map_err(|error| error.during(about(path)))?;
        let text =
            std::str::from_utf8(&bytes).map_err(|_| problem("it is not UTF-8 text").during(about(path)))?;
        let mut kubeconfig = Self::parse_yaml(text).map_err(|error| error.during(about(path)))?;
        kubeconfig.resolve_paths(path.parent().unwrap_or_else(|| Path::new("")));
        Ok(kubeconfig)
    }

    /// Whether there is nothing in it to use.
    pub(crate) fn is_empty(&self) -> bool {
        self.clusters.is_empty()
            && self.contexts.is_empty()
            && self.current_context.as_deref().unwrap_or_default().is_empty()
    }

    fn resolve_paths(&mut self, folder: &Path) {
        let resolve = |path: &mut Option<PathBuf>| {
            if let Some(path) = path
                && !path.as_os_str().is_empty()
            {
                *path = folder.join(&*path);
            }
        };
        for NamedCluster { cluster, .. } in &mut self.clusters {
            resolve(&mut cluster.certificate_authority);
        }
        for NamedUser { user, .. } in &mut self.users {
            resolve(&mut user.token_file);
            resolve(&mut user.client_certificate);
            resolve(&mut user.client_key);
        }
    }

    fn refuse_duplicates(&self) -> Result<()> {
        let clusters = self.clusters.iter().map(|entry| &entry.name);
        let users = self.users.iter().map(|entry| &entry.name);
        let contexts = self.contexts.iter().map(|entry| &entry.name);
        refuse_duplicate("cluster", clusters)?;
        refuse_duplicate("user", users)?;
        refuse_duplicate("context", contexts)
    }
}

/// What errors call a kubeconfig that is not a file.
pub(crate) const ABOUT_TEXT: &str = "kubeconfig given as text";

pub(crate) fn about(path: &Path) -> String {
    format!("kubeconfig {}", path.display())
}

fn refuse_duplicate<'n>(what: &str, names: impl Iterator<Item = &'n String>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(problem(format!("there are two entries for {what} {name:?}")));
        }
    }
    Ok(())
}

/// The parser's own text may quote the file, and the file holds secrets: only the place stays.
fn broken_yaml(error: &serde_saphyr::Error) -> Error {
    let place = error
        .location()
        .map(|at| format!(" (line {}, column {})", at.line(), at.column()))
        .unwrap_or_default();
    let what = match error.without_snippet() {
        serde_saphyr::Error::SerdeMissingField { field, .. } => {
            format!("an entry has no field `{field}`")
        }
        serde_saphyr::Error::Unexpected { expected: "sequence start", .. } => "expected a list".to_owned(),
        serde_saphyr::Error::Unexpected { expected: "mapping start", .. } => "expected a mapping".to_owned(),
        serde_saphyr::Error::Unexpected { expected, .. } => format!("expected {expected}"),
        _ => "this is not the YAML of a kubeconfig".to_owned(),
    };
    problem(format!("it is not valid: {what}{place}"))
}

impl fmt::Debug for Kubeconfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let contexts: Vec<_> = self.contexts.iter().map(|entry| &entry.name).collect();
        f.debug_struct("Kubeconfig")
            .field("current_context", &self.current_context)
            .field("contexts", &contexts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(yaml: &str) -> String {
        format!("{:#}", Kubeconfig::parse(yaml).unwrap_err())
    }

    #[test]
    fn null_and_absent_lists_and_entries_are_empty() {
        for yaml in ["", "{}", "users: null\ncontexts:\nclusters: []", "preferences: {}"] {
            assert!(Kubeconfig::parse(yaml).unwrap().is_empty(), "{yaml:?}");
        }
        let kubeconfig = Kubeconfig::parse("users: [{name: u, user: null}, {name: v}]").unwrap();
        assert_eq!(kubeconfig.users.len(), 2);
    }

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        for (list, what) in [("clusters", "cluster"), ("users", "user"), ("contexts", "context")] {
            assert_eq!(
                failure(&format!("{list}: [{{name: a}}, {{name: b}}, {{name: a}}]")),
                format!("kubeconfig given as text: there are two entries for {what} \"a\"")
            );
        }
    }

    #[test]
    fn broken_yaml_is_told_by_its_place_alone() {
        for yaml in [
            "users: [{name: u, user: {token: hunter2}",
            "token: hunter2: hunter2",
            "users: hunter2",
            "users: [{user: {token: hunter2}}]",
            "users: [{name: u, user: {token: {hunter2: x}}}]",
            "clusters: [{name: c, cluster: {insecure-skip-tls-verify: hunter2}}]",
            "current-context: a\ncurrent-context: hunter2",
        ] {
            let text = failure(yaml);
            assert!(text.contains("line 1") || text.contains("line 2"), "{yaml}: {text}");
            assert!(!text.contains("hunter2"), "{text}");
        }
        let text = failure("users:\n- user: {token: hunter2}\n");
        let said = "kubeconfig given as text: it is not valid: an entry has no field `name` (line 2";
        assert!(text.starts_with(said), "{text}");
        for (yaml, expected) in [
            ("clusters: 3", "kubeconfig given as text: it is not valid: expected a list (line 1, column 11)"),
            ("[]", "kubeconfig given as text: it is not valid: expected a mapping (line 1, column 1)"),
            ("- {", "kubeconfig given as text: it is not valid: expected a mapping (line 1, column 1)"),
        ] {
            assert_eq!(failure(yaml), expected);
        }
    }

    #[test]
    fn the_debug_form_shows_contexts_and_no_secret() {
        let kubeconfig = Kubeconfig::parse("users: [{name: u, user: {token: hunter2}}]").unwrap();
        assert!(!format!("{kubeconfig:?}").contains("hunter2"));
    }
}
