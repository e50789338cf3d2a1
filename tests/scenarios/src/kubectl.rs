//! Running kubectl against one server.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(60);

/// The kubectl beside the real server's binaries, or the first one in `PATH`.
#[must_use]
pub fn find() -> Option<PathBuf> {
    let assets = env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = assets.into_iter().chain(env::split_paths(&path));
    folders.map(|folder| folder.join("kubectl")).find(|file| file.is_file())
}

/// A kubectl with a home of its own: its discovery cache belongs to one server of one run.
pub(crate) struct Kubectl {
    binary: PathBuf,
    home: TempDir,
}

impl Kubectl {
    pub(crate) fn new(binary: &Path, kubeconfig: &str) -> Result<Self, String> {
        let made = || {
            let home = TempDir::new()?;
            std::fs::File::create(home.path().join("kubeconfig"))?.write_all(kubeconfig.as_bytes())?;
            Ok::<_, std::io::Error>(home)
        };
        let home = made().map_err(|error| format!("a home for kubectl: {error}"))?;
        Ok(Self { binary: binary.to_owned(), home })
    }

    /// Runs it to its end.
    ///
    /// # Cancel safety
    /// Dropping the future kills it.
    pub(crate) async fn run(&self, arguments: &[String], stdin: Option<&str>) -> Result<Output, String> {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("KUBECONFIG", self.home.path().join("kubeconfig"))
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let run = async {
            let mut child = command.spawn()?;
            if let Some(mut pipe) = child.stdin.take() {
                // One that does not read its input has ended, and says why itself.
                drop(pipe.write_all(stdin.unwrap_or_default().as_bytes()).await);
            }
            child.wait_with_output().await
        };
        let output = timeout(DEADLINE, run).await.map_err(|_| format!("kubectl runs for {DEADLINE:?}"))?;
        output.map_err(|error| format!("{}: {error}", self.binary.display()))
    }
}
