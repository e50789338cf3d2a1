//! Pure: the places where a configuration may be, in order.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::environment::Environment;
use crate::config::kubeconfig::{self, Kubeconfig};
use crate::config::{Config, Overrides, in_cluster, problem, resolve};
use crate::error::Result;

/// Finds the configuration. A kubeconfig that is there and broken is an error, even in a pod: the
/// program must not talk to another cluster than the one it was told.
pub(crate) fn load(
    file: Option<&Path>,
    overrides: &Overrides,
    environment: &dyn Environment,
) -> Result<Config> {
    if let Some(path) = file {
        let kubeconfig = Kubeconfig::read_from(path, environment)?;
        let config = resolve::resolve(&kubeconfig, overrides, environment);
        return config.map_err(|error| error.during(kubeconfig::about(path)));
    }
    let mut tried = Vec::new();
    match find_and_resolve(overrides, environment, &mut tried) {
        Ok(config) => Ok(config),
        Err(error) => {
            tried.push(format!("{error:#}"));
            Err(problem(format!("no usable cluster configuration; tried {}", tried.join("; "))))
        }
    }
}

fn find_and_resolve(
    overrides: &Overrides,
    environment: &dyn Environment,
    tried: &mut Vec<String>,
) -> Result<Config> {
    let kubeconfig = match read_all(environment, tried)? {
        Some(kubeconfig) => kubeconfig,
        // The overrides alone say where the cluster is.
        None if overrides.has_server() => Kubeconfig::default(),
        None => {
            let pod = in_cluster::kubeconfig(environment);
            pod.map_err(|error| problem(format!("in-cluster: {error:#}")))?
        }
    };
    resolve::resolve(&kubeconfig, overrides, environment)
}

/// The files that are looked for, in order: those of `KUBECONFIG`, else the one in the home folder.
pub(crate) fn paths(environment: &dyn Environment) -> Vec<PathBuf> {
    match environment.var("KUBECONFIG") {
        Some(list) => split_list(&list),
        None => home_file(environment).into_iter().collect(),
    }
}

fn home_file(environment: &dyn Environment) -> Option<PathBuf> {
    let home = environment.var("HOME").or_else(|| environment.var("USERPROFILE"))?;
    Some(Path::new(&home).join(".kube").join("config"))
}

/// The files, merged; `None` when there is nothing in them.
fn read_all(environment: &dyn Environment, tried: &mut Vec<String>) -> Result<Option<Kubeconfig>> {
    let mut merged: Option<Kubeconfig> = None;
    let listed = environment.var("KUBECONFIG").is_some();
    let paths = paths(environment);
    if !listed {
        tried.push("KUBECONFIG: not set".to_owned());
        if paths.is_empty() {
            tried.push("~/.kube/config: there is no home folder".to_owned());
        }
    }
    let origin = if listed { "KUBECONFIG " } else { "" };
    for path in paths {
        match environment.read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                tried.push(format!("{origin}{}: does not exist", path.display()));
                continue;
            }
            // Reading again below names what is wrong.
            Ok(_) | Err(_) => {}
        }
        let read = Kubeconfig::read_from(&path, environment)?;
        let note = if read.is_empty() { "is empty" } else { "was read" };
        tried.push(format!("{origin}{}: {note}", path.display()));
        merged = Some(match merged {
            Some(first) => first.merge(read),
            None => read,
        });
    }
    if listed && merged.is_none() {
        tracing::warn!("none of the files of KUBECONFIG is there");
    }
    Ok(merged.filter(|merged| !merged.is_empty()))
}

/// The files merged, or this one file; what is not there counts as empty, but for the one.
pub(crate) fn merged(file: Option<&Path>, environment: &dyn Environment) -> Result<Kubeconfig> {
    match file {
        Some(path) => Kubeconfig::read_from(path, environment),
        None => Ok(read_all(environment, &mut Vec::new())?.unwrap_or_default()),
    }
}

fn split_list(list: &OsStr) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in std::env::split_paths(list) {
        if !path.as_os_str().is_empty() && !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Cluster;
    use crate::config::environment::fake::FakeEnvironment;

    const DEV: &str = "
current-context: dev
clusters: [{name: c, cluster: {server: 'https://dev:6443'}}]
users: [{name: u, user: {token: hunter2}}]
contexts: [{name: dev, context: {cluster: c, user: u, namespace: shop}}]
";

    fn load(environment: &FakeEnvironment) -> Result<Config> {
        super::load(None, &Overrides::default(), environment)
    }

    fn failure(environment: &FakeEnvironment) -> String {
        format!("{:#}", load(environment).unwrap_err())
    }

    #[test]
    fn the_home_file_is_read_when_kubeconfig_is_not_set() {
        let home =
            FakeEnvironment::default().with_var("HOME", "/home/me").with_file("/home/me/.kube/config", DEV);
        let config = load(&home).unwrap();
        assert_eq!(config.url(), "https://dev:6443/");
        assert_eq!(config.namespace(), "shop");
    }

    #[test]
    fn the_files_of_kubeconfig_are_merged_and_missing_ones_are_skipped() {
        let other = "current-context: other\ncontexts: [{name: other, context: {cluster: c}}]";
        let environment = FakeEnvironment::default()
            .with_var("KUBECONFIG", "/missing:/a:/b:/a")
            .with_file("/a", other)
            .with_file("/b", DEV);
        let config = load(&environment).unwrap();
        assert_eq!(config.namespace(), "default");
        assert!(format!("{config:?}").contains("credentials: \"none\""));
    }

    #[test]
    fn when_nothing_is_found_the_error_names_each_place_and_what_was_wrong() {
        assert_eq!(
            failure(&FakeEnvironment::default().with_var("HOME", "/home/me")),
            "no usable cluster configuration; tried KUBECONFIG: not set; \
             /home/me/.kube/config: does not exist; \
             in-cluster: KUBERNETES_SERVICE_HOST is not set"
        );
        assert_eq!(
            failure(&FakeEnvironment::default().with_var("KUBECONFIG", "/x:/y").with_file("/y", "")),
            "no usable cluster configuration; tried KUBECONFIG /x: does not exist; \
             KUBECONFIG /y: is empty; in-cluster: KUBERNETES_SERVICE_HOST is not set"
        );
    }

    /// Falling through would talk to another cluster.
    #[cfg(unix)]
    #[test]
    fn a_kubeconfig_whose_path_is_not_text_is_read_all_the_same() {
        use std::os::unix::ffi::OsStrExt;

        let path = OsStr::from_bytes(b"/k\xff");
        let environment = FakeEnvironment::default().with_var("KUBECONFIG", path);
        let pod = environment.with_var("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        assert_eq!(load(&pod.with_file(path, DEV)).unwrap().url(), "https://dev:6443/");
        let home = OsStr::from_bytes(b"/home/\xff");
        let file = Path::new(home).join(".kube/config");
        let environment = FakeEnvironment::default().with_var("HOME", home).with_file(file, DEV);
        assert_eq!(load(&environment).unwrap().url(), "https://dev:6443/");
    }

    #[test]
    fn a_pod_without_a_kubeconfig_uses_its_service_account() {
        let folder = in_cluster::FOLDER;
        let pod = || {
            FakeEnvironment::default()
                .with_var("KUBERNETES_SERVICE_HOST", "10.0.0.1")
                .with_var("KUBERNETES_SERVICE_PORT", "443")
                .with_file(format!("{folder}/token"), "t")
                .with_file(format!("{folder}/ca.crt"), "pem")
        };
        assert_eq!(load(&pod()).unwrap().url(), "https://10.0.0.1:443/");
        let listed = pod().with_var("KUBECONFIG", "/missing:/k");
        assert_eq!(load(&listed).unwrap().url(), "https://10.0.0.1:443/");
        let config = load(&listed.with_file("/k", DEV)).unwrap();
        assert_eq!(config.url(), "https://dev:6443/");
    }

    #[test]
    fn overrides_choose_and_replace_and_can_do_without_a_file() {
        let home = FakeEnvironment::default().with_var("HOME", "/h").with_file("/h/.kube/config", DEV);
        let overrides = Overrides::default().namespace("other").cluster_info(Cluster::new("https://x"));
        let config = super::load(None, &overrides, &home).unwrap();
        assert_eq!((config.url().to_string(), config.namespace()), ("https://x/".to_owned(), "other"));
        let config = super::load(None, &overrides, &FakeEnvironment::default()).unwrap();
        assert_eq!(config.url(), "https://x/");
        let error = super::load(None, &Overrides::default().context("prod"), &home).unwrap_err();
        assert!(error.to_string().ends_with("there is no context \"prod\" (contexts: dev)"), "{error}");
        let error = super::load(Some(Path::new("/missing")), &overrides, &home).unwrap_err();
        assert_eq!(format!("{error:#}"), "kubeconfig /missing: it cannot be read: entity not found");
    }

    #[test]
    fn an_empty_file_that_was_named_is_an_error_even_in_a_pod() {
        let pod = FakeEnvironment::default().with_file("/k", "").with_var("KUBERNETES_SERVICE_HOST", "h");
        let error = super::load(Some(Path::new("/k")), &Overrides::default(), &pod).unwrap_err();
        assert_eq!(format!("{error:#}"), "kubeconfig /k: no current-context is set (contexts: none)");
    }

    #[test]
    fn a_broken_file_is_named_with_the_line_and_without_its_text() {
        let environment = FakeEnvironment::default()
            .with_var("KUBECONFIG", "/k")
            .with_file("/k", "users:\n- name: u\n  user: {token: [hunter2]}\n")
            .with_var("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        let text = failure(&environment);
        assert!(text.contains("kubeconfig /k: it is not valid: "), "{text}");
        assert!(text.contains("line 3"), "{text}");
        assert!(!text.contains("hunter2") && !text.contains("in-cluster"), "{text}");
    }
}
