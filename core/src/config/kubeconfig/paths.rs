//! Pure: the paths in a kubeconfig are relative to the folder of its file.

use std::path::{Path, PathBuf};

use super::fill::MaybePath;
use super::{AuthInfo, Cluster, Kubeconfig};

impl Kubeconfig {
    /// Makes the paths in it absolute, or as absolute as the folder of its file is.
    pub(crate) fn resolve_paths(&mut self, folder: &Path) {
        let resolve = |path: &mut PathBuf| {
            if path.if_set().is_some() {
                *path = folder.join(&*path);
            }
        };
        self.clusters.iter_mut().for_each(|entry| for_each_of_cluster(&mut entry.cluster, resolve));
        self.users.iter_mut().for_each(|entry| for_each_of_user(&mut entry.user, resolve));
    }
}

/// Makes the paths of a cluster relative to a folder, where that needs no `..`.
pub(crate) fn relativize_cluster(cluster: &mut Cluster, folder: &Path) {
    for_each_of_cluster(cluster, |path| relativize(path, folder));
}

/// As [`relativize_cluster`], of a user.
pub(crate) fn relativize_user(user: &mut AuthInfo, folder: &Path) {
    for_each_of_user(user, |path| relativize(path, folder));
}

fn relativize(path: &mut PathBuf, folder: &Path) {
    if path.is_absolute()
        && let Ok(relative) = path.strip_prefix(folder)
        && !relative.as_os_str().is_empty()
    {
        *path = relative.to_owned();
    }
}

fn for_each_of_cluster(cluster: &mut Cluster, change: impl Fn(&mut PathBuf)) {
    change(&mut cluster.certificate_authority);
}

fn for_each_of_user(user: &mut AuthInfo, change: impl Fn(&mut PathBuf)) {
    change(&mut user.token_file);
    change(&mut user.client_certificate);
    change(&mut user.client_key);
    // A command that is a name is looked for in PATH.
    if let Some(exec) = &mut user.exec
        && exec.is_path()
    {
        let mut command = PathBuf::from(&exec.command);
        change(&mut command);
        // A folder that is not text cannot be told to a plugin; then the command is not found, and said so.
        exec.command = command.to_string_lossy().into_owned();
    }
    if let Some(provider) = &mut user.auth_provider
        && let Some(ca) = provider.config.get_mut("idp-certificate-authority")
    {
        let mut path = PathBuf::from(&*ca);
        change(&mut path);
        *ca = path.to_string_lossy().into_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(kubeconfig: &Kubeconfig) -> Vec<String> {
        let cluster = &kubeconfig.clusters[0].cluster;
        let user = &kubeconfig.users[0].user;
        let exec = &PathBuf::from(&user.exec.as_ref().unwrap().command);
        [&cluster.certificate_authority, &user.token_file, &user.client_certificate, &user.client_key, exec]
            .map(|path| path.display().to_string())
            .to_vec()
    }

    fn with(ca: &str, command: &str) -> Kubeconfig {
        Kubeconfig::parse(&format!(
            "clusters: [{{name: c, cluster: {{certificate-authority: '{ca}'}}}}]\n\
             users: [{{name: u, user: {{tokenFile: t, client-certificate: /abs/c, client-key: '', \
             exec: {{command: '{command}'}}}}}}]\n"
        ))
        .unwrap()
    }

    #[test]
    fn relative_paths_are_those_of_the_folder_and_a_command_only_if_it_is_a_path() {
        let mut kubeconfig = with("pki/ca.pem", "aws");
        kubeconfig.resolve_paths(Path::new("/etc/kube"));
        assert_eq!(paths(&kubeconfig), ["/etc/kube/pki/ca.pem", "/etc/kube/t", "/abs/c", "", "aws"]);
        let mut kubeconfig = with("../ca.pem", "./aws");
        kubeconfig.resolve_paths(Path::new("/etc/kube"));
        assert_eq!(paths(&kubeconfig)[0], "/etc/kube/../ca.pem");
        assert_eq!(paths(&kubeconfig)[4], "/etc/kube/./aws");
    }

    #[test]
    fn a_path_below_the_folder_is_written_relative_to_it_and_another_as_it_is() {
        for (path, written) in [
            ("/etc/kube/pki/ca.pem", "pki/ca.pem"),
            ("/etc/other/ca.pem", "/etc/other/ca.pem"),
            ("/etc/kube", "/etc/kube"),
            ("/etc/kubernetes/ca.pem", "/etc/kubernetes/ca.pem"),
            ("pki/ca.pem", "pki/ca.pem"),
            ("", ""),
        ] {
            let mut cluster = Cluster::new("https://c").certificate_authority(path);
            relativize_cluster(&mut cluster, Path::new("/etc/kube"));
            assert_eq!(cluster.certificate_authority, Path::new(written));
        }
        let mut user =
            AuthInfo::default().token_file("/etc/kube/token").client_certificate("/a", "/etc/kube/k");
        relativize_user(&mut user, Path::new("/etc/kube"));
        assert_eq!((user.token_file, user.client_key), ("token".into(), "k".into()));
    }
}
