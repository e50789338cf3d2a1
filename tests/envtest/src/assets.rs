//! Where the binaries are, and what a test does when there are none.

use crate::error::EnvtestError;
use std::env;
use std::fs::OpenOptions;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

static SKIPPED: AtomicUsize = AtomicUsize::new(0);

/// The folder with etcd and kube-apiserver, or `None` after saying that the calling test is skipped.
///
/// A skip is one line on standard error, which the test harness does not swallow, and counts in [`skipped_count`].
/// When the environment variable `KUBIST_SKIP_LOG` names a file, the name of the test is appended to it, so that
/// whoever runs many test binaries can count all skips at the end.
///
/// # Panics
///
/// With the environment variable `KUBIST_REQUIRE_REAL=1`, a missing server is a failure.
#[must_use]
pub fn assets_or_skip() -> Option<PathBuf> {
    let found = assets();
    if found.is_none() {
        let required = env::var_os("KUBIST_REQUIRE_REAL").is_some_and(|value| value == "1");
        assert!(
            !required,
            "no kube-apiserver, run tests/envtest/build (KUBIST_REQUIRE_REAL=1 forbids to skip)"
        );
        record_skip();
    }
    found
}

/// How many times [`assets_or_skip`] made a test of this process skip.
#[must_use]
pub fn skipped_count() -> usize {
    SKIPPED.load(Ordering::Relaxed)
}

/// The folder that `KUBEBUILDER_ASSETS` names; an empty value counts as unset.
pub(crate) fn assets() -> Option<PathBuf> {
    env::var_os("KUBEBUILDER_ASSETS").filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The path of one binary in the folder.
pub(crate) fn binary(assets: &Path, name: &str) -> Result<PathBuf, EnvtestError> {
    let path = assets.join(name);
    if path.is_file() { Ok(path) } else { Err(EnvtestError::MissingBinary { path }) }
}

fn record_skip() {
    SKIPPED.fetch_add(1, Ordering::Relaxed);
    // A skip that cannot be told is still a skip: a closed standard error is no reason to fail the test.
    // The harness captures `eprintln!`, not the stream itself.
    let _ = writeln!(io::stderr(), "skipped: no kube-apiserver, run tests/envtest/build");
    if let Some(path) = env::var_os("KUBIST_SKIP_LOG") {
        let current = thread::current();
        let line = format!("{}\n", current.name().unwrap_or("unnamed"));
        let file = OpenOptions::new().create(true).append(true).open(path);
        // One write, so that lines of concurrent tests do not mix.
        let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
    }
}
