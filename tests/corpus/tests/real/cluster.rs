//! The two servers, each started when the first entry needs it, with all definitions installed at once.

use std::any::Any;
use std::collections::HashMap;
use std::sync::OnceLock;

use futures_util::future::BoxFuture;
use kubist::Client;
use kubist::config::Config;
use kubist_apiserver::ApiServer;
use kubist_envtest::ControlPlane;
use tokio::runtime::Runtime;

use crate::install::{self, Installed};

/// A server that runs until its owner is dropped, and its kubeconfig.
type Server = (Box<dyn Any + Send + Sync>, String);

type Start = fn() -> BoxFuture<'static, Result<Server, String>>;

/// A server that is started once.
pub(crate) struct Cluster {
    start: Start,
    started: OnceLock<Result<Started, String>>,
}

/// A server with all definitions.
pub(crate) struct Started {
    pub(crate) client: Client,
    installed: HashMap<&'static str, Result<Installed, String>>,
    _server: Box<dyn Any + Send + Sync>,
    // The processes and tasks of the server belong to it: it is dropped last.
    pub(crate) runtime: Runtime,
}

impl Cluster {
    pub(crate) fn new(start: Start) -> Self {
        Self { start, started: OnceLock::new() }
    }

    pub(crate) fn started(&self) -> Result<&Started, String> {
        self.started.get_or_init(|| Started::new(self.start)).as_ref().map_err(Clone::clone)
    }
}

impl Started {
    fn new(start: Start) -> Result<Self, String> {
        let runtime = Runtime::new().map_err(|error| error.to_string())?;
        let (server, client, installed) = runtime.block_on(async {
            let (server, kubeconfig) = start().await?;
            let client = Config::from_kubeconfig(&kubeconfig)
                .and_then(Client::new)
                .map_err(|error| format!("{error:#}"))?;
            let installed = install::all(&client).await;
            Ok::<_, String>((server, client, installed))
        })?;
        Ok(Self { client, installed, _server: server, runtime })
    }

    /// What became of the definition of a kind.
    pub(crate) fn installed(&self, kind: &str) -> Result<&Installed, String> {
        self.installed[kind].as_ref().map_err(Clone::clone)
    }
}

pub(crate) fn embedded() -> BoxFuture<'static, Result<Server, String>> {
    Box::pin(async {
        let server =
            ApiServer::builder().tls(true).token("let-me-in").start().await.map_err(|e| e.to_string())?;
        let kubeconfig = server.kubeconfig();
        Ok((Box::new(server) as Box<dyn Any + Send + Sync>, kubeconfig))
    })
}

pub(crate) fn real() -> BoxFuture<'static, Result<Server, String>> {
    Box::pin(async {
        let plane = ControlPlane::start().await.map_err(|error| error.to_string())?;
        let kubeconfig = plane.kubeconfig_token().to_owned();
        Ok((Box::new(plane) as Box<dyn Any + Send + Sync>, kubeconfig))
    })
}
