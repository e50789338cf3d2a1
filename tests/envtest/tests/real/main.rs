//! The real servers: each test is skipped where there are none, says so, and a last line counts them.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

mod control_plane;
mod facts;
#[cfg(target_os = "linux")]
mod killed;
mod kubeconfig;

use libtest_mimic::Arguments;
use libtest_mimic::Failed;
use libtest_mimic::Trial;
use std::process::ExitCode;
use tokio::runtime::Builder;
use tokio::runtime::Runtime;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// `module::test` as a trial.
macro_rules! trials {
    ($($(#[$cfg:meta])? $module:ident :: $name:ident),+ $(,)?) => {
        vec![$($(#[$cfg])? Trial::test(
            concat!(stringify!($module), "::", stringify!($name)),
            || { runtime().block_on($module::$name()); Ok::<_, Failed>(()) },
        )),+]
    };
}

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if killed::is_inner() {
        runtime().block_on(killed::start_and_stay());
    }
    let trials = trials![
        control_plane::every_kubeconfig_works_for_its_user,
        control_plane::restart_keeps_the_data_and_the_address,
        control_plane::stopping_ends_watches_cleanly,
        control_plane::old_resource_versions_expire_on_demand,
        control_plane::compaction_alone_expires_without_watch_cache,
        control_plane::drop_ends_both_processes,
        control_plane::panic_ends_both_processes,
        control_plane::failed_start_shows_the_end_of_the_log,
        facts::the_data_of_the_embedded_server_is_what_the_generator_says,
        #[cfg(target_os = "linux")]
        killed::servers_end_when_the_test_process_is_killed,
    ];
    let Some(reason) = kubist_envtest::skip_reason() else {
        return libtest_mimic::run(&Arguments::from_args(), trials).exit_code();
    };
    let skipped = trials.into_iter().map(|trial| trial.with_kind(reason).with_ignored_flag(true)).collect();
    let conclusion = libtest_mimic::run(&Arguments::from_args(), skipped);
    if conclusion.num_ignored > 0 {
        println!("{} {reason}", conclusion.num_ignored);
    }
    conclusion.exit_code()
}
