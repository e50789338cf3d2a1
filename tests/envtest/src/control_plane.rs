//! One etcd and one kube-apiserver.

use crate::apiserver;
use crate::assets;
use crate::certificates::Authority;
use crate::certificates::Pair;
use crate::certificates::SigningKey;
use crate::error::EnvtestError;
use crate::etcd;
use crate::guard::Guard;
use crate::kubeconfig;
use crate::kubeconfig::Credential;
use crate::options::Options;
use crate::oracle::Identity;
use crate::oracle::Oracle;
use crate::port;
use crate::process::Process;
use crate::random;
use serde_json::Value;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::sleep;
use tokio::time::timeout;

/// How long the kube-apiserver may take to become ready.
const READY_DEADLINE: Duration = Duration::from_secs(60);
/// How often it is asked.
const READY_POLL: Duration = Duration::from_millis(50);
/// How often a start is tried when another process takes a port first.
const START_ATTEMPTS: usize = 3;

const ADMIN: &str = "admin";
const NOBODY: &str = "nobody";

/// A running control plane: one etcd and one kube-apiserver with RBAC, on free ports of 127.0.0.1, with their data in
/// a temporary directory. There are no controllers and no nodes.
///
/// Dropping it ends both processes and removes the directory, also while a test panics. Should the test process be
/// killed, or keep the control plane in a static, they end with the process.
pub struct ControlPlane {
    // Fields are dropped in this order: first who uses, then what is used.
    apiserver: Option<Process>,
    etcd: Process,
    _guard: Guard,
    directory: TempDir,
    assets: PathBuf,
    options: Options,
    port: u16,
    etcd_port: u16,
    url: String,
    authority: Authority,
    service_accounts: SigningKey,
    admin: Oracle,
    kubeconfigs: Kubeconfigs,
}

struct Kubeconfigs {
    token: String,
    client_certificate: String,
    nobody: String,
}

impl ControlPlane {
    /// The folder that `KUBEBUILDER_ASSETS` names, `None` when it is not set.
    #[must_use]
    pub fn assets() -> Option<PathBuf> {
        assets::assets()
    }

    /// Starts a control plane and waits until it is ready; the deadline is 60 seconds, 3 are usual.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::NoAssets`] and [`EnvtestError::MissingBinary`] when the binaries are not there,
    /// [`EnvtestError::Exited`] and [`EnvtestError::NotReady`] with the end of the log when a server does not work.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends what has been started.
    pub async fn start() -> Result<Self, EnvtestError> {
        Self::start_with(Options::default()).await
    }

    /// Starts a control plane that differs from the usual one.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    ///
    /// # Cancel safety
    ///
    /// As [`start`](Self::start).
    pub async fn start_with(options: Options) -> Result<Self, EnvtestError> {
        let assets = assets::assets().ok_or(EnvtestError::NoAssets)?;
        let mut attempt = 1;
        loop {
            let mut plane = Self::spawn(&assets, options.clone())?;
            match plane.wait_ready().await {
                Ok(()) => return Ok(plane),
                Err(error) if error.port_was_taken() && attempt < START_ATTEMPTS => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Starts both servers; the kube-apiserver waits for its etcd by itself.
    fn spawn(assets: &Path, options: Options) -> Result<Self, EnvtestError> {
        let directory = tempfile::Builder::new()
            .prefix("kubist-envtest-")
            .tempdir()
            .map_err(EnvtestError::io("create a temporary directory"))?;
        let guard = Guard::new(directory.path())?;

        let etcd_port = port::free()?;
        let etcd_binary = assets::binary(assets, "etcd")?;
        let etcd = Process::spawn(
            "etcd",
            etcd::command(&etcd_binary, directory.path(), etcd_port),
            directory.path(),
        )?;

        let authority = Authority::new()?;
        let service_accounts = SigningKey::new()?;
        let (admin_token, nobody_token) = (token()?, token()?);
        apiserver::Files {
            ca_certificate: authority.certificate(),
            serving: &authority.serving()?,
            service_account: &service_accounts,
            tokens: &format!(
                "{admin_token},{ADMIN},{ADMIN},system:masters\n{nobody_token},{NOBODY},{NOBODY}\n"
            ),
        }
        .write(directory.path())?;

        let port = port::free()?;
        let url = format!("https://127.0.0.1:{port}");
        let admin_pair = authority.client(ADMIN, Some("system:masters"))?;
        let render = |user, credential| kubeconfig::render(&url, authority.certificate(), user, &credential);
        let kubeconfigs = Kubeconfigs {
            token: render(ADMIN, Credential::Token(&admin_token)),
            client_certificate: render(ADMIN, Credential::ClientCertificate(&admin_pair)),
            nobody: render(NOBODY, Credential::Token(&nobody_token)),
        };
        let admin = Oracle::https(port, authority.certificate(), Identity::Token(&admin_token))?;

        let mut plane = Self {
            apiserver: None,
            etcd,
            _guard: guard,
            directory,
            assets: assets.to_owned(),
            options,
            port,
            etcd_port,
            url,
            authority,
            service_accounts,
            admin,
            kubeconfigs,
        };
        plane.spawn_apiserver()?;
        Ok(plane)
    }

    fn spawn_apiserver(&mut self) -> Result<(), EnvtestError> {
        let binary = assets::binary(&self.assets, "kube-apiserver")?;
        let directory = self.directory.path();
        let command =
            apiserver::command(&binary, directory, self.port, self.etcd_port, &self.options.apiserver_args);
        self.apiserver = Some(Process::spawn("kube-apiserver", command, directory)?);
        Ok(())
    }

    async fn wait_ready(&mut self) -> Result<(), EnvtestError> {
        let ready = async {
            loop {
                self.etcd.check()?;
                self.running_apiserver()?.check()?;
                if self.is_ready().await {
                    return Ok(());
                }
                sleep(READY_POLL).await;
            }
        };
        match timeout(READY_DEADLINE, ready).await {
            Ok(result) => result,
            Err(_) => {
                let log = self.running_apiserver()?.log_tail();
                Err(EnvtestError::NotReady { waited: READY_DEADLINE, log })
            }
        }
    }

    /// Ready is more than `/readyz`: the default namespace comes a moment later, and tests want it.
    async fn is_ready(&self) -> bool {
        for path in ["/readyz", "/api/v1/namespaces/default"] {
            if !self.admin.get(path).await.is_ok_and(|answer| answer.status.is_success()) {
                return false;
            }
        }
        true
    }

    fn running_apiserver(&mut self) -> Result<&mut Process, EnvtestError> {
        self.apiserver.as_mut().ok_or(EnvtestError::WrongState { state: "stopped" })
    }

    /// The base URL of the kube-apiserver, `https://127.0.0.1:PORT`. It stays the same over restarts.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate of the authority that signs the serving certificate, PEM.
    #[must_use]
    pub fn ca_certificate(&self) -> &str {
        self.authority.certificate()
    }

    /// A kubeconfig of an administrator (`system:masters`) with a bearer token.
    #[must_use]
    pub fn kubeconfig_token(&self) -> &str {
        &self.kubeconfigs.token
    }

    /// A kubeconfig of an administrator (`system:masters`) with a client certificate.
    #[must_use]
    pub fn kubeconfig_client_certificate(&self) -> &str {
        &self.kubeconfigs.client_certificate
    }

    /// A kubeconfig of a user without any rights, with a bearer token.
    #[must_use]
    pub fn kubeconfig_nobody(&self) -> &str {
        &self.kubeconfigs.nobody
    }

    /// A kubeconfig of any user in at most one group, with a client certificate made for it. Such a user may do what
    /// RBAC grants it, at first nothing.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Certificate`] when the certificate cannot be made.
    pub fn kubeconfig_for(&self, user: &str, group: Option<&str>) -> Result<String, EnvtestError> {
        let pair: Pair = self.authority.client(user, group)?;
        let credential = Credential::ClientCertificate(&pair);
        Ok(kubeconfig::render(&self.url, self.authority.certificate(), user, &credential))
    }

    /// Signs a request (PKCS #10, PEM) for a certificate of a client, as the signer `kubernetes.io/kube-apiserver-client`
    /// would. There is no controller that does it.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Certificate`] when it is no such request.
    pub fn sign(&self, request: &str, lifetime: Duration) -> Result<String, EnvtestError> {
        self.authority.sign_request(request, lifetime)
    }

    /// A token of a service account with these claims, signed with the server's own key: also one that the server would
    /// not give, such as one that has expired.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Certificate`] when it cannot be signed.
    pub fn sign_token(&self, claims: &Value) -> Result<String, EnvtestError> {
        self.service_accounts.token(claims)
    }

    /// A client with an administrator's rights that owes nothing to the library under test.
    #[must_use]
    pub fn admin(&self) -> &Oracle {
        &self.admin
    }

    /// The process id of etcd.
    #[must_use]
    pub fn etcd_pid(&self) -> u32 {
        self.etcd.id()
    }

    /// The process id of the kube-apiserver, `None` while it is stopped.
    #[must_use]
    pub fn apiserver_pid(&self) -> Option<u32> {
        self.apiserver.as_ref().map(Process::id)
    }

    /// Stops the kube-apiserver as an upgrade does, waits until it has gone, starts it again with the same data on the
    /// same port, and waits until it is ready. Clients see their watches end, their connections break and dials
    /// refused, for about three seconds in all.
    ///
    /// # Errors
    ///
    /// As [`stop_apiserver`](Self::stop_apiserver) and [`start_apiserver`](Self::start_apiserver).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the kube-apiserver stopped, starting or started.
    pub async fn restart_apiserver(&mut self) -> Result<(), EnvtestError> {
        self.stop_apiserver().await?;
        self.start_apiserver().await
    }

    /// Stops the kube-apiserver: it gets SIGTERM, finishes what it is doing and ends its watches; after 20 seconds it
    /// is killed. etcd keeps running.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::WrongState`] when it is stopped already.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future kills the kube-apiserver; it counts as stopped.
    pub async fn stop_apiserver(&mut self) -> Result<(), EnvtestError> {
        let process = self.apiserver.take().ok_or(EnvtestError::WrongState { state: "stopped" })?;
        process.terminate().await
    }

    /// Kills the kube-apiserver, as a crash would: connections break without a word.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::WrongState`] when it is stopped already.
    pub fn kill_apiserver(&mut self) -> Result<(), EnvtestError> {
        // The drop kills.
        self.apiserver.take().map(drop).ok_or(EnvtestError::WrongState { state: "stopped" })
    }

    /// Starts the kube-apiserver again after [`stop_apiserver`](Self::stop_apiserver), with the same data on the same
    /// port, and waits until it is ready; the deadline is 60 seconds.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::WrongState`] when it is running, otherwise as [`start`](Self::start).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the kube-apiserver starting; it counts as started.
    pub async fn start_apiserver(&mut self) -> Result<(), EnvtestError> {
        if self.apiserver.is_some() {
            return Err(EnvtestError::WrongState { state: "running" });
        }
        self.spawn_apiserver()?;
        self.wait_ready().await
    }

    /// Makes etcd forget what came before now and announces it the way the kube-apiserver does. Returns the revision up
    /// to which the history is gone.
    ///
    /// A list at an older resource version or with an older continue token, and a watch from before the newest resource
    /// version, then cannot be served by etcd; with [`Options::without_watch_cache`] that is a 410 at once. The watch
    /// cache serves them on: lists until it looks at the announcement, every 15 seconds, watches as long as its window
    /// holds the events (at least 75 seconds). [`expire_resource_versions`](Self::expire_resource_versions) does not
    /// leave it the choice.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Request`] and [`EnvtestError::UnexpectedAnswer`] when etcd does not do it.
    ///
    /// # Cancel safety
    ///
    /// After dropping the future the history may be compacted or not.
    pub async fn compact(&self) -> Result<i64, EnvtestError> {
        etcd::compact(&Oracle::http(self.etcd_port)).await
    }

    /// Makes every resource version and every continue token from before the call answer 410, by compacting etcd
    /// while the kube-apiserver restarts with empty caches.
    ///
    /// # Errors
    ///
    /// As [`compact`](Self::compact) and [`restart_apiserver`](Self::restart_apiserver).
    ///
    /// # Cancel safety
    ///
    /// As [`restart_apiserver`](Self::restart_apiserver).
    pub async fn expire_resource_versions(&mut self) -> Result<(), EnvtestError> {
        self.stop_apiserver().await?;
        self.compact().await?;
        self.start_apiserver().await
    }
}

impl fmt::Debug for ControlPlane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControlPlane").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A bearer token: 128 random bits.
fn token() -> Result<String, EnvtestError> {
    Ok(format!("{:032x}", u128::from_ne_bytes(random::bytes()?)))
}
