//! The program: its arguments, its kubeconfig, its end.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kubist-apiserver"))
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// A running server, its kubeconfig, and its URL.
fn start(arguments: &[&str]) -> (Child, PathBuf, String) {
    let mut child = program().args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let lines: Vec<String> =
        BufReader::new(child.stdout.as_mut().unwrap()).lines().take(4).map(Result::unwrap).collect();
    let url = lines[0].strip_prefix("listening on ").unwrap().to_owned();
    let path = lines[1].strip_prefix("kubeconfig   ").unwrap().to_owned();
    assert_eq!(lines[2], format!("try          kubectl --kubeconfig {path} get namespaces"));
    (child, PathBuf::from(path), url)
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn own_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.kubeconfig", std::process::id()))
}

#[test]
fn both_signals_end_it_and_remove_the_kubeconfig() {
    for name in ["INT", "TERM"] {
        let (mut child, path, url) = start(&[]);
        let kubeconfig = std::fs::read_to_string(&path).unwrap();
        assert!(kubeconfig.contains(&url), "{kubeconfig}");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        signal(&child, name);
        assert!(child.wait().unwrap().success());
        assert!(!path.exists());
    }
}

#[test]
fn the_kubeconfig_goes_where_the_user_says_but_over_nothing_of_others() {
    let path = own_path("named");
    let text = path.to_str().unwrap();
    let (mut child, told, _url) = start(&["--kubeconfig", text, "--token=secret"]);
    assert_eq!(told, path);
    assert!(std::fs::read_to_string(&path).unwrap().contains("secret"));
    // One that was killed leaves its file; the next may replace it.
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, _told, _url) = start(&["--kubeconfig", text]);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("secret"));
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
    assert!(!path.exists());

    std::fs::write(&path, "apiVersion: v1\n").unwrap();
    let refused = run(&["--kubeconfig", text]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is another file"));
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
        assert!(String::from_utf8_lossy(&output.stderr).contains("usage: kubist-apiserver"), "{bad:?}");
    }
}

#[test]
fn help_names_every_argument() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8_lossy(&help.stdout).into_owned();
    for argument in ["--tls", "--token", "--port", "--kubeconfig", "--no-garbage-collection", "--version"] {
        assert!(text.contains(&format!("  {argument}")), "{argument}: {text}");
    }
    assert!(run(&["--version"]).stdout.starts_with(b"kubist-apiserver "));
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let (mut child, _path, url) = start(&[]);
    let port = url.rsplit(':').next().unwrap();
    let output = run(&["--port", port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("kubist-apiserver: "));
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}
