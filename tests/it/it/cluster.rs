//! The servers that the tests run on.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use k8s_openapi::api::core::v1::Namespace;
use kubist::Client;
use kubist::config::Config;
use kubist_apiserver::ApiServer;
use kubist_envtest::ControlPlane;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::website::Website;

/// One server, as a test sees it.
pub(crate) struct Cluster {
    pub(crate) client: Client,
    pub(crate) kubeconfig: String,
    server: Server,
}

enum Server {
    Embedded(ApiServer),
    /// Shared with other tests.
    Shared(Arc<ControlPlane>),
    Alone(Box<ControlPlane>),
}

impl Cluster {
    pub(crate) async fn embedded() -> Result<Self, String> {
        let server =
            ApiServer::builder().tls(true).token("let-me-in").start().await.map_err(|e| e.to_string())?;
        Self::new(server.kubeconfig(), Server::Embedded(server))
    }

    fn new(kubeconfig: String, server: Server) -> Result<Self, String> {
        let client =
            Config::from_kubeconfig(&kubeconfig).and_then(Client::new).map_err(|e| format!("{e:#}"))?;
        Ok(Self { client, kubeconfig, server })
    }

    /// A new namespace of this test's own, with the definition of [`Website`] installed.
    pub(crate) async fn namespace(&self) -> String {
        self.client.install(&[Website::crd()]).await.unwrap();
        let mut namespace = Namespace::default();
        namespace.metadata.generate_name = Some("it-".to_owned());
        let namespace = self.client.cluster::<Namespace>().create(&namespace).await.unwrap();
        namespace.metadata.name.unwrap()
    }

    /// A certificate of the real server's own authority, as its signer would give it.
    pub(crate) fn sign(&self, request: &str, lifetime: Duration) -> String {
        match &self.server {
            Server::Shared(control_plane) => control_plane.sign(request, lifetime).unwrap(),
            Server::Alone(control_plane) => control_plane.sign(request, lifetime).unwrap(),
            Server::Embedded(_) => panic!("a test that signs is listed under `real`"),
        }
    }

    /// A token of a service account of the real server, with these claims.
    pub(crate) fn sign_token(&self, claims: &Value) -> String {
        match &self.server {
            Server::Shared(control_plane) => control_plane.sign_token(claims).unwrap(),
            Server::Alone(control_plane) => control_plane.sign_token(claims).unwrap(),
            Server::Embedded(_) => panic!("a test that signs is listed under `real`"),
        }
    }

    /// A kubeconfig of this user in this group, with a client certificate. The embedded server knows none.
    pub(crate) fn kubeconfig_for(&self, user: &str, group: &str) -> String {
        match &self.server {
            Server::Shared(control_plane) => control_plane.kubeconfig_for(user, Some(group)).unwrap(),
            _ => panic!("a test with client certificates is listed under `real`"),
        }
    }

    /// Ends every connection and serves the same data again at the same address. The client is a new one: a write
    /// over a connection that has just died fails with an unknown outcome, and that is not what is tested.
    pub(crate) async fn restart(&mut self) {
        match &mut self.server {
            Server::Embedded(server) => server.restart().await.unwrap(),
            Server::Alone(control_plane) => control_plane.restart_apiserver().await.unwrap(),
            Server::Shared(_) => panic!("a test that restarts its server is listed under `alone`"),
        }
        self.client = client(&self.kubeconfig).unwrap();
    }

    /// Ends every connection, and forgets the history: a watch cannot go on where it was.
    pub(crate) async fn expire(&mut self) {
        match &mut self.server {
            Server::Embedded(server) => {
                server.compact();
                server.restart().await.unwrap();
            }
            Server::Alone(control_plane) => control_plane.expire_resource_versions().await.unwrap(),
            Server::Shared(_) => panic!("a test that restarts its server is listed under `alone`"),
        }
        self.client = client(&self.kubeconfig).unwrap();
    }
}

fn client(kubeconfig: &str) -> Result<Client, String> {
    Config::from_kubeconfig(kubeconfig).and_then(Client::new).map_err(|error| format!("{error:#}"))
}

/// The real server, started when the first test needs it.
#[derive(Default)]
pub(crate) struct Real {
    shared: Mutex<Option<(Arc<ControlPlane>, Arc<Runtime>)>>,
}

/// Keeps the runtime of a control plane alive.
pub(crate) struct Guard(#[expect(dead_code, reason = "held for its drop")] Arc<Runtime>);

impl Real {
    /// The shared server, or one of the test's own.
    pub(crate) fn cluster(&self, alone: bool) -> Result<(Cluster, Guard), String> {
        if alone {
            let (control_plane, runtime) = start()?;
            let kubeconfig = control_plane.kubeconfig_client_certificate().to_owned();
            let cluster = Cluster::new(kubeconfig, Server::Alone(Box::new(control_plane)))?;
            return Ok((cluster, Guard(runtime)));
        }
        let mut shared = self.shared.lock().map_err(|_| "the real server did not start".to_owned())?;
        if shared.is_none() {
            let (control_plane, runtime) = start()?;
            *shared = Some((Arc::new(control_plane), runtime));
        }
        let (control_plane, runtime) = shared.as_ref().expect("just set");
        let kubeconfig = control_plane.kubeconfig_token().to_owned();
        let cluster = Cluster::new(kubeconfig, Server::Shared(Arc::clone(control_plane)))?;
        Ok((cluster, Guard(Arc::clone(runtime))))
    }
}

fn start() -> Result<(ControlPlane, Arc<Runtime>), String> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    let control_plane = runtime.block_on(ControlPlane::start()).map_err(|error| error.to_string())?;
    Ok((control_plane, Arc::new(runtime)))
}
