//! Pure: one context of a kubeconfig becomes a configuration.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::auth::{Credentials, TokenFile};
use crate::config::environment::Environment;
use crate::config::kubeconfig::{Cluster, Kubeconfig, User};
use crate::config::{Config, in_cluster, problem};
use crate::error::Result;
use crate::transport::{Identity, Secret};

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

    let namespace = match context.namespace.clone().filter(|name| !name.is_empty()) {
        None => in_cluster::namespace(environment)?,
        namespace => namespace,
    };
    if let Some(namespace) = namespace {
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
        (Some(certificate), Some(key)) => Some(Identity::from_pem(certificate, key)?),
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
        Some((field @ ("exec" | "auth-provider" | "username" | "password"), _)) => Err(problem(format!(
            "field {field} is not supported yet; use a token, a token file or a client certificate instead"
        ))),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::environment::fake::FakeEnvironment;

    const PEM: &str = "UEVN";

    fn with_user(user: &str) -> Kubeconfig {
        with("server: 'https://c:6443'", user)
    }

    fn with(cluster: &str, user: &str) -> Kubeconfig {
        Kubeconfig::parse(&format!(
            "
            current-context: dev
            clusters: [{{name: c, cluster: {{{cluster}}}}}]
            users: [{{name: u, user: {{{user}}}}}]
            contexts: [{{name: dev, context: {{cluster: c, user: u}}}}]
            "
        ))
        .unwrap()
    }

    fn failure(kubeconfig: &Kubeconfig) -> String {
        let resolved = resolve(kubeconfig, None, &FakeEnvironment::default());
        format!("{:#}", resolved.unwrap_err())
    }

    fn resolved(kubeconfig: &Kubeconfig) -> String {
        format!("{:?}", resolve(kubeconfig, None, &FakeEnvironment::default()).unwrap())
    }

    #[test]
    fn what_is_not_supported_is_refused_by_field_and_user() {
        for (user, field) in [
            ("exec: {command: aws}", "exec"),
            ("auth-provider: {name: gcp}", "auth-provider"),
            ("username: me, password: hunter2", "username"),
            ("as: admin, token: hunter2", "as"),
            ("as-uid: x", "as-uid"),
            ("as-groups: [x]", "as-groups"),
            ("as-user-extra: {x: [y]}", "as-user-extra"),
        ] {
            let instead = match field {
                "exec" | "auth-provider" | "username" => {
                    "; use a token, a token file or a client certificate instead"
                }
                _ => "",
            };
            let expected = format!("user \"u\": field {field} is not supported yet{instead}");
            assert_eq!(failure(&with_user(user)), expected);
        }
        let proxied = with("server: 'https://c', proxy-url: 'http://me:hunter2@p'", "");
        assert_eq!(failure(&proxied), "cluster \"c\": field proxy-url is not supported yet");
        // A field that is there and null asks for nothing.
        resolved(&with_user("exec: null, token: x"));
    }

    #[test]
    fn a_wrong_entry_is_named_with_its_problem_and_without_a_secret() {
        let table = [
            (with("", ""), "cluster \"c\": field server is missing"),
            (
                with("server: 'https://c', certificate-authority-data: 'hunter2!'", ""),
                "cluster \"c\": field certificate-authority-data is not base64",
            ),
            (
                with(
                    &format!(
                        "server: 'https://c', certificate-authority-data: {PEM}, \
                         insecure-skip-tls-verify: true"
                    ),
                    "",
                ),
                "cluster \"c\": certificate-authority and insecure-skip-tls-verify exclude each other",
            ),
            (
                with_user(&format!("client-certificate-data: {PEM}")),
                "user \"u\": there is a client-certificate but no client-key",
            ),
            (
                with_user(&format!("client-key-data: {PEM}")),
                "user \"u\": there is a client-key but no client-certificate",
            ),
            (
                with_user("tokenFile: /missing"),
                "user \"u\": tokenFile /missing cannot be read: entity not found",
            ),
            (
                with_user("client-certificate: /missing"),
                "user \"u\": client-certificate /missing cannot be read: entity not found",
            ),
        ];
        for (kubeconfig, expected) in table {
            assert_eq!(failure(&kubeconfig), expected);
        }
    }

    #[test]
    fn a_name_that_is_missing_is_told_with_those_that_are_there() {
        let kubeconfig = with_user("token: x");
        let config = |context| resolve(&kubeconfig, context, &FakeEnvironment::default());
        assert_eq!(
            config(Some("prod")).unwrap_err().to_string(),
            "there is no context \"prod\" (contexts: dev)"
        );
        let mut kubeconfig = with_user("");
        kubeconfig.current_context = None;
        assert_eq!(failure(&kubeconfig), "no current-context is set (contexts: dev)");
        let mut kubeconfig = with_user("");
        kubeconfig.users.clear();
        assert_eq!(failure(&kubeconfig), "there is no user \"u\" (users: none)");
    }

    #[test]
    fn credentials_are_those_of_the_user_and_never_go_in_the_clear() {
        for (user, credentials) in [
            ("", "none"),
            ("token: x", "token"),
            ("token: x, tokenFile: /missing", "token file"),
            ("client-certificate-data: UEVN, client-key-data: UEVN", "client certificate"),
        ] {
            let text = resolved(&with_user(user));
            assert!(text.contains(&format!("credentials: {credentials:?}")), "{text}");
        }
        let text = resolved(&with("server: 'http://c'", "token: x"));
        assert!(text.contains("credentials: \"none\""), "{text}");
    }

    #[test]
    fn relative_paths_are_relative_to_the_file_and_what_is_in_place_wins() {
        let environment = FakeEnvironment::default()
            .with_file(
                "/etc/kube/config",
                "
                current-context: dev
                clusters:
                - name: c
                  cluster:
                    server: 'https://c'
                    certificate-authority: pki/ca.pem
                    tls-server-name: other
                users: [{name: u, user: {tokenFile: token}}]
                contexts: [{name: dev, context: {cluster: c, user: u, namespace: shop}}]
                ",
            )
            .with_file("/etc/kube/pki/ca.pem", "from the file")
            .with_file("/etc/kube/token", "secret");
        let path = Path::new("/etc/kube/config");
        let mut kubeconfig = Kubeconfig::read_from(path, &environment).unwrap();
        let config = resolve(&kubeconfig, None, &environment).unwrap();
        assert_eq!(config.tls.ca.as_deref(), Some(b"from the file".as_slice()));
        assert_eq!(config.tls.server_name.as_deref(), Some("other"));
        assert_eq!(config.namespace(), "shop");
        kubeconfig.clusters[0].cluster.certificate_authority_data = Some("UE\nVN".to_owned());
        let config = resolve(&kubeconfig, None, &environment).unwrap();
        assert_eq!(config.tls.ca.as_deref(), Some(b"PEM".as_slice()));
    }

    #[test]
    fn a_server_without_a_scheme_speaks_tls_where_tls_is_set_up() {
        let text = resolved(&with("server: 'c:6443', insecure-skip-tls-verify: true", ""));
        assert!(text.contains("https://c:6443"), "{text}");
        let text = resolved(&with("server: 'localhost:8080'", ""));
        assert!(text.contains("http://localhost:8080"), "{text}");
    }
}
