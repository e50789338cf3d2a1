//! The two servers, and a scenario on both.

use std::env;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use kubist_apiserver::ApiServer;
use kubist_envtest::ControlPlane;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use crate::client::Client;
use crate::kubeconfig::Target;
use crate::kubectl;
use crate::report;
use crate::report::Transcript;
use crate::run::Run;
use crate::scenario::Scenario;

/// A scenario takes longer only when something hangs.
const DEADLINE: Duration = Duration::from_secs(120);

/// Where scenarios run.
#[derive(Debug)]
pub struct Servers {
    /// Distinguishes the names of this run from those of others on a shared server.
    suffix: String,
    kubectl: Option<PathBuf>,
    /// The kubeconfig of a server that runs already.
    running: Option<PathBuf>,
    /// Scenarios that ran on the embedded server alone.
    uncompared: AtomicUsize,
    started: Mutex<Option<(ControlPlane, Runtime)>>,
    real: OnceLock<Result<Target, String>>,
}

impl Servers {
    /// As the environment says: `KUBIST_SCENARIO_SERVER` names the kubeconfig of a real server that runs; without
    /// it one is started from `KUBEBUILDER_ASSETS` when the first scenario needs it.
    #[must_use]
    pub fn from_env() -> Self {
        let mut number = Timestamp::now().as_microsecond().unsigned_abs();
        let mut suffix = String::new();
        for _ in 0..5 {
            suffix.push(char::from(b"bcdfghjklmnpqrstvwxz2456789"[(number % 27) as usize]));
            number /= 27;
        }
        Self {
            suffix,
            kubectl: kubectl::find(),
            running: env::var_os("KUBIST_SCENARIO_SERVER")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            uncompared: AtomicUsize::new(0),
            started: Mutex::new(None),
            real: OnceLock::new(),
        }
    }

    /// Why nothing can be compared.
    #[must_use]
    pub fn skip_reason(&self) -> Option<&'static str> {
        if self.running.is_some() { None } else { kubist_envtest::skip_reason() }
    }

    /// How many scenarios were compared with nothing.
    #[must_use]
    pub fn uncompared(&self) -> usize {
        self.uncompared.load(Ordering::Relaxed)
    }

    /// Why a scenario with kubectl is not run; where everything is required it is, and fails.
    #[must_use]
    pub fn skip_kubectl(&self) -> Option<&'static str> {
        let required = env::var_os("KUBIST_REQUIRE_REAL").is_some_and(|value| value == "1");
        (self.kubectl.is_none() && !required).then_some("skipped: no kubectl, run tests/envtest/build")
    }

    fn real(&self) -> Result<Target, String> {
        let start = || {
            if let Some(path) = &self.running {
                let text = std::fs::read_to_string(path);
                return Target::parse(&text.map_err(|error| format!("{}: {error}", path.display()))?);
            }
            let runtime = Runtime::new().map_err(|error| error.to_string())?;
            let plane = runtime.block_on(ControlPlane::start()).map_err(|error| error.to_string())?;
            let target = Target::parse(plane.kubeconfig_token());
            if let Ok(mut started) = self.started.lock() {
                *started = Some((plane, runtime));
            }
            target
        };
        self.real.get_or_init(start).clone()
    }

    /// Runs a scenario on an embedded server of its own and, where there is one, on the real server.
    ///
    /// # Errors
    /// What differs, and what the scenario itself does not allow.
    pub fn check(&self, scenario: &Scenario) -> Result<(), String> {
        let real = match self.skip_reason() {
            Some(_) => {
                self.uncompared.fetch_add(1, Ordering::Relaxed);
                None
            }
            None => Some(self.real()?),
        };
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let (embedded, real) = runtime.block_on(async {
            let real = match real {
                Some(target) => Some(self.run(scenario, target).await?),
                None => None,
            };
            let server =
                ApiServer::builder().tls(true).token("let-me-in").garbage_collection(false).start().await;
            let server = server.map_err(|error| error.to_string())?;
            let embedded = self.run(scenario, Target::parse(&server.kubeconfig())?).await?;
            server.shut_down().await;
            Ok::<_, String>((embedded, real))
        })?;
        if env::var_os("KUBIST_SCENARIO_SHOW").is_some_and(|value| value == "1") {
            for (server, transcript) in [("real", real.as_ref()), ("embedded", Some(&embedded))] {
                if let Some(transcript) = transcript {
                    println!("{}", report::transcript(scenario, server, transcript));
                }
            }
        }
        let wrong = report::wrong(scenario, &embedded, real.as_ref(), Timestamp::now());
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    async fn run(&self, scenario: &Scenario, target: Target) -> Result<Transcript, String> {
        let client = Client::new(target)?;
        let mut run = Run::new(scenario, &client, self.kubectl.as_deref(), &self.suffix)?;
        let transcript = timeout(DEADLINE, run.all()).await;
        let transcript = transcript.map_err(|_| format!("{}: not done after {DEADLINE:?}", scenario.title));
        run.clean_up().await;
        transcript
    }
}
