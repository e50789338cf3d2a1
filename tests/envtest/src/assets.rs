//! Where the binaries are, and what a test does when there are none.

use crate::error::EnvtestError;
use std::env;
use std::path::Path;
use std::path::PathBuf;

/// Why tests that need the real servers are to be skipped; `None` says that they are to be run.
///
/// Without the binaries they are skipped, and with the environment variable `KUBIST_REQUIRE_REAL=1` they are run
/// all the same, and fail.
#[must_use]
pub fn skip_reason() -> Option<&'static str> {
    let required = env::var_os("KUBIST_REQUIRE_REAL").is_some_and(|value| value == "1");
    let skipped = assets().is_none() && !required;
    skipped.then_some("skipped: no kube-apiserver, run tests/envtest/build")
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
