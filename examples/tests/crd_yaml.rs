//! The example `crd_yaml`, run as a user runs it, and what it prints given to kubectl.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use kubist::crd::CustomResourceDefinition;
use kubist_examples::Cluster;

/// The program, beside the folder of this test.
fn example() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let path = program.parent().and_then(Path::parent).unwrap().join("examples/crd_yaml");
    assert!(
        path.is_file(),
        "`cargo test -p kubist-examples` builds the examples too; with `--test` it does not"
    );
    path
}

fn run(arguments: &[&str]) -> (bool, String, String) {
    text(&Command::new(example()).args(arguments).output().unwrap())
}

fn text(output: &Output) -> (bool, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).unwrap();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_file_that_was_written_passes_the_check_until_it_drifts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("crds.yaml");
    let file = file.to_str().unwrap();
    let (ok, _, stderr) = run(&["--check", file]);
    assert!(!ok && stderr.contains("crds.yaml: No such file"), "{stderr}");

    assert!(run(&["--write", file]).0);
    let written = std::fs::read_to_string(file).unwrap();
    assert_eq!(run(&[]), (true, written.clone(), String::new()));
    assert_eq!(run(&["--check", file]), (true, String::new(), String::new()));

    let drifted = written.replace("maximum: 100\n", "maximum: 99\n").replace("    - web\n", "");
    std::fs::write(file, drifted).unwrap();
    let (ok, _, stderr) = run(&["--check", file]);
    assert!(!ok);
    let lines: Vec<&str> =
        stderr.lines().filter(|line| line.contains(" - ") || line.contains(" + ")).collect();
    let number = |text: &str| written.lines().position(|line| line.contains(text)).unwrap() + 1;
    let (web, maximum) = (number("- web"), number("maximum"));
    let expected = [
        format!("{web:5} +     - web"),
        format!("{:5} -                 maximum: 99", maximum - 1),
        format!("{maximum:5} +                 maximum: 100"),
    ];
    assert_eq!(lines, expected, "{stderr}");
    assert!(stderr.ends_with(&format!("cargo run --example crd_yaml -- --write {file}\n")), "{stderr}");

    let (ok, _, stderr) = run(&["--chek"]);
    assert!(!ok && stderr.contains("`--write FILE` or `--check FILE`"), "{stderr}");
}

/// kubectl with the YAML as its input.
fn kubectl(kubeconfig: &Path, arguments: &[&str], yaml: &str) -> (bool, String, String) {
    let assets = PathBuf::from(std::env::var_os("KUBEBUILDER_ASSETS").unwrap());
    let mut child = Command::new(assets.join("kubectl"))
        .args(arguments)
        .env("KUBECONFIG", kubeconfig)
        .env("HOME", kubeconfig.parent().unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(yaml.as_bytes()).unwrap();
    text(&child.wait_with_output().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn kubectl_applies_what_is_printed_and_finds_nothing_to_change_later() {
    if let Some(reason) = kubist_envtest::skip_reason() {
        println!("{reason}");
        return;
    }
    let cluster = Cluster::real().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kubeconfig = folder.path().join("kubeconfig");
    std::fs::write(&kubeconfig, cluster.kubeconfig().unwrap()).unwrap();
    let (_, printed, _) = run(&[]);

    // Twice the same definition under two names are two documents.
    let both = printed.clone() + &printed.replace("ebsite", "eblog").replace("- web\n", "- blog\n");
    let (ok, stdout, stderr) = kubectl(&kubeconfig, &["apply", "-f", "-"], &both);
    assert!(ok && stderr.is_empty(), "{stderr}");
    assert_eq!(stdout.matches(" created").count(), 2, "{stdout}");
    let (_, stdout, stderr) = kubectl(&kubeconfig, &["apply", "-f", "-"], &both);
    assert_eq!((stdout.matches(" unchanged").count(), stderr.as_str()), (2, ""), "{stdout}");
    let (ok, stdout, stderr) = kubectl(&kubeconfig, &["diff", "-f", "-"], &both);
    assert!(ok, "{stdout}{stderr}");

    let definitions = cluster.client().cluster::<CustomResourceDefinition>();
    let stored = definitions.get("websites.example.com").await.unwrap();
    let annotations = stored.metadata.annotations.clone().unwrap();
    let bytes: usize = annotations.iter().map(|(key, value)| key.len() + value.len()).sum();
    let mut written: CustomResourceDefinition = stored;
    written.spec.conversion = None;
    written.metadata = Default::default();
    written.metadata.name = Some("websites.example.com".to_owned());
    assert_eq!(kubist::crd::to_yaml(std::slice::from_ref(&written)), printed);
    assert_eq!(kubist::crd::annotation_bytes(&written), bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_is_too_large_for_kubectl_exactly_from_the_limit_on() {
    if let Some(reason) = kubist_envtest::skip_reason() {
        println!("{reason}");
        return;
    }
    let cluster = Cluster::real().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kubeconfig = folder.path().join("kubeconfig");
    std::fs::write(&kubeconfig, cluster.kubeconfig().unwrap()).unwrap();
    let mut crd: CustomResourceDefinition = serde_json::from_value(serde_json::json!({
        "metadata": {"name": "larges.example.com", "annotations": {"owner": "<us> & \u{2028}"}},
        "spec": {
            "group": "example.com", "scope": "Cluster", "names": {"kind": "Large", "plural": "larges"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object", "description": "", "properties": {"a": {"type": "number", "maximum": 7.0}},
            }}}],
        },
    }))
    .unwrap();
    let apply = |crd: &CustomResourceDefinition| {
        kubectl(&kubeconfig, &["apply", "-f", "-"], &kubist::crd::to_yaml(std::slice::from_ref(crd)))
    };
    let describe = |crd: &mut CustomResourceDefinition, bytes: usize| {
        let schema = crd.spec.versions[0].schema.as_mut().unwrap().open_api_v3_schema.as_mut().unwrap();
        schema.description = Some("d".repeat(bytes));
    };
    let limit = kubist::crd::ANNOTATION_BYTES_MAX;
    let room = limit - kubist::crd::annotation_bytes(&crd);
    describe(&mut crd, room + 1);
    let (ok, _, stderr) = apply(&crd);
    assert!(!ok && stderr.contains(&limit.to_string()), "{stderr}");
    describe(&mut crd, room);
    let (ok, _, stderr) = apply(&crd);
    assert!(ok, "{stderr}");

    describe(&mut crd, room + 1);
    let shorter = kubist::crd::limit_descriptions(crd, 80);
    assert!(kubist::crd::annotation_bytes(&shorter) < 1000);
}
