//! One server process: started with its output in a file, ended by its handle.

use crate::error::EnvtestError;
use rustix::process::Pid;
use rustix::process::Signal;
use rustix::process::kill_process;
use std::fs;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;
use tokio::time::sleep;
use tokio::time::timeout;

/// How long a server may take to end itself.
const GRACE: Duration = Duration::from_secs(20);
/// How often an ending server is looked at.
const POLL: Duration = Duration::from_millis(10);
/// How much of a log goes into an error.
const TAIL_LINES: usize = 25;

/// A server. Dropping it kills it and waits until it has gone: what it has written is thrown away with it, so
/// there is nothing it could save.
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    log: PathBuf,
    pid_file: PathBuf,
}

impl Process {
    /// Starts a server. `NAME.log` in the directory gets its output, `NAME.pid` tells the guard whom to end.
    pub(crate) fn spawn(
        name: &'static str,
        mut command: Command,
        directory: &Path,
    ) -> Result<Self, EnvtestError> {
        let log = directory.join(name).with_extension("log");
        let pid_file = directory.join(name).with_extension("pid");
        let output =
            File::options().create(true).append(true).open(&log).map_err(EnvtestError::io("create a log"))?;
        let errors = output.try_clone().map_err(EnvtestError::io("create a log"))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(EnvtestError::io("start a server"))?;
        let process = Self { name, child, log, pid_file };
        fs::write(&process.pid_file, process.id().to_string())
            .map_err(EnvtestError::io("write down a process id"))?;
        Ok(process)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// An error when the server has ended by itself.
    pub(crate) fn check(&mut self) -> Result<(), EnvtestError> {
        match self.status()? {
            None => Ok(()),
            Some(status) => Err(EnvtestError::Exited { name: self.name, status, log: self.log_tail() }),
        }
    }

    /// Asks the server to end and waits until it has; after 20 seconds it is killed.
    pub(crate) async fn terminate(mut self) -> Result<(), EnvtestError> {
        if let Some(pid) = i32::try_from(self.id()).ok().and_then(Pid::from_raw)
            && self.status()?.is_none()
        {
            kill_process(pid, Signal::TERM)
                .map_err(|error| EnvtestError::io("stop a server")(error.into()))?;
        }
        let ended = async {
            while self.status()?.is_none() {
                sleep(POLL).await;
            }
            Ok(())
        };
        // One that does not listen is killed by the drop.
        timeout(GRACE, ended).await.unwrap_or(Ok(()))
    }

    /// The last lines of the log.
    pub(crate) fn log_tail(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
    }

    fn status(&mut self) -> Result<Option<ExitStatus>, EnvtestError> {
        self.child.try_wait().map_err(EnvtestError::io("look at a server"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Before the process is reaped: from then on its id can be another's. Errors mean that it has already gone.
        let _ = fs::remove_file(&self.pid_file);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
