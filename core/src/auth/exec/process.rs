//! A plugin's process, with an end to everything.

use std::path::Path;
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Either, select, try_join};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use crate::auth::clean::clean;
use crate::auth::exec::config::ExecConfig;
use crate::auth::exec::problem;
use crate::error::Result;

const EXEC_INFO: &str = "KUBERNETES_EXEC_INFO";

/// The longest output that is read: a token and a certificate are a few kilobytes.
const STDOUT_BYTES_MAX: usize = 1 << 20;

/// How much of the end of standard error is kept for an error.
const STDERR_BYTES_KEPT: usize = 2048;

/// After a plugin has ended, what it left running may hold its output open for so long.
const OUTPUT_GRACE: Duration = Duration::from_secs(1);

pub(crate) struct Program<'p> {
    pub(crate) path: &'p Path,
    pub(crate) config: &'p ExecConfig,
    /// The value of `KUBERNETES_EXEC_INFO`.
    pub(crate) info: &'p str,
    /// Whether it has the terminal. Then it has no time limit, and its errors go to the terminal.
    pub(crate) interactive: bool,
}

impl Program<'_> {
    /// Runs the plugin and gives what it printed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the plugin.
    pub(crate) async fn run(&self) -> Result<Vec<u8>> {
        let mut command = self.command();
        let child = command.spawn().map_err(|error| {
            let message = format!("{} cannot be started", self.path.display());
            problem(message).with_source(error)
        })?;
        let mut running = Running { group: child.id().filter(|_| !self.interactive), child };
        let timeout = self.config.timeout.filter(|_| !self.interactive);
        let ended = match timeout {
            None => running.finish().await,
            Some(timeout) => tokio::time::timeout(timeout, running.finish()).await.unwrap_or_else(|_| {
                Err(problem(format!("it did not end within {timeout:?}, and was stopped")))
            }),
        };
        let (status, output) = ended?;
        running.group = None;
        if status.success() {
            return Ok(output.stdout);
        }
        let mut message = format!("it failed ({status})");
        let stderr = clean(&String::from_utf8_lossy(&output.stderr));
        if !stderr.is_empty() {
            message.push_str(": ");
            message.push_str(&stderr);
        }
        Err(problem(message))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.path);
        let variables = self.config.env.iter().map(|(name, value)| (name, value));
        command.args(&self.config.args).envs(variables).env(EXEC_INFO, self.info);
        command.stdout(Stdio::piped()).kill_on_drop(true);
        if self.interactive {
            command.stdin(Stdio::inherit()).stderr(Stdio::inherit());
        } else {
            command.stdin(Stdio::null()).stderr(Stdio::piped());
            // So that what it starts can be ended with it. Somebody at the terminal does that by Ctrl-C.
            #[cfg(unix)]
            command.process_group(0);
        }
        command
    }
}

#[derive(Default)]
struct Output {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

/// A plugin that runs. Dropping it ends the plugin and what it started.
struct Running {
    child: Child,
    /// The process group, while there is something to end.
    group: Option<u32>,
}

impl Running {
    async fn finish(&mut self) -> Result<(ExitStatus, Output)> {
        let (stdout, stderr) = (self.child.stdout.take(), self.child.stderr.take());
        let mut output = Output::default();
        let status = {
            let reading = pin!(async {
                let errors = read_end(stderr, &mut output.stderr).map(Ok);
                try_join(read_all(stdout, &mut output.stdout), errors).await.map(drop)
            });
            let waiting = pin!(self.child.wait());
            match select(reading, waiting).await {
                Either::Left((read, waiting)) => {
                    read?;
                    waiting.await
                }
                Either::Right((status, reading)) => {
                    // Something that it left running may go on holding its output.
                    if let Ok(read) = tokio::time::timeout(OUTPUT_GRACE, reading).await {
                        read?;
                    }
                    status
                }
            }
        };
        let status = status.map_err(|error| problem("its end cannot be waited for").with_source(error))?;
        Ok((status, output))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group
            && let Ok(group) = i32::try_from(group)
            && let Some(group) = rustix::process::Pid::from_raw(group)
        {
            // It may have ended by itself.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

async fn read_all(stream: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) -> Result<()> {
    let Some(stream) = stream else {
        return Ok(());
    };
    let mut stream = stream.take(STDOUT_BYTES_MAX as u64 + 1);
    stream
        .read_to_end(kept)
        .await
        .map_err(|error| problem("what it printed cannot be read").with_source(error))?;
    if kept.len() > STDOUT_BYTES_MAX {
        return Err(problem(format!("it printed more than {STDOUT_BYTES_MAX} bytes, and was stopped")));
    }
    Ok(())
}

/// Reads all and keeps the end. What cannot be read is not missed.
async fn read_end(stream: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) {
    let Some(mut stream) = stream else {
        return;
    };
    let mut chunk = [0; 1024];
    while let Ok(read @ 1..) = stream.read(&mut chunk).await {
        kept.extend_from_slice(&chunk[..read]);
        let surplus = kept.len().saturating_sub(STDERR_BYTES_KEPT);
        kept.drain(..surplus);
    }
}
