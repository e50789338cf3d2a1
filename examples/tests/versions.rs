//! The example `versions`, run as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, beside the folder of this test.
fn example() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.parent().and_then(Path::parent)?.join("examples/versions")).filter(|path| path.is_file())
}

fn run(arguments: &[&str]) -> String {
    let example = example().expect("`cargo test -p kubist-examples` builds the examples too");
    let Output { status, stdout, stderr } =
        Command::new(example).args(arguments).output().expect("it starts");
    let text = String::from_utf8_lossy(&stdout).into_owned();
    assert!(status.success(), "{text}{}", String::from_utf8_lossy(&stderr));
    text
}

#[test]
fn the_definition_and_the_converter_are_shown_without_a_real_server() {
    let text = run(&[]);
    assert!(text.contains("\n  safe      v1: the version is new\n"), "{text}");
    assert!(text.contains(r#""spec":{"bucket":"shop","folder":"front"}"#), "{text}");
    assert!(text.contains("run it with `--real`"), "{text}");
}

#[test]
fn the_upgrade_is_told_to_its_end_on_the_real_server() {
    if let Some(reason) = kubist_envtest::skip_reason() {
        println!("{reason}");
        return;
    }
    let text = run(&["--real"]);
    for line in [
        "front has bucket shop and folder Some(\"front\")",
        "from v1alpha1 to v1: `spec.source` does not begin with `gs://`",
        "v1alpha1 cannot leave websites.example.com yet: objects may be stored in it",
        "2 objects rewritten, 0 as before",
        "/blog has bucket blog\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}
