//! Without the binaries tests are skipped, or fail where they are required.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]
#![cfg(unix)]

use kubist_envtest::ControlPlane;
use kubist_envtest::EnvtestError;
use kubist_envtest::skip_reason;
use std::env;
use std::process::Command;

const EXPECTED: &str = "KUBIST_ENVTEST_EXPECTED";

/// Runs one test of this file in a process of its own: the environment belongs to the process.
fn succeeds(test: &str, expected: &str, variables: &[(&str, &str)]) -> bool {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", test])
        .env_remove("KUBEBUILDER_ASSETS")
        .env_remove("KUBIST_REQUIRE_REAL")
        .env(EXPECTED, expected)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    output.status.success() && String::from_utf8_lossy(&output.stdout).contains("1 passed")
}

/// Run by the tests below.
#[test]
fn inner_asks() {
    let Ok(expected) = env::var(EXPECTED) else {
        return;
    };
    assert_eq!(skip_reason().unwrap_or("run"), expected);
}

/// Run by the tests below.
#[tokio::test]
async fn inner_starts() {
    if env::var_os(EXPECTED).is_none() {
        return;
    }
    let error = ControlPlane::start().await.unwrap_err();
    match ControlPlane::assets() {
        None => assert!(matches!(error, EnvtestError::NoAssets)),
        Some(folder) => {
            let expected = folder.join("etcd");
            assert!(matches!(error, EnvtestError::MissingBinary { path } if path == expected));
        }
    }
}

#[test]
fn tests_are_skipped_only_where_the_server_is_missing_and_not_required() {
    let reason = "skipped: no kube-apiserver, run tests/envtest/build";
    assert!(succeeds("inner_asks", reason, &[]));
    assert!(succeeds("inner_asks", reason, &[("KUBEBUILDER_ASSETS", "")]));
    assert!(succeeds("inner_asks", "run", &[("KUBEBUILDER_ASSETS", "/somewhere")]));
    assert!(succeeds("inner_asks", "run", &[("KUBIST_REQUIRE_REAL", "1")]));
    assert!(!succeeds("inner_asks", "run", &[]), "the inner test compares");
}

#[test]
fn start_tells_what_is_missing() {
    assert!(succeeds("inner_starts", "", &[]));
    let empty = tempfile::tempdir().unwrap();
    let folder = [("KUBEBUILDER_ASSETS", empty.path().to_str().unwrap())];
    assert!(succeeds("inner_starts", "", &folder));
}
