//! Without the binaries a test skips and says so, or fails where they are required.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]
#![cfg(unix)]

use kubist_envtest::ControlPlane;
use kubist_envtest::EnvtestError;
use kubist_envtest::assets_or_skip;
use kubist_envtest::skipped_count;
use std::env;
use std::fs;
use std::process::Command;
use std::process::Output;

/// Runs one test of this file in a process of its own: the environment belongs to the process.
fn run(test: &str, variables: &[(&str, &str)]) -> Output {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--include-ignored"])
        .env_remove("KUBEBUILDER_ASSETS")
        .env_remove("KUBIST_REQUIRE_REAL")
        .env_remove("KUBIST_SKIP_LOG")
        .env("KUBIST_ENVTEST_INNER", "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn is_inner() -> bool {
    env::var_os("KUBIST_ENVTEST_INNER").is_some()
}

/// Run by the tests below.
#[test]
fn inner_asks_twice() {
    if !is_inner() {
        return;
    }
    assert_eq!(assets_or_skip(), None);
    assert_eq!(assets_or_skip(), None);
    assert_eq!(skipped_count(), 2);
}

/// Run by the tests below.
#[tokio::test]
async fn inner_starts() {
    if !is_inner() {
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
fn missing_server_skips_and_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("skipped");
    let output =
        run("inner_asks_twice", &[("KUBEBUILDER_ASSETS", ""), ("KUBIST_SKIP_LOG", log.to_str().unwrap())]);
    assert!(output.status.success());
    let line = "skipped: no kube-apiserver, run tests/envtest/build\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), line.repeat(2));
    assert_eq!(fs::read_to_string(log).unwrap(), "inner_asks_twice\n".repeat(2));
}

#[test]
fn missing_server_fails_where_it_is_required() {
    let output = run("inner_asks_twice", &[("KUBIST_REQUIRE_REAL", "1")]);
    assert!(!output.status.success());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("no kube-apiserver, run tests/envtest/build"), "{stderr}");
    assert!(!stderr.contains("skipped:"), "{stderr}");
}

#[test]
fn start_tells_what_is_missing() {
    assert!(run("inner_starts", &[]).status.success());
    let empty = tempfile::tempdir().unwrap();
    assert!(run("inner_starts", &[("KUBEBUILDER_ASSETS", empty.path().to_str().unwrap())]).status.success());
}
