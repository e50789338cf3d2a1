//! Pure: one context of a kubeconfig becomes a configuration.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::config::environment::Environment;
use crate::config::kubeconfig::{Cluster, Kubeconfig, User};
use crate::config::{Config, in_cluster, problem};
use crate::error::Result;
use crate::transport::{Credentials, Secret, TokenFile};

pub(crate) fn resolve(
    kubeconfig: &Kubeconfig,
    context: Option<&str>,
    environment: &dyn Environment,
) -> Result<Config> {
    let current = kubeconfig.current_context.as_deref();
    let contexts = || kubeconfig.contexts.iter().map(|entry| &*entry.name);
    let name = context.or(current).filter(|name| !name.is_empty()).ok_or_else(|| {
        let known = list(contexts());
        problem(format!("no current-context is set (contexts: {known})"))
    })?;
    let context = find(contexts(), name, "context")?;
    let context = &kubeconfig.contexts[context].context;

    let clusters = kubeconfig.clusters.iter().map(|entry| &*entry.name);
    let cluster = context.cluster.as_deref().unwrap_or_default();
    let cluster = &kubeconfig.clusters[find(clusters, cluster, "cluster")?];
    let mut config = cluster_config(&cluster.cluster, environment)
        .map_err(|error| error.during(format!("cluster {:?}", cluster.name)))?;

    if let Some(user) = context.user.as_deref().filter(|user| !user.is_empty()) {
        let users = kubeconfig.users.iter().map(|entry| &*entry.name);
        let user = &kubeconfig.users[find(users, user, "user")?];
        add_user(&mut config, &user.user, environment)
            .map_err(|error| error.during(format!("user {:?}", user.name)))?;
    }

    let namespace = context.namespace.clone().filter(|name| !name.is_empty());
    if let Some(namespace) = namespace.or_else(|| in_cluster::namespace(environment)) {
        config.default_namespace = namespace;
    }
    Ok(config)
}

fn find<'n>(names: impl Iterator<Item = &'n str> + Clone, name: &str, what: &str) -> Result<usize> {
    names.clone().position(|known| known == name).ok_or_else(|| {
        let known = list(names);
        problem(format!("there is no {what} {name:?} ({what}s: {known})"))
    })
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn cluster_config(cluster: &Cluster, environment: &dyn Environment) -> Result<Config> {
    if cluster.proxy_url.is_some() {
        return Err(unsupported("proxy-url"));
    }
    let insecure = cluster.insecure_skip_tls_verify.unwrap_or(false);
    let ca = pem(
        "certificate-authority",
        cluster.certificate_authority_data.as_deref(),
        cluster.certificate_authority.as_deref(),
        environment,
    )?;
    if insecure && ca.is_some() {
        return Err(problem("certificate-authority and insecure-skip-tls-verify exclude each other"));
    }
    let server = cluster.server.as_deref().unwrap_or_default();
    if server.is_empty() {
        return Err(problem("field server is missing"));
    }
    let mut config = if server.contains("://") {
        Config::new(server)?
    } else if insecure || ca.is_some() {
        Config::new(&format!("https://{server}"))?
    } else {
        Config::new(&format!("http://{server}"))?
    };
    config.tls.ca = ca.map(Into::into);
    config.tls.insecure = insecure;
    config.tls.server_name = cluster.tls_server_name.clone().filter(|name| !name.is_empty());
    Ok(config)
}

fn add_user(config: &mut Config, user: &User, environment: &dyn Environment) -> Result<()> {
    refuse_unsupported(user)?;
    let certificate = pem(
        "client-certificate",
        user.client_certificate_data.as_deref(),
        user.client_certificate.as_deref(),
        environment,
    )?;
    let key = pem("client-key", user.client_key_data.as_deref(), user.client_key.as_deref(), environment)?;
    let identity = match (certificate, key) {
        (None, None) => None,
        (Some(certificate), Some(key)) => {
            let key = String::from_utf8(key).map_err(|_| problem("the client-key is not PEM"))?;
            Some((certificate.into(), Secret::new(key)))
        }
        (Some(_), None) => return Err(problem("there is a client-certificate but no client-key")),
        (None, Some(_)) => return Err(problem("there is a client-key but no client-certificate")),
    };
    let token = user.token.as_deref().filter(|token| !token.is_empty());
    let file = user.token_file.as_deref().filter(|path| !path.as_os_str().is_empty());
    let credentials = match (token.map(Secret::new), file) {
        (token, Some(file)) => {
            if token.is_none() {
                read("tokenFile", file, environment)?;
            }
            Credentials::TokenFile(Arc::new(TokenFile::new(file, token)))
        }
        (Some(token), None) => Credentials::Token(token),
        (None, None) => Credentials::None,
    };
    // As in client-go: what a kubeconfig holds is never sent in the clear.
    if config.url().scheme_str() == Some("https") {
        config.tls.identity = identity;
        config.credentials = credentials;
    }
    Ok(())
}

fn refuse_unsupported(user: &User) -> Result<()> {
    let fields = [
        ("exec", user.exec),
        ("auth-provider", user.auth_provider),
        ("username", user.username),
        ("password", user.password),
        // Leaving impersonation out would give the program more rights than were asked for.
        ("as", user.as_user),
        ("as-uid", user.as_uid),
        ("as-groups", user.as_groups),
        ("as-user-extra", user.as_user_extra),
    ];
    match fields.iter().find(|(_, present)| present.is_some()) {
        Some((field, _)) => Err(unsupported(field)),
        None => Ok(()),
    }
}

fn unsupported(field: &str) -> crate::error::Error {
    problem(format!("field {field} is not supported yet"))
}

/// A PEM file given in place (base64) or by path. What is given in place wins.
fn pem(
    field: &str,
    data: Option<&str>,
    path: Option<&Path>,
    environment: &dyn Environment,
) -> Result<Option<Vec<u8>>> {
    if let Some(data) = data.filter(|data| !data.is_empty()) {
        // Without a source: it could quote a key.
        let packed: String = data.split_ascii_whitespace().collect();
        let bytes =
            STANDARD.decode(packed).map_err(|_| problem(format!("field {field}-data is not base64")))?;
        return Ok(Some(bytes));
    }
    path.filter(|path| !path.as_os_str().is_empty()).map(|path| read(field, path, environment)).transpose()
}

fn read(field: &str, path: &Path, environment: &dyn Environment) -> Result<Vec<u8>> {
    environment
        .read(path)
        .map_err(|error| problem(format!("{field} {} cannot be read", path.display())).with_source(error))
}
