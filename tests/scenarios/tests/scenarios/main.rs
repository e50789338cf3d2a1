//! Every scenario below `cases/` as a test of its own: see the README. One more runs client-go's informers.

mod client_go;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use kubist_scenarios::{Servers, collect};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Scenarios wait for servers more than they work.
    arguments.test_threads.get_or_insert(8);
    let scenarios = match collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")) {
        Ok(scenarios) => scenarios,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let servers = Arc::new(Servers::from_env());
    let mut trials = Vec::new();
    for scenario in scenarios {
        let skipped = servers.skip_kubectl().filter(|_| scenario.needs_kubectl());
        let servers = Arc::clone(&servers);
        let trial = Trial::test(scenario.name(), move || servers.check(&scenario).map_err(Failed::from));
        trials.push(match skipped {
            Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
            None => trial,
        });
    }
    let trial = Trial::test("client_go::informers_sync_follow_and_survive", || {
        client_go::informers_sync_follow_and_survive().map_err(Failed::from)
    });
    trials.push(match client_go::skip_reason() {
        Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
        None => trial,
    });
    let conclusion = libtest_mimic::run(&arguments, trials);
    if conclusion.num_ignored > 0 {
        let reasons = [servers.skip_kubectl(), client_go::skip_reason()];
        let reasons: Vec<&str> = reasons.into_iter().flatten().collect();
        println!("{} {}", conclusion.num_ignored, reasons.join("; "));
    }
    if let Some(reason) = servers.skip_reason().filter(|_| servers.uncompared() > 0) {
        println!("{} compared with nothing, {reason}", servers.uncompared());
    }
    conclusion.exit_code()
}
