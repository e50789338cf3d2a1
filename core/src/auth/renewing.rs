//! Credentials that are made when they are needed, kept while they are good, and made by one at a time.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::time::Instant;

use crate::error::Result;
use crate::transport::{Credential, CredentialSource};

/// Credentials are not made again before they are this old, whatever is said of them: if the server
/// refuses them, or they have expired when they come, then others will not be better.
const YOUNG: Duration = Duration::from_secs(10);

/// They are renewed so long before they expire, or a tenth of their life if that is shorter.
const LEEWAY: Duration = Duration::from_secs(10);

/// A credential, and when it ends.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) credential: Credential,
    /// `None`: it is good until the server says otherwise.
    pub(crate) expires: Option<SystemTime>,
}

#[derive(Clone)]
struct Held {
    made: Made,
    since: Instant,
    /// When it has to be renewed, by both clocks: one of them stands still while the machine sleeps, the
    /// other can be set.
    renew: Option<(Instant, SystemTime)>,
}

impl Held {
    fn new(made: Made, now: Instant, clock: SystemTime) -> Self {
        let renew = made.expires.map(|expires| {
            let left = expires.duration_since(clock).unwrap_or_default();
            let early = if left.is_zero() { YOUNG } else { left.saturating_sub(LEEWAY.min(left / 10)) };
            // A time that no clock can show is never reached.
            let far = Duration::from_secs(100 * 365 * 24 * 3600);
            (now + early.min(far), clock + early.min(far))
        });
        Self { made, since: now, renew }
    }

    fn is_good(&self) -> bool {
        self.renew.is_none_or(|(instant, time)| Instant::now() < instant && SystemTime::now() < time)
    }
}

type Making = Shared<BoxFuture<'static, Result<Made>>>;

/// Makes credentials: starts a plugin, asks a provider.
pub(crate) type Maker = Box<dyn Fn() -> BoxFuture<'static, Result<Made>> + Send + Sync>;

/// A source of credentials that have to be made.
///
/// While they are being made, all requests wait for the same ones. A request that gives up does not
/// end the making: the next one goes on waiting.
pub(crate) struct Renewing {
    make: Maker,
    origin: &'static str,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    making: Option<Making>,
}

impl Renewing {
    pub(crate) fn new(origin: &'static str, make: Maker) -> Self {
        Self { make, origin, state: Mutex::default() }
    }

    /// Starts with a credential that is there already.
    pub(crate) fn with_first(self, made: Made) -> Self {
        let held = Held::new(made, Instant::now(), SystemTime::now());
        let state = State { held: Some(held), making: None };
        Self { state: Mutex::new(state), ..self }
    }

    /// The making that is under way, or a new one, unless the state answers at once.
    fn making(&self, answer: impl FnOnce(&State) -> Option<Credential>) -> Result<Making, Credential> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(credential) = answer(&state) {
            return Err(credential);
        }
        Ok(state.making.get_or_insert_with(|| (self.make)().shared()).clone())
    }

    async fn finish(&self, making: Making) -> Result<Credential> {
        let made = making.clone().await;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // The first to see the end keeps the result for all.
        if state.making.as_ref().is_some_and(|current| current.ptr_eq(&making)) {
            state.making = None;
            if let Ok(made) = &made {
                state.held = Some(Held::new(made.clone(), Instant::now(), SystemTime::now()));
            }
        }
        made.map(|made| made.credential)
    }
}

impl CredentialSource for Renewing {
    fn current(&self) -> BoxFuture<'_, Result<Credential>> {
        Box::pin(async {
            let good = |state: &State| {
                let held = state.held.as_ref().filter(|held| held.is_good());
                held.map(|held| held.made.credential.clone())
            };
            match self.making(good) {
                Err(credential) => Ok(credential),
                Ok(making) => self.finish(making).await,
            }
        })
    }

    fn refused<'a>(&'a self, used: &'a Credential) -> BoxFuture<'a, Result<Option<Credential>>> {
        Box::pin(async {
            // Somebody else may have renewed them already.
            let other = |state: &State| {
                let held = state.held.as_ref()?;
                let is_other = held.made.credential != *used;
                let is_young = held.is_good() && held.since.elapsed() < YOUNG;
                (is_other || is_young).then(|| held.made.credential.clone())
            };
            match self.making(other) {
                Err(credential) => Ok(Some(credential)),
                Ok(making) => self.finish(making).await.map(Some),
            }
        })
    }

    fn origin(&self) -> &'static str {
        self.origin
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Semaphore;

    use super::*;
    use crate::error::{Error, ErrorKind};
    use crate::transport::Secret;

    /// Makes the tokens `1`, `2`, …, each when it gets a permit.
    struct Factory {
        made: Arc<AtomicU32>,
        permits: Arc<Semaphore>,
        source: Arc<Renewing>,
    }

    fn factory(life: Option<Duration>) -> Factory {
        let (made, permits) = (Arc::<AtomicU32>::default(), Arc::new(Semaphore::new(0)));
        let (count, gate) = (Arc::clone(&made), Arc::clone(&permits));
        let make: Maker = Box::new(move || {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            let gate = Arc::clone(&gate);
            Box::pin(async move {
                gate.acquire().await.unwrap().forget();
                let authorization = Some(Secret::new(number.to_string()).bearer()?);
                let credential = Credential { authorization, identity: None };
                Ok(Made { credential, expires: life.map(|life| SystemTime::now() + life) })
            })
        });
        Factory { made, permits, source: Arc::new(Renewing::new("the test", make)) }
    }

    impl Factory {
        async fn token(&self) -> String {
            text(&self.source.current().await.unwrap())
        }
    }

    fn text(credential: &Credential) -> String {
        credential.authorization.as_ref().unwrap().to_str().unwrap().to_owned()
    }

    #[tokio::test(start_paused = true)]
    async fn i2_a_hundred_requests_wait_for_one_making() {
        let factory = factory(None);
        let requests = futures_util::future::join_all((0..100).map(|_| factory.token()));
        factory.permits.add_permits(1);
        assert!(requests.await.iter().all(|token| token == "Bearer 1"));
        assert_eq!(factory.made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_gives_up_leaves_the_making_to_the_next() {
        let factory = factory(None);
        let short = Duration::from_secs(1);
        tokio::time::timeout(short, factory.token()).await.unwrap_err();
        factory.permits.add_permits(1);
        assert_eq!(factory.token().await, "Bearer 1");
        assert_eq!(factory.made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn i2_credentials_are_renewed_a_little_before_they_expire() {
        let factory = factory(Some(Duration::from_secs(100)));
        factory.permits.add_permits(9);
        assert_eq!(factory.token().await, "Bearer 1");
        tokio::time::advance(Duration::from_secs(89)).await;
        assert_eq!(factory.token().await, "Bearer 1");
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(factory.token().await, "Bearer 2");
    }

    #[tokio::test(start_paused = true)]
    async fn i2_a_plugin_with_a_cache_may_give_what_has_only_seconds_left() {
        let factory = factory(Some(Duration::from_secs(5)));
        factory.permits.add_permits(9);
        assert_eq!(factory.token().await, "Bearer 1");
        tokio::time::advance(Duration::from_millis(4_600)).await;
        assert_eq!(factory.token().await, "Bearer 2");
    }

    #[tokio::test(start_paused = true)]
    async fn i4_credentials_that_come_expired_are_used_and_not_made_for_every_request() {
        let factory = factory(Some(Duration::ZERO));
        factory.permits.add_permits(9);
        for _ in 0..5 {
            assert_eq!(factory.token().await, "Bearer 1");
        }
        tokio::time::advance(YOUNG).await;
        assert_eq!(factory.token().await, "Bearer 2");
    }

    #[tokio::test(start_paused = true)]
    async fn i2_refused_credentials_are_renewed_once_and_young_ones_are_not() {
        let factory = factory(None);
        factory.permits.add_permits(9);
        let first = factory.source.current().await.unwrap();
        let same = factory.source.refused(&first).await.unwrap().unwrap();
        assert_eq!(text(&same), "Bearer 1", "just made: another would not be better");
        tokio::time::advance(YOUNG).await;
        let all = (0..10).map(|_| factory.source.refused(&first));
        for renewed in futures_util::future::join_all(all).await {
            assert_eq!(text(&renewed.unwrap().unwrap()), "Bearer 2");
        }
        assert_eq!(factory.made.load(Ordering::SeqCst), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_told_to_all_who_wait_and_the_next_request_tries_again() {
        let tries = Arc::<AtomicU32>::default();
        let count = Arc::clone(&tries);
        let make: Maker = Box::new(move || {
            count.fetch_add(1, Ordering::SeqCst);
            Box::pin(async {
                tokio::task::yield_now().await;
                Err(Error::new(ErrorKind::Credentials, "no"))
            })
        });
        let source = Renewing::new("the test", make);
        let (first, second) = tokio::join!(source.current(), source.current());
        assert!(first.is_err() && second.is_err());
        assert_eq!(tries.load(Ordering::SeqCst), 1);
        assert!(source.current().await.is_err());
        assert_eq!(tries.load(Ordering::SeqCst), 2);
    }
}
