//! The program: its arguments, what it prints, and that it leaves nothing behind.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::env;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};

/// Ends the program also when the test fails.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // Errors mean that it has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Program {
    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.0.id()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    fn ended_well(mut self) -> bool {
        self.0.wait().unwrap().success()
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubist-apiserver"));
    command.args(arguments);
    command
}

/// Runs the program until it ends by itself.
fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Starts the program; the lines that it prints.
fn start(arguments: &[&str]) -> (Program, Vec<String>) {
    let mut child = command(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = Vec::new();
    while said.last().is_none_or(|line: &String| !line.contains("Ctrl-C")) {
        said.push(lines.next().unwrap_or_else(|| panic!("it ended by itself after {said:?}")));
    }
    (Program(child), said)
}

fn after<'a>(said: &'a [String], word: &str) -> &'a str {
    said.iter()
        .find_map(|line| line.strip_prefix(word))
        .unwrap_or_else(|| panic!("no {word} in {said:?}"))
        .trim()
}

/// The kubectl beside the real server's binaries, or the first one in `PATH`.
fn find_kubectl() -> Option<PathBuf> {
    let assets = env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    assets.into_iter().chain(env::split_paths(&path)).map(|at| at.join("kubectl")).find(|file| file.is_file())
}

#[test]
fn both_signals_end_it_and_remove_the_kubeconfig() {
    for signal in [Signal::INT, Signal::TERM] {
        let (program, said) = start(&["--tls"]);
        let url = after(&said, "listening on");
        assert!(url.starts_with("https://127.0.0.1:"));
        let kubeconfig = Path::new(after(&said, "kubeconfig"));
        assert!(std::fs::read_to_string(kubeconfig).unwrap().contains(url));
        assert_eq!(kubeconfig.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        program.signal(signal);
        assert!(program.ended_well());
        assert!(!kubeconfig.exists());
    }
}

#[test]
fn the_kubeconfig_goes_where_the_user_says_but_over_nothing_of_others() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("named-{}", std::process::id()));
    let name = path.to_str().unwrap();
    let (program, said) = start(&["--kubeconfig", name, "--token=secret"]);
    assert_eq!(Path::new(after(&said, "kubeconfig")), path);
    assert!(std::fs::read_to_string(&path).unwrap().contains("secret"));
    // One that is killed leaves its file; the next may replace it.
    drop(program);
    let (program, _said) = start(&["--kubeconfig", name]);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("secret"));
    program.signal(Signal::TERM);
    assert!(program.ended_well());
    assert!(!path.exists());

    std::fs::write(&path, "apiVersion: v1\n").unwrap();
    let refused = run(&["--kubeconfig", name]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("there is another file"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "apiVersion: v1\n");
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn arguments_that_it_does_not_know_are_refused() {
    for bad in [
        vec!["--nonsense"],
        vec!["serve"],
        vec!["--port"],
        vec!["--port", "many"],
        vec!["--port=70000"],
        vec!["--tls=yes"],
        vec!["--token="],
        vec!["--kubeconfig"],
    ] {
        let output = run(&bad);
        assert_eq!(output.status.code(), Some(2), "{bad:?}");
        assert!(text(&output.stderr).contains("usage: kubist-apiserver"), "{bad:?}");
    }
}

#[test]
fn help_names_every_argument() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let told = text(&help.stdout);
    for argument in ["--tls", "--token", "--port", "--kubeconfig", "--no-garbage-collection", "--version"] {
        assert!(told.contains(&format!("  {argument}")), "{argument}: {told}");
    }
    assert!(text(&run(&["--version"]).stdout).starts_with("kubist-apiserver "));
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let (_program, said) = start(&[]);
    let port = after(&said, "listening on").rsplit(':').next().unwrap();
    let output = run(&["--port", port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("kubist-apiserver: "));
}

#[test]
fn the_printed_kubectl_command_works_as_it_stands() {
    let Some(kubectl) = find_kubectl() else {
        assert!(env::var_os("KUBIST_REQUIRE_REAL").is_none_or(|value| value != "1"), "there is no kubectl");
        println!("skipped: no kubectl, run tests/envtest/build");
        return;
    };
    let (_program, said) = start(&["--tls", "--token", "let-me-in"]);
    let words: Vec<&str> = after(&said, "try").split(' ').collect();
    assert_eq!(words[..2], ["kubectl", "--kubeconfig"]);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&kubectl);
        command.args(arguments).env("HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("KUBECONFIG");
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(run(&words[1..]).contains("kube-system"));

    let with = |arguments: &[&'static str]| [&words[1..3], arguments].concat();
    run(&with(&["create", "configmap", "made", "--from-literal=a=b"]));
    assert_eq!(run(&with(&["get", "configmaps", "-o", "name"])), "configmap/made\n");
    run(&with(&["delete", "configmap", "made"]));
    assert_eq!(run(&with(&["get", "configmaps", "-o", "name"])), "");
}
