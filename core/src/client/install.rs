use std::time::Duration;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::APIResourceList;

use crate::api::Api;
use crate::client::Client;
use crate::client::crd;
use crate::error::{Error, ErrorKind, Result};
use crate::rest::Request;

const DEADLINE: Duration = Duration::from_secs(30);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(1);

impl Client {
    /// Creates or updates custom resource definitions, and waits until the server serves them:
    /// established, in discovery, and answering a list, for each served version. Nothing is
    /// written where nothing changed.
    ///
    /// When a definition that is served already changes, its new schema takes effect a moment later, at each API
    /// server by itself, and nothing in the API tells for sure when: right after this call an object may still be
    /// checked, pruned and completed by the old schema.
    ///
    /// # Defaults
    ///
    /// At most 30 s in all; see [`install_within`](Self::install_within).
    ///
    /// # Errors
    ///
    /// When two definitions have one name (nothing is sent then: merge their versions into one definition); when the
    /// server refuses a definition; when the time is over: then the error says what was
    /// still missing, and [`is_timeout`](Error::is_timeout).
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
        crd::check_names(crds).map_err(|error| error.during("install custom resource definitions"))?;
        let mut progress = Progress::default();
        let installing = self.install_all(crds, &mut progress);
        let installed = match tokio::time::timeout(deadline, Box::pin(installing)).await {
            Ok(installed) => installed,
            Err(_) => Err(Error::new(
                ErrorKind::Timeout,
                format!("not ready within {deadline:?}: {}", progress.missing),
            )),
        };
        installed.map_err(|error| error.during(format!("install {}", progress.name)))
    }

    async fn install_all(&self, crds: &[CustomResourceDefinition], progress: &mut Progress) -> Result<()> {
        let api = self.cluster::<CustomResourceDefinition>();
        for desired in crds {
            progress.start(desired)?;
            store(&api, desired, progress).await?;
        }
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
            let found: Option<APIResourceList> = unless_passing(answer)?;
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
                answer => unless_passing(answer)?,
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
    pause: Duration,
}

impl Progress {
    fn start(&mut self, crd: &CustomResourceDefinition) -> Result<()> {
        crd::name(crd)?.clone_into(&mut self.name);
        self.missing("the server did not answer".to_owned());
        Ok(())
    }

    fn missing(&mut self, what: String) {
        self.missing = what;
        self.pause = FIRST_PAUSE;
    }

    async fn pause(&mut self) {
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(PAUSE_MAX);
    }
}

/// Creates a definition, or updates it if it differs.
async fn store(
    api: &Api<CustomResourceDefinition>,
    desired: &CustomResourceDefinition,
    progress: &mut Progress,
) -> Result<()> {
    loop {
        let Some(stored) = api.get_opt(&progress.name).await? else {
            match api.create(desired).await {
                Err(error) if error.is_already_exists() => continue,
                created => return created.map(drop),
            }
        };
        if stored.metadata.deletion_timestamp.is_some() {
            // Its objects go first; what is written now would go with it.
            "the old one is still being deleted".clone_into(&mut progress.missing);
            progress.pause().await;
            continue;
        }
        let Some(updated) = crd::update(desired, &stored) else {
            return Ok(());
        };
        match api.replace(&updated).await {
            Err(error) if error.is_conflict() || error.is_not_found() => progress.pause().await,
            replaced => return replaced.map(drop),
        }
    }
}

async fn wait_established(api: &Api<CustomResourceDefinition>, progress: &mut Progress) -> Result<()> {
    progress.missing("it is not established".to_owned());
    loop {
        let stored = api.get(&progress.name).await?;
        match crd::not_established(&stored) {
            None => return Ok(()),
            Some(missing) => progress.missing = missing,
        }
        progress.pause().await;
    }
}

/// An answer, or nothing while the server is still about to serve the path.
fn unless_passing<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if matches!(error.code(), Some(404 | 429 | 500..)) => Ok(None),
        Err(error) => Err(error),
    }
}
