//! The server as its users see it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;

use crate::cluster::Cluster;
use crate::faults::{FaultRule, Faults, RecordedRequest};
use crate::kubeconfig;
use crate::rest::garbage::Garbage;
use crate::serve;
use crate::signal::Signal;
use crate::task::Tasks;
use crate::tls::{self, Tls};

/// What all connections of a server share.
pub(crate) struct Shared {
    cluster: Mutex<Cluster>,
    pub(crate) address: String,
    pub(crate) token: Option<String>,
    pub(crate) bookmark_interval: Duration,
    pub(crate) faults: Faults,
    /// The version after the newest write.
    pub(crate) written: Signal,
    /// Ends all watches whenever it changes.
    pub(crate) disconnect: Signal,
}

impl Shared {
    /// The state, for as long as the guard lives; never across an await.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Cluster> {
        self.cluster.lock().unwrap_or_else(|poisoned| {
            let mut cluster = poisoned.into_inner();
            // What a request that panicked was collecting stays; the next one collects for itself.
            cluster.garbage = Garbage::default();
            self.cluster.clear_poison();
            cluster
        })
    }

    /// The time, to the second, as the server writes it.
    pub(crate) fn now(&self) -> String {
        format!("{:.0}", jiff::Timestamp::now())
    }
}

/// How a server is to be.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> std::io::Result<()> {
/// let server = kubist_apiserver::ApiServer::builder().tls(true).token("secret").start().await?;
/// assert!(server.url().starts_with("https://127.0.0.1:"));
/// server.shut_down().await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Builder {
    tls: bool,
    token: Option<String>,
    bookmark_interval: Duration,
    history: usize,
    port: u16,
    garbage_collection: bool,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("tls", &self.tls)
            .field("token", &self.token.is_some())
            .finish_non_exhaustive()
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            tls: false,
            token: None,
            bookmark_interval: Duration::from_secs(60),
            history: 65_536,
            port: 0,
            garbage_collection: true,
        }
    }
}

impl Builder {
    /// Whether to serve HTTPS, with HTTP/2 and HTTP/1.1 by ALPN. Plain HTTP unless said.
    #[must_use]
    pub fn tls(mut self, tls: bool) -> Self {
        self.tls = tls;
        self
    }

    /// The bearer token that every request must bring; any other is answered with 401.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// How often a watch that allows bookmarks gets one. Every 60 seconds unless said.
    #[must_use]
    pub fn bookmark_interval(mut self, interval: Duration) -> Self {
        self.bookmark_interval = interval;
        self
    }

    /// How many changes of each resource are kept for watches. 65,536 unless said.
    #[must_use]
    pub fn history(mut self, changes: usize) -> Self {
        self.history = changes;
        self
    }

    /// The port to listen on. A free one unless said.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Whether dependents follow their owners, as in a cluster with its controllers: they are deleted with their last
    /// owner, before the request that deletes it is answered. On unless said; kube-apiserver alone leaves them.
    #[must_use]
    pub fn garbage_collection(mut self, on: bool) -> Self {
        self.garbage_collection = on;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// When no port can be listened on, or no certificate can be made.
    ///
    /// # Cancel safety
    /// Nothing is left behind when the future is dropped.
    pub async fn start(self) -> io::Result<ApiServer> {
        let tls = if self.tls { Some(tls::generate()?) } else { None };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let now = format!("{:.0}", jiff::Timestamp::now());
        let mut cluster = Cluster::new(self.history, &now);
        cluster.collects_garbage = self.garbage_collection;
        cluster.issuer.set_admin(self.token.clone());
        let shared = Arc::new(Shared {
            written: Signal::new(cluster.store.version()),
            cluster: Mutex::new(cluster),
            address: address.to_string(),
            token: self.token,
            bookmark_interval: self.bookmark_interval,
            faults: Faults::default(),
            disconnect: Signal::new(0),
        });
        let tasks = serve::serve(listener, Arc::clone(&shared), tls.clone());
        Ok(ApiServer { shared, address, tls, tasks: Mutex::new(Some(tasks)) })
    }
}

/// A Kubernetes API server in this process, over real HTTP on 127.0.0.1.
///
/// It ends when it is dropped: its port, its connections and its tasks.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> std::io::Result<()> {
/// let server = kubist_apiserver::ApiServer::start().await?;
/// println!("listening on {}", server.url());
/// # Ok(())
/// # }
/// ```
pub struct ApiServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    tls: Option<Tls>,
    tasks: Mutex<Option<Arc<Tasks>>>,
}

impl fmt::Debug for ApiServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiServer").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl ApiServer {
    /// Starts a server with plain HTTP on a free port.
    ///
    /// # Errors
    /// When no port can be listened on.
    ///
    /// # Cancel safety
    /// Nothing is left behind when the future is dropped.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A server with other settings than the usual ones.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens, such as `http://127.0.0.1:4711`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// A kubeconfig for this server, as YAML: with its certificate authority, and with the token if it asks for one.
    #[must_use]
    pub fn kubeconfig(&self) -> String {
        let authority = self.certificate_authority();
        kubeconfig::render(&self.url(), authority, self.shared.token.as_deref())
    }

    /// The certificate authority as PEM, when the server has TLS.
    #[must_use]
    pub fn certificate_authority(&self) -> Option<&str> {
        self.tls.as_ref().map(|tls| tls.authority.as_str())
    }

    /// The resourceVersion of the newest change.
    #[must_use]
    pub fn resource_version(&self) -> u64 {
        self.shared.lock().store.version()
    }

    /// Forgets all history: watches, exact lists and continue tokens of any version known so far get 410.
    /// Watches that are running go on.
    pub fn compact(&self) {
        self.shared.lock().store.compact();
    }

    /// Ends all watches now, without an error, as a server does whose time for a watch is over.
    pub fn disconnect_watches(&self) {
        self.shared.disconnect.ring();
    }

    /// Makes the next requests that match go wrong.
    pub fn answer_next(&self, rule: FaultRule) {
        self.shared.faults.add(rule);
    }

    /// The requests that came so far, oldest first; the last 4,096 are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.faults.requests()
    }

    fn take_tasks(&self) -> Option<Arc<Tasks>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Closes the port and all connections; the data stays. Does nothing when it is not listening.
    ///
    /// # Cancel safety
    /// The connections end also when the future is dropped, only nobody waits for them.
    pub async fn stop_listening(&self) {
        if let Some(tasks) = self.take_tasks() {
            tasks.shut_down().await;
        }
    }

    /// Listens again, on the same port. Does nothing when it is listening.
    ///
    /// # Errors
    /// When the port has been taken by another process meanwhile.
    ///
    /// # Cancel safety
    /// Nothing has happened when the future is dropped.
    pub async fn resume(&self) -> io::Result<()> {
        let is_listening = self.tasks.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        if is_listening {
            return Ok(());
        }
        let listener = TcpListener::bind(self.address).await?;
        let tasks = serve::serve(listener, Arc::clone(&self.shared), self.tls.clone());
        *self.tasks.lock().unwrap_or_else(PoisonError::into_inner) = Some(tasks);
        Ok(())
    }

    /// Closes every connection and listens again on the same port with the same data, like a server that restarts.
    ///
    /// # Errors
    /// When the port has been taken by another process meanwhile.
    ///
    /// # Cancel safety
    /// When the future is dropped the server may be left not listening; `resume` repairs that.
    pub async fn restart(&self) -> io::Result<()> {
        self.stop_listening().await;
        self.resume().await
    }

    /// Ends the server and waits until its port, connections and tasks are gone.
    ///
    /// # Cancel safety
    /// The server ends also when the future is dropped.
    pub async fn shut_down(self) {
        self.stop_listening().await;
    }
}
