//! Pure: the `auth-provider` of a kubeconfig.

use std::collections::BTreeMap;

use crate::auth::oidc::OidcConfig;
use crate::error::{Error, ErrorKind, Result};

/// What replaced providers that were taken out of Kubernetes.
const REMOVED: [(&str, &str); 3] = [
    ("gcp", "use the exec plugin gke-gcloud-auth-plugin"),
    ("azure", "use the exec plugin kubelogin"),
    ("openstack", "use the exec plugin client-keystone-auth"),
];

/// The settings of a provider by its name.
pub(crate) fn provider(name: &str, settings: &BTreeMap<String, String>) -> Result<OidcConfig> {
    if name == "oidc" {
        return OidcConfig::from_settings(settings);
    }
    let problem = match REMOVED.iter().find(|(removed, _)| *removed == name) {
        Some((_, instead)) => format!("auth-provider {name:?} was removed from Kubernetes: {instead}"),
        None => format!("there is no auth-provider {name:?}: use an exec plugin"),
    };
    Err(Error::new(ErrorKind::Config, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_that_was_removed_is_told_with_its_replacement() {
        for (name, expected) in [
            ("gcp", "gke-gcloud-auth-plugin"),
            ("azure", "kubelogin"),
            ("openstack", "client-keystone-auth"),
            ("acme", "there is no auth-provider \"acme\": use an exec plugin"),
        ] {
            let settings = BTreeMap::from([("access-token".to_owned(), "hunter2".to_owned())]);
            let error = provider(name, &settings).err().unwrap();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(error.to_string().contains(name) && !format!("{error:#}").contains("hunter2"));
        }
    }
}
