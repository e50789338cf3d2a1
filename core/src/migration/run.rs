use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use futures_util::stream;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::APIResourceList;
use serde::Deserialize;
use serde_json::json;

use crate::api::Patch;
use crate::client::Client;
use crate::crd::CustomResourceDefinition;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::plan::MigrationPlan;
use crate::migration::progress::{MigrationReport, Outcome, Progress};
use crate::resource::{GroupVersionResource, ListMeta, ObjectMeta};
use crate::rest::{Method, PatchType, Request, ResourcePath};
use crate::transport::sha256;

const PAGE_SIZE: u32 = 500;
/// Objects that are written at the same time.
const CONCURRENT: usize = 8;
/// As long as Kubernetes itself gives the other API servers to see a definition.
const SETTLE: Duration = Duration::from_secs(5);
const SERVER_DEADLINE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(100);
/// How often a list begins anew because its pages expired, and a status is written that others write too.
const ATTEMPTS: usize = 10;
const METADATA_ONLY: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json";

/// Writes all objects of a kind again, so that each is stored in the version that its definition stores in now, and
/// then says so in `status.storedVersions`. After that the other versions may leave the definition.
///
/// Nothing is changed: each write is a patch without content, guarded by the object's resourceVersion and uid. An
/// object that somebody else wrote or deleted in the meantime is done. What is stored in the version already is not
/// written.
///
/// # Examples
///
/// ```no_run
/// use kubist::migration::StorageMigration;
///
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let report = StorageMigration::new(&client, "websites.example.com").run().await?;
/// println!("{report}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing happens until `run`"]
pub struct StorageMigration {
    client: Client,
    name: String,
    page_size: u32,
    settle: Duration,
}

#[derive(Deserialize)]
struct Page {
    metadata: ListMeta,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    metadata: ObjectMeta,
}

impl StorageMigration {
    /// The migration of the kind whose definition has this name, `websites.example.com`.
    pub fn new(client: &Client, name: impl Into<String>) -> Self {
        Self { client: client.clone(), name: name.into(), page_size: PAGE_SIZE, settle: SETTLE }
    }

    /// Sets how many objects are read at a time, instead of 500.
    pub const fn page_size(mut self, objects: u32) -> Self {
        self.page_size = objects;
        self
    }

    /// Sets how long to wait, after the API server that answers knows the stored version, for the others, instead of
    /// 5 s. With one API server zero is enough.
    pub const fn settle(mut self, pause: Duration) -> Self {
        self.settle = pause;
        self
    }

    /// What is to be done, without doing it.
    ///
    /// # Errors
    ///
    /// When the definition cannot be read.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn plan(&self) -> Result<MigrationPlan> {
        Ok(MigrationPlan::to_storage(&self.definition().await?))
    }

    /// Does it. When no version is stale, nothing is read or written.
    ///
    /// # Errors
    ///
    /// When an object is refused (all others are written all the same, and `status.storedVersions` stays as it is);
    /// when the definition is changed in the meantime; when a request fails. Run it again: what is done is not done
    /// twice.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops between two requests. Objects that were written stay so, `status.storedVersions` is
    /// the last that is written, and another run goes on: it reads all objects and writes those that are left.
    pub async fn run(&self) -> Result<MigrationReport> {
        let run = Box::pin(self.run_all());
        run.await.map_err(|error| error.during(format!("migrate {}", self.name)))
    }

    async fn definition(&self) -> Result<CustomResourceDefinition> {
        self.client.cluster::<CustomResourceDefinition>().get(&self.name).await
    }

    async fn run_all(&self) -> Result<MigrationReport> {
        let crd = self.definition().await?;
        let plan = MigrationPlan::to_storage(&crd);
        let mut progress = Progress::default();
        progress.report.name.clone_from(&self.name);
        plan.target().clone_into(&mut progress.report.storage);
        progress.report.stale = plan.stale();
        if progress.report.stale.is_empty() {
            return Ok(progress.report);
        }
        let gvr = self.served(&crd)?;
        self.wait_for_server(&gvr, &crd.spec.names.kind, plan.target()).await?;
        tokio::time::sleep(self.settle).await;
        self.rewrite_all(&gvr, &mut progress).await?;
        progress.check()?;
        self.forget(&crd, plan.target()).await?;
        Ok(progress.report)
    }

    /// The resource in a version that is served: the stored one, if it is.
    fn served(&self, crd: &CustomResourceDefinition) -> Result<GroupVersionResource> {
        let served = crd.spec.versions.iter().filter(|version| version.served);
        let version = served.max_by_key(|version| version.storage);
        let version = version.ok_or_else(|| Error::invalid("no version is served"))?;
        Ok(GroupVersionResource {
            group: crd.spec.group.clone().into(),
            version: version.name.clone().into(),
            resource: crd.spec.names.plural.clone().into(),
        })
    }

    /// Waits until the API server writes in the stored version: discovery shows a hash of it. A write that came
    /// earlier would be in the old version.
    async fn wait_for_server(&self, gvr: &GroupVersionResource, kind: &str, storage: &str) -> Result<()> {
        let hash = sha256(format!("{}/{storage}/{kind}", gvr.group).as_bytes());
        let expected = STANDARD.encode(hash.get(..8).unwrap_or_default());
        let known = async {
            loop {
                let path = format!("/apis/{}/{}", gvr.group, gvr.version);
                let list: APIResourceList = self.client.rest().json(Request::get(path)).await?;
                let entry = list.resources.into_iter().find(|entry| entry.name == gvr.resource);
                // A server that shows no hash is not waited for.
                if entry.is_some_and(|entry| entry.storage_version_hash.is_none_or(|hash| hash == expected)) {
                    return Ok(());
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(SERVER_DEADLINE, known).await.unwrap_or_else(|_| {
            let text = format!("the server does not store objects in {storage} after {SERVER_DEADLINE:?}");
            Err(Error::new(ErrorKind::Timeout, text))
        })
    }

    async fn rewrite_all(&self, gvr: &GroupVersionResource, progress: &mut Progress) -> Result<()> {
        let mut token: Option<String> = None;
        let mut restarts = 0;
        loop {
            let mut request = Request::to(Method::GET, &ResourcePath::new(gvr))
                .accept(METADATA_ONLY)
                .query("limit", self.page_size.to_string());
            if let Some(token) = &token {
                request = request.query("continue", token);
            }
            let page: Page = match self.client.rest().json(request).await {
                // The version of the first page is gone. What was written by then is not written again.
                Err(error) if error.is_gone() && restarts < ATTEMPTS => {
                    token = None;
                    restarts += 1;
                    continue;
                }
                page => page.map_err(|error| error.during(format!("list {gvr}")))?,
            };
            let mut writes = stream::iter(page.items)
                .map(|item| self.rewrite(gvr, item.metadata))
                .buffer_unordered(CONCURRENT);
            while let Some(outcome) = writes.next().await {
                progress.count(outcome?);
            }
            let next = page.metadata.continue_token.filter(|token| !token.is_empty());
            if next.is_none() {
                return Ok(());
            }
            if next == token {
                return Err(Error::new(ErrorKind::Decode, "page of a list is to be followed by itself"));
            }
            token = next;
        }
    }

    async fn rewrite(&self, gvr: &GroupVersionResource, meta: ObjectMeta) -> Result<Outcome> {
        let (name, namespace) = (meta.name.unwrap_or_default(), meta.namespace);
        let mut path = ResourcePath::new(gvr).name(&name);
        if let Some(namespace) = &namespace {
            path = path.namespace(namespace);
        }
        let guard = json!({"metadata": {"resourceVersion": meta.resource_version, "uid": meta.uid}});
        let path = path.build()?;
        let mut attempts = 0;
        loop {
            attempts += 1;
            let request = Request::patch(path.clone(), PatchType::Merge, guard.to_string())
                .accept("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json");
            let written: Result<Item> = self.client.rest().json(request).await;
            return Ok(match written {
                Ok(written) if written.metadata.resource_version == meta.resource_version => {
                    Outcome::Unchanged
                }
                Ok(_) => Outcome::Rewritten,
                Err(error) if error.is_not_found() => Outcome::Deleted,
                Err(error) if error.is_conflict() => Outcome::WrittenByOthers,
                // Guarded as it is, it may be tried again: had it been carried out, this would be a conflict.
                Err(error) if error.is_outcome_unknown() && attempts < ATTEMPTS => continue,
                Err(error) => {
                    let answered = error.status().is_some();
                    let shown = namespace.map(|namespace| format!("{namespace}/{name}")).unwrap_or(name);
                    let error = error.during(format!("rewrite {gvr} {shown:?}"));
                    if !answered {
                        return Err(error);
                    }
                    Outcome::Refused(error)
                }
            });
        }
    }

    /// Takes all versions but one out of the status, unless the definition is another one by now.
    async fn forget(&self, before: &CustomResourceDefinition, storage: &str) -> Result<()> {
        let api = self.client.cluster::<CustomResourceDefinition>();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let crd = self.definition().await?;
            let (was, is) = (&before.metadata, &crd.metadata);
            if was.uid != is.uid || was.generation != is.generation {
                return Err(Error::invalid(
                    "the definition was changed in the meantime; run the migration again",
                ));
            }
            let patch = Patch::Merge(json!({
                "metadata": {"resourceVersion": is.resource_version},
                "status": {"storedVersions": [storage]},
            }));
            match api.patch_status(&self.name, &patch).await {
                Err(error) if error.is_conflict() && attempts < ATTEMPTS => {}
                written => return written.map(drop),
            }
        }
    }
}
