use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use k8s_openapi::jiff::Timestamp;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::auth::ClientIdentity;
use crate::cert::deadline::renewal_at;
use crate::cert::key::{ClientCertificate, PrivateKey};
use crate::cert::request::CertificateRequest;
use crate::cert::store::Store;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::task::{Random, Spawner, TaskGuard};

/// How long a request may wait for approval and signature before another one is made.
const ISSUED_WITHIN: Duration = Duration::from_secs(15 * 60);
/// The first wait after a failure; it doubles up to [`RETRY_MAX`].
const RETRY: Duration = Duration::from_secs(2);
/// The longest wait after a failure.
const RETRY_MAX: Duration = Duration::from_secs(32);
/// A new certificate that is to be renewed within so many seconds is as good as none.
const LEFT_MIN: i64 = 2;
/// The clock is looked at again after this time: a machine may have been asleep.
const LOOK_AGAIN: Duration = Duration::from_secs(600);

/// A certificate that renews itself before it expires, with a new key each time. Cheap to clone; it ends with the last
/// clone.
///
/// It is renewed after 70 to 90 % of its time, chosen at random; at once where there is none. What fails is tried again
/// for as long as it takes, at first after 2 s, at most after 32 s, each lengthened by up to a tenth at random.
///
/// # Examples
///
/// ```no_run
/// use kubist::cert::{CertificateRequest, RenewingCertificate};
///
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let request = CertificateRequest::client("deployer").organization("deployers");
/// let renewing = RenewingCertificate::builder(request).stored_in("/var/lib/deployer/client.pem").start(client)?;
/// let certificate = renewing.ready().await?;
/// println!("valid until {}", certificate.validity().not_after);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RenewingCertificate(Arc<Inner>);

struct Inner {
    identity: Followed,
    current: watch::Receiver<Option<ClientCertificate>>,
    last_error: LastError,
    _task: TaskGuard,
}

/// The identity that follows the renewals, once somebody has asked for it.
type Followed = Arc<Mutex<Option<ClientIdentity>>>;
type LastError = Arc<Mutex<Option<Error>>>;
type OnRenewed = Box<dyn FnMut(&ClientCertificate) + Send>;

/// Says how a [`RenewingCertificate`] begins, and who is told of a renewal.
#[must_use]
pub struct RenewingCertificateBuilder {
    request: CertificateRequest,
    current: Option<ClientCertificate>,
    store: Option<Store>,
    issued_within: Duration,
    on_renewed: Vec<OnRenewed>,
}

impl RenewingCertificateBuilder {
    /// The certificate to begin with, which is renewed in its time.
    pub fn current(mut self, certificate: ClientCertificate) -> Self {
        self.current = Some(certificate);
        self
    }

    /// A file that the certificate and its key are read from at the start, and written to at each renewal. Its owner
    /// alone may read it.
    pub fn stored_in(mut self, path: impl Into<PathBuf>) -> Self {
        self.store = Some(Store(path.into()));
        self
    }

    /// How long a request may wait for approval and signature before another one is made; 15 minutes by default.
    pub fn issued_within(mut self, limit: Duration) -> Self {
        self.issued_within = limit;
        self
    }

    /// Is called with each new certificate, and must not block.
    pub fn on_renewed(mut self, told: impl FnMut(&ClientCertificate) + Send + 'static) -> Self {
        self.on_renewed.push(Box::new(told));
        self
    }

    /// Starts it. The client asks for the certificates: it may be one that uses them, once there is a first one.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be used, or the request cannot be made.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    #[track_caller]
    pub fn start(self, client: Client) -> Result<RenewingCertificate> {
        // What is wrong with the request is told now, not at the first renewal.
        self.request.csr_pem(&PrivateKey::generate()?)?;
        let current = match (self.current, &self.store) {
            (None, Some(store)) => store.load()?,
            (current, _) => current,
        };
        let (publish, published) = watch::channel(current);
        let (identity, last_error) = (Followed::default(), LastError::default());
        let renewal = Renewal {
            client,
            request: self.request.unnamed(),
            store: self.store,
            issued_within: self.issued_within,
            on_renewed: self.on_renewed,
            publish,
            identity: Arc::clone(&identity),
            last_error: Arc::clone(&last_error),
            random: Random::new(),
            clock: Clock::start(),
        };
        let task = Spawner::current().spawn(renewal.run());
        Ok(RenewingCertificate(Arc::new(Inner { identity, current: published, last_error, _task: task })))
    }
}

impl fmt::Debug for RenewingCertificateBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenewingCertificateBuilder").field("request", &self.request).finish_non_exhaustive()
    }
}

impl RenewingCertificate {
    /// A certificate that is asked for like this. A name of the request is left out: each renewal is another object.
    pub fn builder(request: CertificateRequest) -> RenewingCertificateBuilder {
        RenewingCertificateBuilder {
            request,
            current: None,
            store: None,
            issued_within: ISSUED_WITHIN,
            on_renewed: Vec::new(),
        }
    }

    /// The certificate in use, if there is one yet. It may be over where renewals have failed.
    #[must_use]
    pub fn current(&self) -> Option<ClientCertificate> {
        self.0.current.borrow().clone()
    }

    /// Why the last renewal has failed, if it has.
    #[must_use]
    pub fn last_error(&self) -> Option<Error> {
        self.0.last_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until there is a certificate, which may take until somebody approves the request.
    ///
    /// # Errors
    ///
    /// When the renewals have ended, because the runtime has.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn ready(&self) -> Result<ClientCertificate> {
        let mut current = self.0.current.clone();
        let ready = current.wait_for(Option::is_some).await.ok().and_then(|ready| ready.clone());
        ready.ok_or_else(ended)
    }

    /// The identity of clients that are to use the certificate, and each one after it: give it to
    /// [`Config::client_identity`](crate::config::Config::client_identity). Waits until there is a certificate.
    ///
    /// # Errors
    ///
    /// As [`ready`](Self::ready).
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::cert::RenewingCertificate;
    /// # use kubist::config::Config;
    /// # async fn example(renewing: RenewingCertificate) -> kubist::Result<()> {
    /// let config = Config::load()?.client_identity(renewing.identity().await?);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn identity(&self) -> Result<ClientIdentity> {
        self.ready().await?;
        let mut identity = self.0.identity.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(identity) = &*identity {
            return Ok(identity.clone());
        }
        // Read under the lock: a certificate that comes now finds the identity.
        let pair = self.current().ok_or_else(ended)?;
        let new = ClientIdentity::new(pair.certificate(), pair.key().pem())?;
        *identity = Some(new.clone());
        Ok(new)
    }

    /// Waits for the next certificate after the one that is in use now.
    ///
    /// # Errors
    ///
    /// As [`ready`](Self::ready).
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time; what was renewed in between is then in [`current`](Self::current).
    pub async fn renewed(&self) -> Result<ClientCertificate> {
        let mut current = self.0.current.clone();
        current.borrow_and_update();
        current.changed().await.map_err(|_| ended())?;
        self.current().ok_or_else(ended)
    }
}

fn ended() -> Error {
    Error::new(ErrorKind::Stopped, "the certificate is no longer renewed")
}

impl fmt::Debug for RenewingCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let current = self.current();
        let validity = current.as_ref().map(ClientCertificate::validity);
        f.debug_struct("RenewingCertificate").field("validity", &validity).finish_non_exhaustive()
    }
}

/// The time of day, which goes on at least as the runtime's clock does.
struct Clock {
    began: Timestamp,
    since: Instant,
}

impl Clock {
    fn start() -> Self {
        Self { began: time_of_day(), since: Instant::now() }
    }

    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.since.elapsed().as_secs()).unwrap_or(i64::MAX);
        let counted = self.began.as_second().saturating_add(passed);
        Timestamp::from_second(counted).unwrap_or(Timestamp::MAX).max(time_of_day())
    }

    async fn sleep_until(&self, at: Timestamp) {
        while let Ok(left) = u64::try_from(at.as_second() - self.now().as_second())
            && left > 0
        {
            tokio::time::sleep(LOOK_AGAIN.min(Duration::from_secs(left))).await;
        }
    }
}

fn time_of_day() -> Timestamp {
    let since = UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
    Timestamp::from_second(i64::try_from(since).unwrap_or(i64::MAX)).unwrap_or_default()
}

/// The task.
struct Renewal {
    client: Client,
    request: CertificateRequest,
    store: Option<Store>,
    issued_within: Duration,
    on_renewed: Vec<OnRenewed>,
    publish: watch::Sender<Option<ClientCertificate>>,
    identity: Followed,
    last_error: LastError,
    random: Random,
    clock: Clock,
}

impl Renewal {
    async fn run(mut self) {
        let mut retry = RETRY;
        loop {
            let validity = self.publish.borrow().as_ref().map(ClientCertificate::validity);
            if let Some(validity) = validity {
                let at = renewal_at(validity, self.random.unit());
                self.clock.sleep_until(at).await;
            }
            // A certificate that is due already when it comes is not asked for in a circle.
            let issued = self.renew().await.and_then(|pair| {
                let left = renewal_at(pair.validity(), 0.0).as_second() - self.clock.now().as_second();
                let due = left <= LEFT_MIN;
                if due {
                    Err(Error::invalid("the signer gave a certificate that is about to expire"))
                } else {
                    Ok(pair)
                }
            });
            match issued {
                Ok(pair) => {
                    retry = RETRY;
                    self.install(pair);
                }
                Err(error) => {
                    tracing::warn!(%error, wait = ?retry, "a certificate was not renewed");
                    self.note(Some(error));
                    tokio::time::sleep(retry.mul_f64(1.0 + 0.1 * self.random.unit())).await;
                    retry = RETRY_MAX.min(retry * 2);
                }
            }
        }
    }

    async fn renew(&mut self) -> Result<ClientCertificate> {
        let key = PrivateKey::generate()?;
        let pending = self.request.submit(&self.client, &key).await?;
        let certificate = pending.issued_within(self.issued_within).await?;
        ClientCertificate::new(certificate, key)
    }

    fn install(&mut self, pair: ClientCertificate) {
        let saved = self.store.as_ref().map_or(Ok(()), |store| store.save(&pair));
        if let Err(error) = &saved {
            // It can be used as long as the program runs.
            tracing::warn!(%error, "a renewed certificate is not stored");
        }
        self.note(saved.err());
        for told in &mut self.on_renewed {
            told(&pair);
        }
        // Whoever asks for the identity now waits for the lock, and then finds the new certificate.
        let identity = self.identity.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(identity) = &*identity
            && let Err(error) = identity.replace(pair.certificate(), pair.key().pem())
        {
            tracing::warn!(%error, "a renewed certificate is not used");
        }
        self.publish.send_replace(Some(pair));
    }

    fn note(&self, error: Option<Error>) {
        *self.last_error.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }
}
