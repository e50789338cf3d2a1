//! Pure: the service account of a pod, from its environment variables and mounted files.

use std::ffi::OsString;
use std::path::Path;

use crate::config::environment::Environment;
use crate::config::kubeconfig::{AuthInfo, Cluster, Context, Kubeconfig};
use crate::config::problem;
use crate::error::Result;

pub(crate) const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

const HOST: &str = "KUBERNETES_SERVICE_HOST";
const PORT: &str = "KUBERNETES_SERVICE_PORT";

/// What errors call the cluster and the user of a pod.
const NAME: &str = "in-cluster";

/// What a pod knows of its cluster, as a kubeconfig, so that overrides and all the rest work on it too.
pub(crate) fn kubeconfig(environment: &dyn Environment) -> Result<Kubeconfig> {
    let var = |name: &str| text(name, environment)?.ok_or_else(|| problem(format!("{name} is not set")));
    let host = var(HOST)?;
    let port = var(PORT)?;
    let url = if host.contains(':') {
        format!("https://[{host}]:{port}")
    } else {
        format!("https://{host}:{port}")
    };
    let folder = Path::new(FOLDER);
    let present = |name: &str| {
        let path = folder.join(name);
        match environment.read(&path) {
            Ok(_) => Ok(path),
            Err(error) => Err(problem(format!("{} cannot be read", path.display())).with_source(error)),
        }
    };
    let user = AuthInfo::default().token_file(present("token")?);
    let cluster = Cluster::new(url).certificate_authority(present("ca.crt")?);
    let mut kubeconfig = Kubeconfig::default();
    kubeconfig.set_cluster(NAME, cluster);
    kubeconfig.set_user(NAME, user);
    kubeconfig.set_context(NAME, Context::new(NAME, NAME));
    kubeconfig.set_current_context(NAME);
    Ok(kubeconfig)
}

/// The namespace of the pod, if this is one.
pub(crate) fn namespace(environment: &dyn Environment) -> Result<Option<String>> {
    let file = |name: &str| environment.read(&Path::new(FOLDER).join(name)).ok();
    if environment.var(HOST).is_none() || environment.var(PORT).is_none() || file("token").is_none() {
        return Ok(None);
    }
    let named = text("POD_NAMESPACE", environment)?;
    Ok(named.or_else(|| {
        let text = String::from_utf8(file("namespace")?).ok()?;
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
    use crate::config::{Config, Overrides, resolve};

    fn in_cluster(environment: &FakeEnvironment) -> Result<Config> {
        in_cluster_with(&Overrides::default(), environment)
    }

    fn in_cluster_with(overrides: &Overrides, environment: &FakeEnvironment) -> Result<Config> {
        resolve::resolve(&kubeconfig(environment)?, overrides, environment)
    }

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

    #[test]
    fn overrides_apply_to_a_pod_too() {
        let overrides = Overrides::default()
            .namespace("other")
            .auth_info(AuthInfo::default().token("mine").act_as("jane"))
            .cluster_info(Cluster::default().tls_server_name("api").proxy_url("http://proxy:3128"));
        let text = format!("{:?}", in_cluster_with(&overrides, &pod()).unwrap());
        for part in ["\"other\"", "credentials: \"token\"", "\"api\"", "http://proxy:3128", "\"jane\""] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let server = Overrides::default().cluster_info(Cluster::new("https://elsewhere"));
        assert_eq!(in_cluster_with(&server, &pod()).unwrap().url(), "https://elsewhere/");
    }

    #[test]
    fn only_a_pod_has_a_namespace_of_its_own() {
        let elsewhere = FakeEnvironment::default().with_var("POD_NAMESPACE", "shop");
        assert_eq!(namespace(&elsewhere).unwrap(), None);
        assert_eq!(namespace(&pod()).unwrap().as_deref(), Some("shop"));
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
