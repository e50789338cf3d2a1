//! Pure: the service account of a pod, from its environment variables and mounted files.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use crate::auth::{Credentials, TokenFile};
use crate::config::environment::Environment;
use crate::config::{Config, problem};
use crate::error::Result;

pub(crate) const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

pub(crate) fn in_cluster(environment: &dyn Environment) -> Result<Config> {
    let var = |name: &str| text(name, environment)?.ok_or_else(|| problem(format!("{name} is not set")));
    let host = var("KUBERNETES_SERVICE_HOST")?;
    let port = var("KUBERNETES_SERVICE_PORT")?;
    let url = if host.contains(':') {
        format!("https://[{host}]:{port}")
    } else {
        format!("https://{host}:{port}")
    };
    let folder = Path::new(FOLDER);
    let read = |name: &str| {
        let path = folder.join(name);
        environment
            .read(&path)
            .map_err(|error| problem(format!("{} cannot be read", path.display())).with_source(error))
    };
    let mut config = Config::new(&url)?;
    // Only to say now what would fail with the first request.
    read("token")?;
    config.tls.ca = Some(read("ca.crt")?.into());
    config.tls.files.ca = Some(folder.join("ca.crt"));
    config.credentials = Credentials::TokenFile(Arc::new(TokenFile::new(folder.join("token"), None)));
    if let Some(namespace) = namespace(environment)? {
        config.default_namespace = namespace;
    }
    Ok(config)
}

/// The namespace of the pod, if this is one.
pub(crate) fn namespace(environment: &dyn Environment) -> Result<Option<String>> {
    let named = text("POD_NAMESPACE", environment)?;
    Ok(named.or_else(|| {
        let bytes = environment.read(&Path::new(FOLDER).join("namespace")).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }))
}

/// A variable that is a text: what is none is an error, not the same as a variable that is not set.
fn text(name: &str, environment: &dyn Environment) -> Result<Option<String>> {
    let value = environment.var(name).map(OsString::into_string).transpose();
    value.map_err(|_| problem(format!("{name} is not UTF-8")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::environment::fake::FakeEnvironment;

    fn pod() -> FakeEnvironment {
        FakeEnvironment::default()
            .with_var("KUBERNETES_SERVICE_HOST", "10.0.0.1")
            .with_var("KUBERNETES_SERVICE_PORT", "443")
            .with_file(format!("{FOLDER}/token"), "secret")
            .with_file(format!("{FOLDER}/ca.crt"), "pem")
            .with_file(format!("{FOLDER}/namespace"), "shop\n")
    }

    #[test]
    fn a_pod_finds_its_server_and_its_namespace() {
        let config = in_cluster(&pod()).unwrap();
        assert_eq!(config.url(), "https://10.0.0.1:443/");
        assert_eq!(config.namespace(), "shop");
        let config = in_cluster(&pod().with_var("POD_NAMESPACE", "other")).unwrap();
        assert_eq!(config.namespace(), "other");
    }

    #[test]
    fn an_ipv6_server_is_put_in_brackets() {
        let config = in_cluster(&pod().with_var("KUBERNETES_SERVICE_HOST", "fd00::1")).unwrap();
        assert_eq!(config.url(), "https://[fd00::1]:443/");
    }

    #[test]
    fn outside_of_a_pod_the_missing_variable_or_file_is_named() {
        let error = in_cluster(&FakeEnvironment::default()).unwrap_err();
        assert_eq!(error.to_string(), "KUBERNETES_SERVICE_HOST is not set");
        let environment = FakeEnvironment::default()
            .with_var("KUBERNETES_SERVICE_HOST", "10.0.0.1")
            .with_var("KUBERNETES_SERVICE_PORT", "443");
        let error = in_cluster(&environment).unwrap_err();
        assert_eq!(error.to_string(), format!("{FOLDER}/token cannot be read"));
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_not_text_is_an_error() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        for name in ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "POD_NAMESPACE"] {
            let error = in_cluster(&pod().with_var(name, OsStr::from_bytes(b"\xff"))).unwrap_err();
            assert_eq!(error.to_string(), format!("{name} is not UTF-8"));
        }
    }
}
