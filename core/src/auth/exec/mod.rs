//! Exec plugins: programs that print credentials.

mod config;
mod credential;
mod lookup;
mod policy;
mod process;
mod validity;

pub use self::config::{ExecCluster, ExecConfig, InteractiveMode};
pub use self::policy::PluginPolicy;

use std::io::IsTerminal;
use std::sync::Arc;

use crate::auth::clean::clean;
use crate::auth::renewing::{Made, Renewing};
use crate::error::{Error, ErrorKind, Result};
use process::Program;

/// The plugin as a source of credentials. It is started with the first request.
pub(crate) fn plugin(config: Arc<ExecConfig>, policy: PluginPolicy) -> Result<Renewing> {
    config.check()?;
    let make = move || {
        let (config, policy) = (Arc::clone(&config), policy.clone());
        let run: futures_util::future::BoxFuture<'static, _> =
            Box::pin(async move { run(&config, &policy, std::io::stdin().is_terminal()).await });
        run
    };
    Ok(Renewing::new("the exec plugin", Box::new(make)))
}

async fn run(config: &ExecConfig, policy: &PluginPolicy, terminal: bool) -> Result<Made> {
    let made = run_once(config, policy, terminal).await;
    made.map_err(|error| error.during(format!("exec plugin {:?}", clean(&config.command))))
}

async fn run_once(config: &ExecConfig, policy: &PluginPolicy, terminal: bool) -> Result<Made> {
    let interactive = config.is_interactive(terminal)?;
    let path = policy.resolve(&config.command).map_err(|error| match &config.install_hint {
        Some(hint) if error.kind() == ErrorKind::Credentials => problem(format!("{error}; {}", clean(hint))),
        _ => error,
    })?;
    let info = credential::input(config, interactive)?;
    let program = Program { path: &path, config, info: &info, interactive };
    let stdout = program.run().await?;
    credential::parse(&stdout, &config.api_version)
}

fn problem(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Credentials, message)
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
