use std::time::Duration;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::APIResourceList;

use crate::api::Api;
use crate::client::Client;
use crate::client::crd;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::rest::Request;

const DEADLINE: Duration = Duration::from_secs(30);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(1);

impl Client {
    /// Creates or updates custom resource definitions, and waits until the server serves them:
    /// established, in discovery, and answering a list, for each served version. Nothing is
    /// written where nothing changed. While the server cannot be reached, or fails, it is waited for.
    ///
    /// When a definition that is served already changes, its new schema takes effect a moment later, at each API
    /// server by itself, and nothing in the API tells for sure when: right after this call an object may still be
    /// checked, pruned and completed by the old schema.
    ///
    /// A conversion webhook must be up by then if there are objects in another version. One that is given without
    /// certificates keeps those that the stored definition has, which an injector may have put there.
    ///
    /// # Defaults
    ///
    /// At most 30 s in all; see [`install_within`](Self::install_within).
    ///
    /// # Errors
    ///
    /// When two definitions have one name (nothing is sent then: put their versions into one [`crd!`](crate::crd!)); when
    /// a conversion webhook could never work; when the server refuses a definition, or its certificate is not to be trusted; when the time is over: then the error
    /// says what was still missing, [`is_timeout`](Error::is_timeout), and its source is the last failure, if that
    /// was what stood in the way.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops waiting; definitions that were written stay.
    pub async fn install(&self, crds: &[CustomResourceDefinition]) -> Result<()> {
        self.install_within(crds, DEADLINE).await
    }

    /// [`install`](Self::install) with another deadline.
    ///
    /// # Errors
    ///
    /// As [`install`](Self::install).
    ///
    /// # Cancel safety
    ///
    /// As [`install`](Self::install).
    pub async fn install_within(&self, crds: &[CustomResourceDefinition], deadline: Duration) -> Result<()> {
        crd::check(crds).map_err(|error| error.during("install custom resource definitions"))?;
        let mut progress = Progress::default();
        let installing = self.install_all(crds, &mut progress);
        let installed = match tokio::time::timeout(deadline, Box::pin(installing)).await {
            Ok(installed) => installed,
            Err(_) => Err(progress.not_ready_within(deadline)),
        };
        installed.map_err(|error| error.during(format!("install {}", progress.name)))
    }

    async fn install_all(&self, crds: &[CustomResourceDefinition], progress: &mut Progress) -> Result<()> {
        let api = self.cluster::<CustomResourceDefinition>();
        for desired in crds {
            progress.start(desired)?;
            store(&api, desired, progress).await?;
        }
        self.wait_all_served(crds, progress).await
    }

    /// Waits until definitions that are stored are served, no longer than [`install`](Self::install) does.
    pub(super) async fn wait_served(&self, crds: &[CustomResourceDefinition]) -> Result<()> {
        let mut progress = Progress::default();
        let waiting = Box::pin(self.wait_all_served(crds, &mut progress));
        let served = match tokio::time::timeout(DEADLINE, waiting).await {
            Ok(served) => served,
            Err(_) => Err(progress.not_ready_within(DEADLINE)),
        };
        served.map_err(|error| error.during(format!("wait for {}", progress.name)))
    }

    async fn wait_all_served(
        &self,
        crds: &[CustomResourceDefinition],
        progress: &mut Progress,
    ) -> Result<()> {
        let api = self.cluster::<CustomResourceDefinition>();
        for desired in crds {
            progress.start(desired)?;
            wait_established(&api, progress).await?;
            for (discovery, list) in crd::served_paths(desired) {
                self.wait_discovered(&discovery, &desired.spec.names.plural, progress).await?;
                self.wait_listed(&list, progress).await?;
            }
        }
        Ok(())
    }

    async fn wait_discovered(&self, path: &str, plural: &str, progress: &mut Progress) -> Result<()> {
        progress.missing(format!("{plural} is not in discovery at {path}"));
        loop {
            let answer = self.rest.json(Request::get(path).once()).await;
            let found: Option<APIResourceList> = progress.answered(unless_missing(answer))?.flatten();
            if found.is_some_and(|found| found.resources.iter().any(|entry| entry.name == plural)) {
                return Ok(());
            }
            progress.pause().await;
        }
    }

    async fn wait_listed(&self, path: &str, progress: &mut Progress) -> Result<()> {
        progress.missing(format!("{path} does not answer a list"));
        loop {
            let answer = self.rest.bytes(Request::get(path).query("limit", "1").once()).await;
            let answer = match answer {
                // Whoever may define a kind need not be allowed to list it: there is no more to see.
                Err(error) if error.is_forbidden() => return Ok(()),
                answer => progress.answered(unless_missing(answer))?.flatten(),
            };
            if answer.is_some() {
                return Ok(());
            }
            progress.pause().await;
        }
    }
}

/// Which definition is being worked on, and what it lacks.
#[derive(Default)]
struct Progress {
    name: String,
    missing: String,
    /// What came instead of the last answer.
    failure: Option<Error>,
    pause: Duration,
}

impl Progress {
    fn start(&mut self, crd: &CustomResourceDefinition) -> Result<()> {
        crd::name(crd)?.clone_into(&mut self.name);
        self.missing("it is not stored".to_owned());
        Ok(())
    }

    fn missing(&mut self, what: String) {
        self.missing = what;
        self.pause = FIRST_PAUSE;
    }

    /// An answer, or nothing where the server may yet give one.
    fn answered<T>(&mut self, answer: Result<T>) -> Result<Option<T>> {
        self.failure = None;
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if may_pass(&error) => {
                self.failure = Some(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn pause(&mut self) {
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(PAUSE_MAX);
    }

    fn not_ready_within(&mut self, deadline: Duration) -> Error {
        let message = format!("not ready within {deadline:?}: {}", self.missing);
        let error = Error::new(ErrorKind::Timeout, message);
        match self.failure.take() {
            Some(failure) => error.with_source(failure),
            None => error,
        }
    }
}

/// Creates a definition, or updates it if it differs. Each turn looks first at what is there, so a
/// write whose outcome is unknown is not repeated blindly.
async fn store(
    api: &Api<CustomResourceDefinition>,
    desired: &CustomResourceDefinition,
    progress: &mut Progress,
) -> Result<()> {
    loop {
        let stored = api.get_opt(&progress.name).await;
        let written = match progress.answered(stored)? {
            None => None,
            Some(None) => match api.create(desired).await {
                // Someone else was faster.
                Err(error) if error.is_already_exists() => None,
                created => progress.answered(created)?,
            },
            // Its objects go first; what is written now would go with it.
            Some(Some(stored)) if stored.metadata.deletion_timestamp.is_some() => {
                "the old one is still being deleted".clone_into(&mut progress.missing);
                None
            }
            Some(Some(stored)) => {
                let Some(updated) = crd::update(desired, &stored) else {
                    return Ok(());
                };
                match api.replace(&updated).await {
                    Err(error) if error.is_conflict() || error.is_not_found() => None,
                    replaced => progress.answered(replaced)?,
                }
            }
        };
        if written.is_some() {
            return Ok(());
        }
        progress.pause().await;
    }
}

async fn wait_established(api: &Api<CustomResourceDefinition>, progress: &mut Progress) -> Result<()> {
    progress.missing("it is not established".to_owned());
    loop {
        let stored = api.get(&progress.name).await;
        if let Some(stored) = progress.answered(stored)? {
            match crd::not_established(&stored) {
                None => return Ok(()),
                Some(missing) => progress.missing = missing,
            }
        }
        progress.pause().await;
    }
}

/// An answer, or nothing from a path that the server does not serve.
fn unless_missing<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.code() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a failure may be over soon: a server that starts, stops or has too much to do. It is not
/// when the server's certificate was refused, or ours.
fn may_pass(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Transport | ErrorKind::Timeout => error.delivery() != Delivery::Refused,
        _ => matches!(error.code(), Some(429 | 500..)),
    }
}
