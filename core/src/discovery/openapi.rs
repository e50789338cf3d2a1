use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::rest::{Request, RestClient};

/// The OpenAPI v3 documents of a cluster, one for each version of each group. Cheap to clone; clones share what
/// they have read.
///
/// A document is read once for each hash that the server gives of it.
///
/// # Examples
///
/// ```no_run
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let openapi = client.discovery().openapi();
/// let paths = openapi.paths().await?;
/// let apps = openapi.document(&paths["apis/apps/v1"]).await?;
/// println!("{}", apps["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"]["description"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct OpenApi {
    rest: RestClient,
    read: Arc<Mutex<Documents>>,
}

/// Hash and document by name.
type Documents = HashMap<String, (String, Arc<Value>)>;

/// Where a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenApiPath {
    name: String,
    path: String,
    hash: Option<String>,
}

impl OpenApiPath {
    /// The name, for example `apis/apps/v1`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The hash of the document, where the server gives one: as long as it is the same, so is the document.
    #[must_use]
    pub fn hash(&self) -> Option<&str> {
        self.hash.as_deref()
    }
}

impl OpenApi {
    pub(super) fn new(rest: RestClient) -> Self {
        Self { rest, read: Arc::default() }
    }

    /// The documents that there are, by name: `api/v1`, `apis/apps/v1`. The server is asked each time.
    ///
    /// # Errors
    ///
    /// As any call; [`is_not_found`](Error::is_not_found) where a server has none.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn paths(&self) -> Result<BTreeMap<String, OpenApiPath>> {
        #[derive(Deserialize)]
        struct Root {
            paths: BTreeMap<String, Entry>,
        }
        #[derive(Deserialize)]
        struct Entry {
            #[serde(rename = "serverRelativeURL")]
            url: String,
        }
        let root = self.rest.json::<Root>(Request::get("/openapi/v3")).await;
        let root = root.map_err(|error| error.during("get the list of OpenAPI documents"))?;
        let entries = root.paths.into_iter();
        Ok(entries.map(|(name, entry)| (name.clone(), locate(name, &entry.url))).collect())
    }

    /// A document: the one that was read before if its hash is the same, and asked for otherwise.
    ///
    /// # Errors
    ///
    /// As any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn document(&self, path: &OpenApiPath) -> Result<Arc<Value>> {
        if let Some(hash) = &path.hash
            && let Some((read, document)) = self.read().get(&path.name)
            && read == hash
        {
            return Ok(Arc::clone(document));
        }
        let mut request = Request::get(&path.path);
        if let Some(hash) = &path.hash {
            request = request.query("hash", hash);
        }
        let about = || format!("get the OpenAPI document {:?}", path.name);
        let document: Value = self.rest.json(request).await.map_err(|error| error.during(about()))?;
        if !document.is_object() {
            return Err(Error::new(ErrorKind::Decode, "the document is no object").during(about()));
        }
        let document = Arc::new(document);
        if let Some(hash) = &path.hash {
            self.read().insert(path.name.clone(), (hash.clone(), Arc::clone(&document)));
        }
        Ok(document)
    }

    fn read(&self) -> MutexGuard<'_, Documents> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the server's URL apart. What is not the hash is of no use, and a path that is none becomes the error of
/// the request.
fn locate(name: String, url: &str) -> OpenApiPath {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let hash = query.split('&').find_map(|pair| pair.strip_prefix("hash="));
    let hash = hash.filter(|hash| !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    OpenApiPath { name, path: path.to_owned(), hash: hash.map(str::to_owned) }
}

impl fmt::Debug for OpenApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenApi").field("base_url", self.rest.base_url()).finish_non_exhaustive()
    }
}
