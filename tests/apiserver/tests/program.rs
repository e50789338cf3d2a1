//! The program: what it prints is enough for kubectl, and Ctrl-C leaves nothing behind.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

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

/// Starts the program; the lines that it prints.
fn start() -> (Program, Vec<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kubist-apiserver"))
        .args(["--tls", "--token", "let-me-in"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
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
fn the_printed_kubeconfig_is_there_until_ctrl_c() {
    let (mut program, said) = start();
    assert!(after(&said, "listening on").starts_with("https://127.0.0.1:"));
    let kubeconfig = Path::new(after(&said, "kubeconfig"));
    assert!(kubeconfig.is_file());
    let id = i32::try_from(program.0.id()).unwrap();
    kill_process(Pid::from_raw(id).unwrap(), Signal::INT).unwrap();
    assert!(program.0.wait().unwrap().success());
    assert!(!kubeconfig.exists());
}

#[test]
fn the_printed_kubectl_command_works_as_it_stands() {
    let Some(kubectl) = find_kubectl() else {
        assert!(env::var_os("KUBIST_REQUIRE_REAL").is_none_or(|value| value != "1"), "there is no kubectl");
        println!("skipped: no kubectl, run tests/envtest/build");
        return;
    };
    let (_program, said) = start();
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
