use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use k8s_openapi::apimachinery::pkg::version::Info;

use super::disk::DiskCache;
use super::fetch::{fetch, fetch_versions};
use super::groups::ServerResources;
use super::host::folder;
use super::openapi::OpenApi;
use crate::error::Result;
use crate::rest::{Request, RestClient};

/// How long what is on disk is believed, as with kubectl.
const TIME_TO_LIVE: Duration = Duration::from_secs(6 * 60 * 60);

/// Finds out what a cluster serves, once, and remembers it. Cheap to clone; clones share what they remember.
///
/// It asks for the aggregated documents (two requests for everything), and where the server has none, for each version
/// by itself.
///
/// # Defaults
///
/// What was found is remembered in memory until [`invalidate`](Self::invalidate). A version that failed in a way that may
/// pass is asked for again by the next call.
///
/// # Examples
///
/// ```no_run
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let served = client.discovery().resources().await?;
/// for resource in served.preferred_resources() {
///     println!("{resource} {} {:?}", resource.kind, resource.short_names);
/// }
/// for failure in served.failures() {
///     println!("{failure} is not known: {:#}", failure.error);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DiscoveryClient {
    rest: RestClient,
    disk: Option<DiskCache>,
    openapi: OpenApi,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Held by the one that asks.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    found: Option<Arc<ServerResources>>,
    /// Whether it came from the server, not from disk.
    from_server: bool,
    /// Whether what is on disk counts no more.
    disk_is_old: bool,
    /// How often everything was forgotten.
    epoch: u64,
    /// How often the server was asked for everything.
    asked: u64,
}

impl DiscoveryClient {
    /// Discovery of the cluster that this client talks to.
    #[must_use]
    pub fn new(rest: RestClient) -> Self {
        Self { openapi: OpenApi::new(rest.clone()), rest, disk: None, shared: Arc::default() }
    }

    /// Keeps what is found on disk too, in a folder of this server's own below `folder`: for programs that run often
    /// and briefly. It is believed for 6 hours; see [`disk_cache_for`](Self::disk_cache_for).
    ///
    /// The folder is made with the mode 0700 and the file with 0600, by a rename, so that many programs may share
    /// it. Only what is complete is kept.
    #[must_use]
    pub fn disk_cache(self, folder: impl Into<PathBuf>) -> Self {
        self.disk_cache_for(folder, TIME_TO_LIVE)
    }

    /// [`disk_cache`](Self::disk_cache) that is believed for this long.
    #[must_use]
    pub fn disk_cache_for(mut self, parent: impl Into<PathBuf>, time_to_live: Duration) -> Self {
        let own = parent.into().join(folder(self.rest.base_url()));
        self.disk = Some(DiskCache::new(own, time_to_live));
        // What this client remembers is not what its clones without a disk do.
        self.shared = Arc::default();
        self
    }

    /// What the cluster serves: remembered, or asked for. Many that ask at the same time send one request.
    ///
    /// A part that did not answer is no error; it is among the [`failures`](ServerResources::failures).
    ///
    /// # Errors
    ///
    /// When the server does not tell its groups.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time; the next call asks anew.
    pub async fn resources(&self) -> Result<Arc<ServerResources>> {
        if let Some(found) = self.remembered() {
            return Ok(found);
        }
        let _asking = self.shared.asking.lock().await;
        if let Some(found) = self.remembered() {
            return Ok(found);
        }
        let known = self.state().found.clone();
        if let Some(known) = known {
            return Ok(self.mend(&known).await);
        }
        if !self.state().disk_is_old
            && let Some(found) = self.disk.as_ref().and_then(DiskCache::read)
        {
            let epoch = self.state().epoch;
            return Ok(self.remember(found, false, epoch));
        }
        self.ask().await
    }

    /// Whether what is remembered came from the server since the last [`invalidate`](Self::invalidate), and not from
    /// disk: asking again is of little use then.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        let state = self.state();
        state.found.is_some() && state.from_server
    }

    /// Forgets what is remembered, also what is on disk.
    pub fn invalidate(&self) {
        let mut state = self.state();
        let (epoch, asked) = (state.epoch + 1, state.asked);
        *state = State { disk_is_old: true, epoch, asked, ..State::default() };
    }

    /// How often the server was asked for everything: whether it was asked between two moments.
    pub(crate) fn times_asked(&self) -> u64 {
        self.state().asked
    }

    /// What the cluster serves, when what was known did not do: asks again, unless somebody has since it was asked that
    /// often.
    pub(crate) async fn newer_than(&self, times_asked: u64) -> Result<Arc<ServerResources>> {
        let _asking = self.shared.asking.lock().await;
        let (found, asked) = {
            let state = self.state();
            (state.found.clone(), state.asked)
        };
        match found {
            Some(found) if asked > times_asked => Ok(found),
            _ => self.ask().await,
        }
    }

    /// The version of the API server.
    ///
    /// # Errors
    ///
    /// As any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn server_version(&self) -> Result<Info> {
        let answer = self.rest.json(Request::get("/version")).await;
        answer.map_err(|error| error.during("get the server's version"))
    }

    /// The OpenAPI documents of the cluster.
    #[must_use]
    pub fn openapi(&self) -> &OpenApi {
        &self.openapi
    }

    /// What is remembered, if nothing of it is worth another try.
    fn remembered(&self) -> Option<Arc<ServerResources>> {
        let found = self.state().found.clone()?;
        found.failures().iter().all(|failure| !failure.may_pass()).then_some(found)
    }

    async fn ask(&self) -> Result<Arc<ServerResources>> {
        let epoch = self.state().epoch;
        let found = fetch(&self.rest).await;
        let found = found.map_err(|error| error.during("discover what the cluster serves"))?;
        if let Some(disk) = &self.disk {
            disk.write(&found);
        }
        self.state().asked += 1;
        Ok(self.remember(found, true, epoch))
    }

    /// Asks once more for what failed and may work now.
    async fn mend(&self, known: &ServerResources) -> Arc<ServerResources> {
        let (from_server, epoch) = {
            let state = self.state();
            (state.from_server, state.epoch)
        };
        let again = known.failures().iter().filter(|failure| failure.may_pass());
        let again = again.map(|failure| (failure.group.clone(), failure.version.clone())).collect();
        let answers = fetch_versions(&self.rest, again).await;
        let mut found = known.clone();
        found.put(answers);
        self.remember(found, from_server, epoch)
    }

    /// Keeps what was found, unless everything was forgotten since: then it may be as old as what was.
    fn remember(&self, found: ServerResources, from_server: bool, epoch: u64) -> Arc<ServerResources> {
        let found = Arc::new(found);
        let mut state = self.state();
        if state.epoch == epoch {
            state.found = Some(Arc::clone(&found));
            state.from_server = from_server;
        }
        found
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for DiscoveryClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscoveryClient")
            .field("base_url", self.rest.base_url())
            .field("disk", &self.disk)
            .finish_non_exhaustive()
    }
}
