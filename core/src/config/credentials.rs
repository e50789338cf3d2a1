//! How the user of a kubeconfig proves who it is.

use std::path::Path;
use std::sync::Arc;

use crate::auth::{Credentials, ExecCluster, PluginPolicy, TokenFile, provider};
use crate::config::environment::{Environment, ProcessEnvironment};
use crate::config::files::{self, Lock};
use crate::config::kubeconfig::{
    AuthInfo, AuthProvider, Cluster, EXEC_EXTENSION, Kubeconfig, MaybePath, about,
};
use crate::config::modify::Sources;
use crate::config::problem;
use crate::config::resolve::{pem, read};
use crate::error::Result;
use crate::transport::Secret;

/// Where the tokens that a provider renews are kept: a user in a file.
#[derive(Clone, Copy)]
pub(crate) struct Keep<'k> {
    pub(crate) file: &'k Path,
    pub(crate) user: &'k str,
}

/// What is not a client certificate. Who has one, or a token, needs no plugin and no provider.
pub(crate) fn credentials(
    user: &AuthInfo,
    cluster: &Cluster,
    keep: Option<Keep<'_>>,
    environment: &dyn Environment,
) -> Result<Credentials> {
    let token = Some(&*user.token).filter(|token| !token.is_empty()).map(Secret::new);
    match (token, user.token_file.if_set()) {
        (None, Some(file)) => {
            // Only to say now what would fail with the first request.
            read("tokenFile", file, environment)?;
            return Ok(Credentials::TokenFile(Arc::new(TokenFile::new(file, None))));
        }
        (token, Some(file)) => return Ok(Credentials::TokenFile(Arc::new(TokenFile::new(file, token)))),
        (Some(token), None) => return Ok(Credentials::Token(token)),
        (None, None) => {}
    }
    if !user.username.is_empty() || !user.password.is_empty() {
        return Ok(Credentials::Basic(user.username.clone(), Secret::new(&user.password)));
    }
    if user.has_certificate() {
        return Ok(Credentials::None);
    }
    if let Some(exec) = &user.exec {
        let config = exec.to_config(exec_cluster(cluster, environment)?)?;
        return Credentials::exec(config, PluginPolicy::allow_all());
    }
    match &user.auth_provider {
        None => Ok(Credentials::None),
        Some(found) => {
            let mut config = provider(&found.name, &found.config)?;
            if let Some(keep) = keep {
                let (file, user) = (keep.file.to_owned(), keep.user.to_owned());
                config = config.on_renewal(move |tokens| {
                    keep_tokens(Keep { file: &file, user: &user }, tokens.id_token(), tokens.refresh_token())
                });
            }
            Credentials::oidc(&config)
        }
    }
}

/// What a plugin is told of the cluster.
fn exec_cluster(cluster: &Cluster, environment: &dyn Environment) -> Result<ExecCluster> {
    let mut told = ExecCluster::new(&cluster.server)
        .insecure_skip_tls_verify(cluster.insecure_skip_tls_verify)
        .disable_compression(cluster.disable_compression);
    if !cluster.tls_server_name.is_empty() {
        told = told.tls_server_name(&cluster.tls_server_name);
    }
    // What is wrong with it is told with the cluster.
    let ca =
        pem("certificate-authority", &cluster.certificate_authority_data, cluster.ca_path(), environment);
    if let Ok(Some(ca)) = ca {
        told = told.certificate_authority(ca);
    }
    if !cluster.proxy_url.is_empty() {
        told = told.proxy_url(&cluster.proxy_url);
    }
    Ok(match cluster.extension(EXEC_EXTENSION) {
        Some(config) => told.config(config.clone()),
        None => told,
    })
}

/// Writes renewed tokens to where the old ones stand. The provider may take the old ones no longer.
fn keep_tokens(keep: Keep<'_>, id_token: &str, refresh_token: &str) -> Result<()> {
    let Some(_lock) = Lock::try_take(keep.file)? else {
        return Err(problem("another program is changing it").during(about(keep.file)));
    };
    let sources = Sources::read(vec![keep.file.to_owned()], &ProcessEnvironment)?;
    let mut kubeconfig = sources.merged();
    let provider = |kubeconfig: &Kubeconfig| kubeconfig.user(keep.user)?.auth_provider.clone();
    let Some(AuthProvider { name, mut config }) = provider(&kubeconfig) else {
        return Err(
            problem(format!("it has no user {:?} with an auth-provider", keep.user)).during(about(keep.file))
        );
    };
    config.insert("id-token".to_owned(), id_token.to_owned());
    config.insert("refresh-token".to_owned(), refresh_token.to_owned());
    let user = kubeconfig.user(keep.user).cloned().unwrap_or_default();
    kubeconfig.set_user(keep.user, user.auth_provider(AuthProvider { name, config }));
    files::write_all(sources.changed(&kubeconfig))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renewed_tokens_are_kept_where_the_old_ones_stood() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        let text = "users:\n- name: u\n  user: {auth-provider: {name: oidc, config: {id-token: old, client-id: k}}}\n";
        std::fs::write(&path, text).unwrap();
        let keep = |user| keep_tokens(Keep { file: &path, user }, "new", "next");
        keep("u").unwrap();
        let kubeconfig = Kubeconfig::read(&path).unwrap();
        let config = &kubeconfig.user("u").unwrap().auth_provider.as_ref().unwrap().config;
        let pairs: Vec<_> = config.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(pairs, ["client-id=k", "id-token=new", "refresh-token=next"]);
        let error = format!("{:#}", keep("v").unwrap_err());
        assert!(error.ends_with("it has no user \"v\" with an auth-provider"), "{error}");
        let _lock = Lock::try_take(&path).unwrap().unwrap();
        let error = format!("{:#}", keep("u").unwrap_err());
        assert!(error.ends_with("another program is changing it") && !error.contains("next"), "{error}");
    }
}
