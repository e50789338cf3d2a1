//! Connections that are made anew when the certificates they were made with have changed.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use http::{Request, Response};
use tokio::time::Instant;
use tower::Service;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::connect::{Secured, secured};
use crate::transport::identity::Identity;
use crate::transport::lanes::Lanes;
use crate::transport::peer::Connector;
use crate::transport::retire::Retirement;
use crate::transport::tls::TlsSettings;

/// Files are read again when they were last read this long ago. client-go waits for 5 minutes; with
/// one minute a certificate that is replaced late is still replaced in time.
const REREAD_AFTER: Duration = Duration::from_secs(60);

/// A file with certificates or a key is far below.
const FILE_BYTES_MAX: u64 = 16 << 20;

/// Connections to one server. There are no tasks: what has changed is noticed with the next request.
pub(crate) struct Connections<B> {
    base: B,
    plain: bool,
    timeout: Option<Duration>,
    state: Mutex<State<B>>,
}

struct State<B> {
    /// The settings, with what the files held when they were last read and were usable.
    settings: TlsSettings,
    read_at: Instant,
    /// The client certificate that the connections are made with.
    identity: Option<Identity>,
    generation: Generation<B>,
}

/// Connections that are made with the same certificates.
pub(crate) struct Generation<B> {
    lanes: Lanes<Secured<B>>,
    retirement: Arc<Retirement>,
}

impl<B: Clone> Clone for Generation<B> {
    fn clone(&self) -> Self {
        Self { lanes: self.lanes.clone(), retirement: Arc::clone(&self.retirement) }
    }
}

impl<B: Connector> Generation<B> {
    fn new(settings: &TlsSettings, connections: &Connection<'_, B>) -> Result<Self> {
        let retirement = Retirement::new();
        let base = retirement.of(connections.base.clone());
        let connector = secured(base, settings, connections.plain, connections.timeout)?;
        Ok(Self { lanes: Lanes::new(connector), retirement: Arc::new(retirement) })
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.retirement, &other.retirement)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Response<ResponseBody>> {
        self.lanes.clone().call(request).await
    }
}

/// What every generation is made with.
struct Connection<'c, B> {
    base: &'c B,
    plain: bool,
    timeout: Option<Duration>,
}

impl<B: Connector> Connections<B> {
    /// `plain` says that the server speaks HTTP without TLS.
    pub(crate) fn new(
        base: B,
        settings: TlsSettings,
        plain: bool,
        timeout: Option<Duration>,
    ) -> Result<Self> {
        let identity = wanted(&settings, None);
        let used = TlsSettings { identity: identity.clone(), cell: None, ..settings.clone() };
        let generation = Generation::new(&used, &Connection { base: &base, plain, timeout })?;
        let state = State { settings, read_at: Instant::now(), identity, generation };
        Ok(Self { base, plain, timeout, state: Mutex::new(state) })
    }

    /// The connections for a request with this client certificate, or with that of the settings.
    pub(crate) fn current(&self, identity: Option<&Identity>) -> Result<Generation<B>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.plain {
            return Ok(state.generation.clone());
        }
        let now = Instant::now();
        if now.duration_since(state.read_at) >= REREAD_AFTER {
            state.read_at = now;
            self.reread(&mut state, identity);
        }
        let identity = wanted(&state.settings, identity);
        if identity != state.identity {
            let settings = state.settings.clone();
            self.replace(&mut state, settings, identity)?;
        }
        Ok(state.generation.clone())
    }

    /// The files are read again with the next request: there is reason to think that they changed.
    pub(crate) fn expire(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(long_ago) = state.read_at.checked_sub(REREAD_AFTER) {
            state.read_at = long_ago;
        }
    }

    /// Takes over what changed in the files. What is unusable leaves the connections as they are, and is read again
    /// later: files are not replaced in one step.
    fn reread(&self, state: &mut State<B>, identity: Option<&Identity>) {
        let replaced = reread_files(&state.settings).and_then(|settings| match settings {
            None => Ok(()),
            Some(settings) => {
                let identity = wanted(&settings, identity);
                self.replace(state, settings, identity)
            }
        });
        if let Err(error) = replaced {
            let error = format!("{error:#}");
            tracing::warn!(error, "the last certificates stay in use");
        }
    }

    fn replace(&self, state: &mut State<B>, settings: TlsSettings, identity: Option<Identity>) -> Result<()> {
        let used = TlsSettings { identity: identity.clone(), cell: None, ..settings.clone() };
        let connection = Connection { base: &self.base, plain: self.plain, timeout: self.timeout };
        let generation = Generation::new(&used, &connection)?;
        state.generation.retirement.begin();
        state.settings = settings;
        state.identity = identity;
        state.generation = generation;
        tracing::debug!("the certificates have changed: connections are made anew");
        Ok(())
    }
}

/// The client certificate to use: that of the credential, else the one that somebody replaces, else
/// that of the settings.
fn wanted(settings: &TlsSettings, of_credential: Option<&Identity>) -> Option<Identity> {
    let replaced = || settings.cell.as_ref().map(|cell| cell.get());
    of_credential.cloned().or_else(replaced).or_else(|| settings.identity.clone())
}

/// The settings with what is in the files now; `None` if that is what they have.
fn reread_files(settings: &TlsSettings) -> Result<Option<TlsSettings>> {
    let files = &settings.files;
    let mut fresh = settings.clone();
    if let Some(path) = &files.ca {
        fresh.ca = Some(read(path)?.into());
    }
    if let Some(old) = &settings.identity
        && (files.certificate.is_some() || files.key.is_some())
    {
        let certificates = match &files.certificate {
            Some(path) => read(path)?,
            None => old.certificates().to_vec(),
        };
        fresh.identity = Some(match &files.key {
            Some(path) => Identity::from_pem(certificates, read(path)?)?,
            None => Identity::new(certificates, old.key_pem().clone()),
        });
    }
    let same = fresh.ca == settings.ca && fresh.identity == settings.identity;
    Ok((!same).then_some(fresh))
}

/// A few kilobytes: no reason to leave the thread.
fn read(path: &Path) -> Result<Vec<u8>> {
    let read = || {
        let mut bytes = Vec::new();
        File::open(path)?.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok::<_, io::Error>(bytes)
    };
    read().map_err(|error| {
        Error::new(ErrorKind::Config, format!("{} cannot be read", path.display())).with_source(error)
    })
}
