//! Each entry of the corpus on the real kube-apiserver, where `KUBEBUILDER_ASSETS` names its binaries, and on the
//! embedded one: the definition is established without a warning, each value that must be accepted comes back equal,
//! each other one is refused with the field named.
//!
//! Without the binaries each test of the real half is skipped and says so, and a last line counts them. With
//! `KUBIST_REQUIRE_REAL=1`, as CI sets it, they fail instead.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod cluster;
mod install;
mod judge;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use kubist_corpus::{Entry, entries, refused};
use libtest_mimic::{Arguments, Failed, Trial};

use crate::cluster::Cluster;

/// An entry takes longer only when something hangs.
const DEADLINE: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let skip_reason = kubist_envtest::skip_reason();
    let embedded = Arc::new(Cluster::new(cluster::embedded));
    let real = Arc::new(Cluster::new(cluster::real));
    let mut trials = Vec::new();
    for entry in entries() {
        let (server, judged) = (Arc::clone(&embedded), entry.clone());
        trials.push(Trial::test(format!("embedded::{}", entry.kind()), move || run(&server, &judged)));
        let server = Arc::clone(&real);
        let trial = Trial::test(format!("real::{}", entry.kind()), move || run(&server, &entry));
        trials.push(match skip_reason {
            Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
            None => trial,
        });
    }
    for of in refused() {
        let server = Arc::clone(&real);
        let trial = Trial::test(format!("real::{}", of.kind), move || {
            let started = server.started()?;
            Ok(started.runtime.block_on(install::refused(&started.client, &of))?)
        });
        trials.push(match skip_reason {
            Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
            None => trial,
        });
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(reason) = skip_reason.filter(|_| conclusion.num_ignored > 0) {
        println!("{} {reason}", conclusion.num_ignored);
    }
    conclusion.exit_code()
}

fn run(cluster: &Cluster, entry: &Entry) -> Result<(), Failed> {
    let started = cluster.started()?;
    started.runtime.block_on(async {
        let judged = judge::judge(&started.client, entry, started.installed(entry.kind())?);
        tokio::time::timeout(DEADLINE, judged)
            .await
            .map_err(|_| Failed::from(format!("not done after {DEADLINE:?}")))?
            .map_err(|problems| Failed::from(problems.join("\n")))
    })
}
