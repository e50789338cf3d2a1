use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::groups::ServerResources;
use super::wire::GroupDiscoveryList;

const FILE: &str = "discovery.json";
/// The largest file that is read, in bytes.
const BYTES_MAX: u64 = 64 << 20;

/// What one server serves, kept in a file. What cannot be read or written is as if it was not there.
#[derive(Clone, Debug)]
pub(super) struct DiskCache {
    folder: PathBuf,
    time_to_live: Duration,
}

impl DiskCache {
    pub(super) fn new(folder: PathBuf, time_to_live: Duration) -> Self {
        Self { folder, time_to_live }
    }

    /// What was kept, if it is not too old.
    pub(super) fn read(&self) -> Option<ServerResources> {
        let path = self.folder.join(FILE);
        let mut file = File::open(&path).ok()?;
        let written = file.metadata().and_then(|meta| meta.modified()).ok()?;
        // A time that lies ahead is one that cannot be trusted.
        let age = SystemTime::now().duration_since(written).ok()?;
        if age > self.time_to_live {
            return None;
        }
        let mut text = Vec::new();
        Read::by_ref(&mut file).take(BYTES_MAX).read_to_end(&mut text).ok()?;
        let Ok(list) = serde_json::from_slice::<GroupDiscoveryList>(&text) else {
            tracing::debug!(path = %path.display(), "what is cached cannot be read");
            return None;
        };
        let (groups, failures) = list.read();
        (!groups.is_empty()).then(|| ServerResources::new(groups, failures))
    }

    /// Keeps what was found, unless it is nothing or not everything.
    pub(super) fn write(&self, found: &ServerResources) {
        if found.groups().is_empty() || !found.failures().is_empty() {
            return;
        }
        if let Err(error) = self.try_write(found) {
            tracing::debug!(folder = %self.folder.display(), %error, "discovery is not cached");
        }
    }

    fn try_write(&self, found: &ServerResources) -> io::Result<()> {
        let text = serde_json::to_vec(&GroupDiscoveryList::write(found))?;
        create_folder(&self.folder)?;
        // The name is of this process and this write alone.
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = self.folder.join(format!("{FILE}.{}.{count}.tmp", std::process::id()));
        let written = write_new(&temporary, &text);
        // Whoever reads sees the old file or the new one, never a part.
        let written = written.and_then(|()| fs::rename(&temporary, self.folder.join(FILE)));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }
}

/// A folder that nobody else may look into.
fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A new file that nobody else may read.
fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text)
}
