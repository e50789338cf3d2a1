//! Pure: one context of a kubeconfig becomes a configuration.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::auth::Credentials;
use crate::config::credentials::{Keep, credentials};
use crate::config::environment::Environment;
use crate::config::kubeconfig::{AuthInfo, Cluster, Context, Kubeconfig, MaybePath};
use crate::config::overrides::Overrides;
use crate::config::proxy::ProxyChoice;
use crate::config::validate::{self, list};
use crate::config::{Config, Impersonation, in_cluster, problem};
use crate::error::{Error, Result};
use crate::transport::{Identity, Proxy, TlsFiles};

pub(crate) fn resolve(
    kubeconfig: &Kubeconfig,
    overrides: &Overrides,
    environment: &dyn Environment,
) -> Result<Config> {
    let context = choose_context(kubeconfig, overrides)?;
    let cluster = choose_cluster(kubeconfig, overrides, &context)?;
    let user = choose_user(kubeconfig, overrides, &context)?;

    let about = |what: &str, name: &str| match name {
        "" => format!("{what} of the overrides"),
        name => format!("{what} {name:?}"),
    };
    let mut problems = Vec::new();
    let config = cluster_config(&cluster, environment);
    let keep = keep(kubeconfig, overrides, &context.user);
    let parts = user_parts(&user, &cluster, keep, environment);
    let (config, parts) = match (config, parts) {
        (Ok(config), Ok(parts)) => (config, parts),
        (config, parts) => {
            let of_cluster = config.err().unwrap_or_default().into_iter();
            problems.extend(of_cluster.map(|error| error.during(about("cluster", &context.cluster))));
            let of_user = parts.err().unwrap_or_default().into_iter();
            problems.extend(of_user.map(|error| error.during(about("user", &context.user))));
            validate::together("configuration", problems)?;
            return Err(problem("the configuration cannot be used"));
        }
    };
    let mut config = parts.give_to(config);
    let namespace = match context.namespace {
        namespace if namespace.is_empty() => in_cluster::namespace(environment)?,
        namespace => Some(namespace),
    };
    if let Some(namespace) = namespace {
        config.default_namespace = namespace;
    }
    Ok(config)
}

fn choose_context(kubeconfig: &Kubeconfig, overrides: &Overrides) -> Result<Context> {
    let current = kubeconfig.current_context().unwrap_or_default();
    let name = if overrides.context.is_empty() { current } else { &overrides.context };
    let mut context = match name {
        "" if overrides.has_server() || !overrides.names.cluster.is_empty() => Context::default(),
        "" => {
            let known = list(kubeconfig.contexts().map(|(name, _)| name));
            return Err(problem(format!("no current-context is set (contexts: {known})")));
        }
        name => find(kubeconfig.contexts(), name, "context")?.clone(),
    };
    context.overlay(&overrides.names);
    Ok(context)
}

fn choose_cluster(kubeconfig: &Kubeconfig, overrides: &Overrides, context: &Context) -> Result<Cluster> {
    let mut cluster = overrides.cluster_defaults.clone();
    match &*context.cluster {
        "" if overrides.has_server() => {}
        name => cluster.overlay(find(kubeconfig.clusters(), name, "cluster")?),
    }
    cluster.override_with(&overrides.cluster);
    Ok(cluster)
}

fn choose_user(kubeconfig: &Kubeconfig, overrides: &Overrides, context: &Context) -> Result<AuthInfo> {
    let mut user = match &*context.user {
        "" => AuthInfo::default(),
        name => find(kubeconfig.users(), name, "user")?.clone(),
    };
    user.override_with(&overrides.user);
    Ok(user)
}

/// Where tokens are kept that are renewed: nowhere when they were given by hand.
fn keep<'k>(kubeconfig: &'k Kubeconfig, overrides: &Overrides, user: &str) -> Option<Keep<'k>> {
    let entry = kubeconfig.users.iter().find(|entry| entry.name == user)?;
    let file = entry.origin.as_deref().filter(|_| overrides.user.auth_provider.is_none())?;
    Some(Keep { file, user: &entry.name })
}

/// The entry of a name, or an error that lists those that are there.
pub(crate) fn find<'k, T>(
    entries: impl Iterator<Item = (&'k str, &'k T)>,
    name: &str,
    what: &str,
) -> Result<&'k T> {
    let entries: Vec<_> = entries.collect();
    entries.iter().find(|(known, _)| *known == name).map(|(_, entry)| *entry).ok_or_else(|| {
        let known = list(entries.iter().map(|(name, _)| *name));
        problem(format!("there is no {what} {name:?} ({what}s: {known})"))
    })
}

/// What is wrong, gathered.
#[derive(Default)]
pub(crate) struct Problems(Vec<Error>);

impl Problems {
    pub(crate) fn push(&mut self, problem: Error) {
        self.0.push(problem);
    }

    /// The value, or its default after the problem was noted.
    fn note<T: Default>(&mut self, result: Result<T>) -> T {
        result.unwrap_or_else(|problem| {
            self.0.push(problem);
            T::default()
        })
    }

    fn or<T>(self, value: T) -> Result<T, Vec<Error>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}

/// A cluster, still without a user.
pub(crate) fn cluster_config(cluster: &Cluster, environment: &dyn Environment) -> Result<Config, Vec<Error>> {
    let mut problems = Problems::default();
    let insecure = cluster.insecure_skip_tls_verify;
    let data = &cluster.certificate_authority_data;
    let ca = problems.note(pem("certificate-authority", data, cluster.ca_path(), environment));
    if insecure && (ca.is_some() || !data.is_empty()) {
        problems.push(problem("certificate-authority and insecure-skip-tls-verify exclude each other"));
    }
    let proxy = match &*cluster.proxy_url {
        "" => ProxyChoice::Environment,
        url => {
            let proxy = Proxy::parse(url).map_err(|error| error.during("proxy-url"));
            problems.note(proxy.map(Some)).map_or(ProxyChoice::Environment, ProxyChoice::Fixed)
        }
    };
    let config = match &*cluster.server {
        "" => Err(problem("field server is missing")),
        server if server.contains("://") => Config::new(server),
        server if insecure || ca.is_some() => Config::new(&format!("https://{server}")),
        server => Config::new(&format!("http://{server}")),
    };
    let mut config = match config {
        Ok(config) => config,
        Err(error) => {
            problems.push(error);
            return Err(problems.0);
        }
    };
    config.tls.files.ca = cluster.ca_path().map(Path::to_owned);
    config.tls.ca = ca.map(Into::into);
    config.tls.insecure = insecure;
    config.tls.server_name = Some(cluster.tls_server_name.clone()).filter(|name| !name.is_empty());
    config.proxy = proxy;
    config.compression = !cluster.disable_compression;
    problems.or(config)
}

/// What of a configuration comes from a user.
pub(crate) struct UserParts {
    identity: Option<Identity>,
    files: TlsFiles,
    credentials: Credentials,
    impersonation: Option<Impersonation>,
}

impl UserParts {
    fn give_to(self, mut config: Config) -> Config {
        // As in client-go: what a kubeconfig holds is never sent in the clear. Whom to act as is no secret, and
        // leaving it out would give the program more rights than were asked for.
        if config.url().scheme_str() == Some("https") {
            config.tls.identity = self.identity;
            (config.tls.files.certificate, config.tls.files.key) = (self.files.certificate, self.files.key);
            config.credentials = self.credentials;
        }
        config.impersonation = self.impersonation;
        config
    }
}

pub(crate) fn user_parts(
    user: &AuthInfo,
    cluster: &Cluster,
    keep: Option<Keep<'_>>,
    environment: &dyn Environment,
) -> Result<UserParts, Vec<Error>> {
    let mut problems = Problems::default();
    validate::contradictions(user, &mut problems);
    let certificate = pem(
        "client-certificate",
        &user.client_certificate_data,
        user.client_certificate.if_set(),
        environment,
    );
    let certificate = problems.note(certificate);
    let key = problems.note(pem("client-key", &user.client_key_data, user.client_key.if_set(), environment));
    let identity = certificate.zip(key).map(|(certificate, key)| Identity::from_pem(certificate, key));
    let identity = problems.note(identity.transpose());
    let files = TlsFiles {
        certificate: user.client_certificate.if_set().map(Path::to_owned),
        key: user.client_key.if_set().map(Path::to_owned),
        ..TlsFiles::default()
    };
    let impersonation = problems.note(Impersonation::from_parts(
        &user.impersonate,
        &user.impersonate_uid,
        &user.impersonate_groups,
        &user.impersonate_extra,
    ));
    // A plugin or provider of which something is wrong is not looked at any further.
    let credentials = if problems.0.is_empty() || user.exec.is_none() {
        problems.note(credentials(user, cluster, keep, environment))
    } else {
        Credentials::None
    };
    problems.or(UserParts { identity, files, credentials, impersonation })
}

/// A PEM file given in place (base64) or by path.
pub(crate) fn pem(
    field: &str,
    data: &str,
    path: Option<&Path>,
    environment: &dyn Environment,
) -> Result<Option<Vec<u8>>> {
    if data.is_empty() {
        return path.map(|path| read(field, path, environment)).transpose();
    }
    if path.is_some() {
        return Err(problem(format!("{field} and {field}-data exclude each other")));
    }
    // Without a source: it could quote a key.
    let packed: String = data.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(packed).map_err(|_| problem(format!("field {field}-data is not base64")))?;
    Ok(Some(bytes))
}

pub(crate) fn read(field: &str, path: &Path, environment: &dyn Environment) -> Result<Vec<u8>> {
    environment
        .read(path)
        .map_err(|error| problem(format!("{field} {} cannot be read", path.display())).with_source(error))
}

#[cfg(test)]
#[path = "resolve_tests.rs"]
mod tests;
