//! The servers and their files do not outlive a test process that is killed.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]
#![cfg(target_os = "linux")]

use kubist_envtest::ControlPlane;
use kubist_envtest::assets_or_skip;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::Timespec;
use rustix::event::poll;
use rustix::process::Pid;
use rustix::process::PidfdFlags;
use rustix::process::pidfd_open;
use std::env;
use std::fs;
use std::future::pending;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::process::Command;
use std::process::Stdio;

/// Run by the test below, and killed by it.
#[tokio::test]
async fn inner_starts_and_stays() {
    if env::var_os("KUBIST_ENVTEST_INNER").is_none() {
        return;
    }
    let plane = ControlPlane::start().await.unwrap();
    let pids = format!("pids {} {}\n", plane.etcd_pid(), plane.apiserver_pid().unwrap());
    std::io::stdout().write_all(pids.as_bytes()).unwrap();
    pending::<()>().await;
}

/// A descriptor that becomes readable when the process has ended.
fn end_of(pid: &str) -> OwnedFd {
    let pid = Pid::from_raw(pid.parse().unwrap()).unwrap();
    pidfd_open(pid, PidfdFlags::empty()).unwrap()
}

#[test]
fn servers_end_when_the_test_process_is_killed() {
    if assets_or_skip().is_none() {
        return;
    }
    let temporary = tempfile::tempdir().unwrap();
    let mut inner = Command::new(env::current_exe().unwrap())
        .args(["--exact", "inner_starts_and_stays", "--nocapture"])
        .env("KUBIST_ENVTEST_INNER", "1")
        .env("TMPDIR", temporary.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(inner.stdout.take().unwrap()).lines().map(Result::unwrap);
    // The harness may have begun the line.
    let line = lines.find(|line| line.contains("pids ")).unwrap();
    let servers: Vec<_> = line.split_once("pids ").unwrap().1.split(' ').map(end_of).collect();
    assert_eq!(servers.len(), 2);
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1);

    inner.kill().unwrap();
    inner.wait().unwrap();
    for server in servers {
        let deadline = Timespec { tv_sec: 30, tv_nsec: 0 };
        assert_eq!(poll(&mut [PollFd::new(&server, PollFlags::IN)], Some(&deadline)).unwrap(), 1);
    }
}
