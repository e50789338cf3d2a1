//! The kube-apiserver of a control plane: the files it reads, and its command line.

use crate::certificates::Pair;
use crate::certificates::SigningKey;
use crate::error::EnvtestError;
use std::fs::OpenOptions;
use std::io;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

/// What the kube-apiserver reads from files.
pub(crate) struct Files<'a> {
    pub(crate) ca_certificate: &'a str,
    pub(crate) serving: &'a Pair,
    pub(crate) service_account: &'a SigningKey,
    /// Lines of `token,user,uid,"groups"`.
    pub(crate) tokens: &'a str,
}

impl Files<'_> {
    pub(crate) fn write(&self, directory: &Path) -> Result<(), EnvtestError> {
        for (name, text) in [
            ("ca.crt", self.ca_certificate),
            ("serving.crt", &self.serving.certificate),
            ("serving.key", &self.serving.key),
            ("service-account.key", &self.service_account.private()),
            ("service-account.pub", &self.service_account.public()),
            ("tokens.csv", self.tokens),
        ] {
            write_private(&directory.join(name), text)
                .map_err(EnvtestError::io("write the files of kube-apiserver"))?;
        }
        Ok(())
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(text.as_bytes())
}

pub(crate) fn command(
    binary: &Path,
    directory: &Path,
    port: u16,
    etcd_port: u16,
    more: &[String],
) -> Command {
    let mut command = Command::new(binary);
    let file = |flag: &str, name: &str| format!("--{flag}={}", directory.join(name).display());
    command
        .arg(format!("--etcd-servers=http://127.0.0.1:{etcd_port}"))
        .arg("--bind-address=127.0.0.1")
        .arg(format!("--secure-port={port}"))
        .arg(file("tls-cert-file", "serving.crt"))
        .arg(file("tls-private-key-file", "serving.key"))
        .arg(file("client-ca-file", "ca.crt"))
        .arg(file("token-auth-file", "tokens.csv"))
        .arg("--authorization-mode=RBAC")
        .arg("--service-account-issuer=https://kubernetes.default.svc")
        .arg(file("service-account-key-file", "service-account.pub"))
        .arg(file("service-account-signing-key-file", "service-account.key"))
        .arg("--service-cluster-ip-range=10.0.0.0/24")
        .arg("--allow-privileged=true")
        // No controller makes the default service accounts that this plugin wants to see.
        .arg("--disable-admission-plugins=ServiceAccount")
        // A loopback address cannot be an endpoint of the kubernetes service.
        .arg("--endpoint-reconciler-type=none")
        // Old resource versions expire when a test says so, not because a test run was slow. (With 0 the caches
        // would not follow anybody's compaction.)
        .arg("--etcd-compaction-interval=24h")
        // Without a grace period a stopping server does not tell its watches, and waits for them up to a minute.
        .arg("--shutdown-watch-termination-grace-period=1s")
        .args(more);
    command
}
