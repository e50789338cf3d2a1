//! Where the examples run: on an embedded API server, or on a real one.
//!
//! | argument | the example runs on |
//! | --- | --- |
//! | none | an API server inside the example's own process; nothing has to be installed |
//! | `--kubeconfig FILE` | the cluster that the file's current context names |
//! | `--real` | a real kube-apiserver, started for the example from the binaries in `KUBEBUILDER_ASSETS` |
//!
//! With `--kubeconfig`, `--context NAME` takes another context of the file. `--namespace NAME` is where the example
//! looks; without it, the namespace of the context.

mod arguments;

use kubist::config::{Config, Kubeconfig};
use kubist::{Client, Error, ErrorKind, Result};
use kubist_apiserver::ApiServer;
use kubist_envtest::ControlPlane;

use crate::arguments::{Arguments, Where};

/// Runs an example on the cluster that the arguments of the program ask for. Ctrl-C ends it, and the servers that were
/// started for it.
///
/// # Errors
///
/// Those of the example; when an argument is not understood, or the server could not be started or found.
pub async fn run(example: impl AsyncFnOnce(&Cluster) -> Result<()>) -> Result<()> {
    let story = async {
        let cluster = Cluster::from_args().await?;
        example(&cluster).await
    };
    tokio::select! {
        // Before the story begins, so that no moment of it is without.
        biased;
        _ = tokio::signal::ctrl_c() => {
            eprintln!("interrupted");
            Ok(())
        }
        outcome = story => outcome,
    }
}

/// A cluster for the time of an example; what was started for it ends when it is dropped.
#[derive(Debug)]
pub struct Cluster {
    client: Client,
    description: String,
    namespace: String,
    server: Server,
}

/// What has to stay alive.
#[derive(Debug)]
enum Server {
    Embedded { server: ApiServer },
    Real { control_plane: Box<ControlPlane> },
    Elsewhere,
}

impl Cluster {
    /// The cluster that the arguments of the program ask for.
    ///
    /// # Errors
    ///
    /// When an argument is unknown, or the server could not be started or found.
    pub async fn from_args() -> Result<Self> {
        let arguments = Arguments::parse(std::env::args().skip(1))?;
        let mut cluster = match arguments.cluster {
            Where::Embedded => Self::embedded().await?,
            Where::Real => Self::real().await?,
            Where::Kubeconfig { file, context } => {
                let config = Kubeconfig::read(file)?.config(context.as_deref())?;
                Self::connect(config, Server::Elsewhere)?
            }
        };
        if let Some(namespace) = arguments.namespace {
            cluster.namespace = namespace;
        }
        Ok(cluster)
    }

    /// An API server in this process.
    async fn embedded() -> Result<Self> {
        let server = ApiServer::start().await.map_err(|error| {
            Error::new(ErrorKind::Transport, "start the embedded API server").with_source(error)
        })?;
        let config = Config::from_kubeconfig(&server.kubeconfig())?;
        let mut cluster = Self::connect(config, Server::Embedded { server })?;
        cluster.description.insert_str(0, "an embedded API server, ");
        Ok(cluster)
    }

    /// A real kube-apiserver with its etcd.
    ///
    /// # Errors
    ///
    /// When it could not be started.
    pub async fn real() -> Result<Self> {
        let control_plane = ControlPlane::start().await.map_err(|error| {
            Error::new(ErrorKind::Transport, "start the real kube-apiserver").with_source(error)
        })?;
        let config = Config::from_kubeconfig(control_plane.kubeconfig_token())?;
        let server = Server::Real { control_plane: Box::new(control_plane) };
        let mut cluster = Self::connect(config, server)?;
        cluster.description.insert_str(0, "a real kube-apiserver, ");
        Ok(cluster)
    }

    fn connect(config: Config, server: Server) -> Result<Self> {
        let (description, namespace) = (config.url().to_string(), config.namespace().to_owned());
        Ok(Self { client: Client::new(config)?, description, namespace, server })
    }

    /// The client of the cluster.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The namespace that the example is to look into.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Whether the cluster was started for the example, so that nothing is in it but what the example puts there.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        !matches!(self.server, Server::Elsewhere)
    }

    /// Whether its API server calls webhooks in this process: only one on this machine reaches it.
    #[must_use]
    pub const fn calls_webhooks(&self) -> bool {
        matches!(self.server, Server::Real { .. })
    }

    /// The kubeconfig of what was started for the example, for other programs.
    #[must_use]
    pub fn kubeconfig(&self) -> Option<String> {
        match &self.server {
            Server::Embedded { server } => Some(server.kubeconfig()),
            Server::Real { control_plane } => Some(control_plane.kubeconfig_token().to_owned()),
            Server::Elsewhere => None,
        }
    }

    /// What it is and where.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}
