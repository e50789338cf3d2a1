//! The servers and their files do not outlive a test process that is killed.

use kubist_envtest::ControlPlane;
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

const INNER: &str = "KUBIST_ENVTEST_INNER";

/// Whether this is the process that the test below kills.
pub(crate) fn is_inner() -> bool {
    env::var_os(INNER).is_some()
}

pub(crate) async fn start_and_stay() {
    let plane = ControlPlane::start().await.unwrap();
    let pids = format!("{} {}\n", plane.etcd_pid(), plane.apiserver_pid().unwrap());
    std::io::stdout().write_all(pids.as_bytes()).unwrap();
    pending::<()>().await;
}

/// A descriptor that becomes readable when the process has ended.
fn end_of(pid: &str) -> OwnedFd {
    let pid = Pid::from_raw(pid.parse().unwrap()).unwrap();
    pidfd_open(pid, PidfdFlags::empty()).unwrap()
}

pub(crate) async fn servers_end_when_the_test_process_is_killed() {
    let temporary = tempfile::tempdir().unwrap();
    let mut inner = Command::new(env::current_exe().unwrap())
        .env(INNER, "1")
        .env("TMPDIR", temporary.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let line = BufReader::new(inner.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let servers: Vec<_> = line.split(' ').map(end_of).collect();
    assert_eq!(servers.len(), 2);
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1);

    inner.kill().unwrap();
    inner.wait().unwrap();
    for server in servers {
        let deadline = Timespec { tv_sec: 30, tv_nsec: 0 };
        assert_eq!(poll(&mut [PollFd::new(&server, PollFlags::IN)], Some(&deadline)).unwrap(), 1);
    }
}
