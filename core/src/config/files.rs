//! Kubeconfig files, written by one program at a time.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::Instant;

use crate::config::kubeconfig::{Kubeconfig, about};
use crate::config::problem;
use crate::error::Result;

/// How often a lock is tried.
const POLL: Duration = Duration::from_millis(10);

/// Keeps other programs from changing a kubeconfig: a file beside it, as kubectl makes it. It goes away when this
/// is dropped.
pub(crate) struct Lock(PathBuf);

impl Lock {
    /// Waits for the lock of a file, at most this long.
    pub(crate) async fn take(path: &Path, wait: Duration) -> Result<Self> {
        let start = Instant::now();
        loop {
            if let Some(lock) = Self::try_take(path)? {
                return Ok(lock);
            }
            if start.elapsed() >= wait {
                let lock = lock_of(path);
                let message =
                    format!("another program is changing it; if none is, remove {}", lock.display());
                return Err(problem(message).during(about(path)));
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Takes the lock of a file; `None` when another program has it.
    pub(crate) fn try_take(path: &Path) -> Result<Option<Self>> {
        let lock = lock_of(path);
        match OpenOptions::new().write(true).create_new(true).open(&lock) {
            Ok(_) => Ok(Some(Self(lock))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(problem("it cannot be locked").with_source(error).during(about(path))),
        }
    }
}

fn lock_of(path: &Path) -> PathBuf {
    beside(path, "", ".lock")
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "the lock of a kubeconfig stays behind");
        }
    }
}

/// Makes the folder of a file, for its owner alone, where there is none.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| problem("its folder cannot be made").with_source(error).during(about(path)))
}

/// Writes kubeconfigs to their files.
pub(crate) fn write_all(changed: BTreeMap<PathBuf, Kubeconfig>) -> Result<()> {
    for (path, kubeconfig) in changed {
        let text = kubeconfig.to_yaml().map_err(|error| error.during(about(&path)))?;
        write(&path, &text)?;
    }
    Ok(())
}

/// Puts a text into the place of a file, readable by its owner alone. Others see the old file or the new one, never
/// a part. A symbolic link stays one.
fn write(path: &Path, text: &str) -> Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let new = beside(&target, ".", ".new");
    let written = write_new(&new, text).and_then(|()| fs::rename(&new, &target));
    written.map_err(|error| {
        drop(fs::remove_file(&new));
        problem("it cannot be written").with_source(error).during(about(path))
    })
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    // One that a program left behind when it was killed; the lock says that nobody is writing it now.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A file in the same folder, whose name has something before and after.
fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}
