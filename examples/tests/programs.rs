//! The examples, run as a user runs them: on the embedded server, and on the real one where there is one.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, beside the folder of this test.
fn program(name: &str) -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    Some(test.parent().and_then(Path::parent)?.join("examples").join(name)).filter(|path| path.is_file())
}

fn run(name: &str, arguments: &[&str]) -> String {
    let program = program(name).expect("`cargo test -p kubist-examples` builds the examples too");
    let Output { status, stdout, stderr } =
        Command::new(program).args(arguments).output().expect("it starts");
    let text = String::from_utf8_lossy(&stdout).into_owned();
    assert!(status.success(), "{text}{}", String::from_utf8_lossy(&stderr));
    text
}

/// Nothing, and the reason is printed, where there is no real server.
fn run_on_the_real_server(name: &str) -> Option<String> {
    if let Some(reason) = kubist_envtest::skip_reason() {
        println!("{reason}");
        return None;
    }
    Some(run(name, &["--real"]))
}

fn contains(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

const APPLY: [&str; 3] = ["that is: ", "the owner: ", "5 replicas, whatever the owner applies from now on"];

#[test]
fn apply_is_told_to_its_end() {
    contains(&run("apply", &[]), &APPLY);
}

#[test]
fn apply_is_told_to_its_end_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("apply") {
        contains(&text, &APPLY);
    }
}

const DYNAMIC_YAML: [&str; 7] = [
    "apps/v1 Deployment is served as deployments.apps\n",
    "created apps/v1 Deployment \"default/front\" with 2 replicas\n",
    "listed  apps/v1 Deployment \"default/front\"\n",
    "typed   Some(\"web\")\n",
    "changed to 3 replicas\n",
    "image: registry.example.com/web:2",
    "deleted apps/v1 Deployment \"default/front\"\n",
];

#[test]
fn a_deployment_lives_from_a_file_to_its_end() {
    contains(&run("dynamic_yaml", &[]), &DYNAMIC_YAML);
}

#[test]
fn a_deployment_lives_from_a_file_to_its_end_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("dynamic_yaml") {
        contains(&text, &DYNAMIC_YAML);
    }
}

const DYNAMIC_CRD: [&str; 7] = [
    "applied apiextensions.k8s.io/v1 CustomResourceDefinition \"gardens.d.example.com\"\n",
    "applied d.example.com/v1 Garden \"default/front\"\n",
    "refused: create gardens.d.example.com \"default/side\": ",
    "added default/back",
    ", 7 trees\n",
    "deleted default/back",
    "left: d.example.com/v1 Garden \"default/front\"\n",
];

#[test]
fn a_custom_resource_needs_no_type() {
    contains(&run("dynamic_crd", &[]), &DYNAMIC_CRD);
}

#[test]
fn a_custom_resource_needs_no_type_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("dynamic_crd") {
        contains(&text, &DYNAMIC_CRD);
    }
}

const DISCOVERY: [&str; 7] = [
    "the server is v1.",
    "* pods                               v1                                 po all\n",
    "* deployments                        apps/v1                            deploy all\n",
    "* horizontalpodautoscalers           autoscaling/v2                     hpa all\n",
    "  horizontalpodautoscalers           autoscaling/v1                     hpa all\n",
    " resources preferred\n",
    "the second run is answered from the disk\n",
];

#[test]
fn what_is_served_is_asked_once_and_kept_on_disk() {
    contains(&run("discovery", &[]), &DISCOVERY);
}

#[test]
fn what_the_real_server_serves_is_asked_once_and_kept_on_disk() {
    if let Some(text) = run_on_the_real_server("discovery") {
        contains(&text, &DISCOVERY);
    }
}

const SCALE: [&str; 4] = [
    "by its type: 3\n",
    "as deploy: 4\n",
    "as deployments.apps: 5\n",
    "patch pods/scale \"front\": pods cannot be scaled: it has no scale subresource\n",
];

#[test]
fn a_deployment_is_scaled_by_its_type_and_by_its_name() {
    contains(&run("scale", &[]), &SCALE);
}

#[test]
fn a_deployment_is_scaled_by_its_type_and_by_its_name_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("scale") {
        contains(&text, &SCALE);
    }
}

const METADATA_ONLY: [&str; 4] = [
    "back       2 configmaps\n",
    "front      1 configmaps\nfront      3 deployments.apps\n",
    " bytes of metadata instead of ",
    " % saved\n",
];

#[test]
fn objects_are_counted_by_their_metadata_alone() {
    contains(&run("metadata_only", &[]), &METADATA_ONLY);
}

#[test]
fn objects_are_counted_by_their_metadata_alone_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("metadata_only") {
        contains(&text, &METADATA_ONLY);
    }
}

const REFUSALS: [&str; 4] = [
    "3 of them are of the volume orders",
    "more copies are made in a day than are kept",
    "exactly one of mail, channel must be set",
    "the value cannot be changed",
];

#[test]
fn what_the_types_cannot_hold_is_refused() {
    contains(&run("enums_and_validation", &[]), &REFUSALS);
}

#[test]
fn what_the_types_cannot_hold_is_refused_by_the_real_server() {
    if let Some(text) = run_on_the_real_server("enums_and_validation") {
        contains(&text, &REFUSALS);
    }
}

#[test]
fn the_versions_of_a_kind_and_its_converter_are_shown_without_a_real_server() {
    let shown = [
        "\n  safe      v1: the version is new\n",
        r#""spec":{"bucket":"shop","folder":"front"}"#,
        "run it with `--real`",
    ];
    contains(&run("versions", &[]), &shown);
}

#[test]
fn the_upgrade_to_another_version_is_told_to_its_end_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("versions") {
        let told = [
            "front has bucket shop and folder Some(\"front\")",
            "from v1alpha1 to v1: `spec.source` does not begin with `gs://`",
            "v1alpha1 cannot leave websites.example.com yet: objects may be stored in it",
            "2 objects rewritten, 0 as before",
            "/blog has bucket blog\n",
        ];
        contains(&text, &told);
    }
}

const NODES: [&str; 5] = [
    "GET /api/v1/nodes?limit=100\n    node-000\n",
    "    node-099\n",
    "\n    node-100\n",
    "    node-149\n",
    "\n150 nodes in 2 pages\n",
];

#[test]
fn nodes_are_listed_by_the_rest_client() {
    contains(&run("nodes_rest", &[]), &NODES);
}

#[test]
fn nodes_are_listed_by_the_rest_client_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("nodes_rest") {
        contains(&text, &NODES);
    }
}

const LISTED: [&str; 3] = [
    "pods in default:\n    api-0\n    api-1\n    api-2\n    api-3\n    api-4\n    api-5\n    api-6\n7 pods\n",
    "deployments in default:\n    back\n    cron\n    front\n    mail\n4 deployments\n",
    "daemon sets in default:\n    logs\n1 daemon sets\n",
];

#[test]
fn the_clientset_lists_three_kinds_of_a_namespace() {
    contains(&run("list_clientset", &[]), &LISTED);
}

#[test]
fn the_clientset_lists_three_kinds_of_a_namespace_on_the_real_server() {
    if let Some(text) = run_on_the_real_server("list_clientset") {
        contains(&text, &LISTED);
    }
}

#[test]
fn what_an_example_does_not_understand_it_says() {
    let program = program("nodes_rest").expect("it is built");
    let Output { status, stderr, .. } = Command::new(program).arg("--reel").output().expect("it starts");
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert!(!status.success() && said.contains("--kubeconfig FILE"), "{said}");
}

/// A kubeconfig with two contexts, the second of which is of this server.
fn kubeconfig(folder: &Path, server: &str) -> PathBuf {
    let path = folder.join("config");
    let text = format!(
        "{{current-context: other, \
         clusters: [{{name: other, cluster: {{server: 'http://127.0.0.1:1'}}}}, {{name: mine, cluster: {{server: '{server}'}}}}], \
         contexts: [{{name: other, context: {{cluster: other}}}}, {{name: mine, context: {{cluster: mine, namespace: shop}}}}]}}"
    );
    std::fs::write(&path, text).expect("it can be written");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn an_example_runs_on_the_context_and_in_the_namespace_that_is_named() {
    let server = kubist_apiserver::ApiServer::start().await.expect("it starts");
    let folder = tempfile::tempdir().expect("there is room");
    let file = kubeconfig(folder.path(), &server.url());
    let file = file.to_str().expect("it is text");
    let text = run("list_clientset", &["--kubeconfig", file, "--context", "mine"]);
    contains(&text, &["pods in shop:\n0 pods\n"]);
    let text =
        run("list_clientset", &["--kubeconfig", file, "--context", "mine", "--namespace", "kube-system"]);
    contains(&text, &["daemon sets in kube-system:\n0 daemon sets\n"]);
}

#[cfg(unix)]
#[test]
fn an_example_that_waits_is_ended_by_ctrl_c() {
    use rustix::process::{Pid, Signal, kill_process};

    // It takes connections and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let folder = tempfile::tempdir().expect("there is room");
    let file = kubeconfig(folder.path(), &format!("http://{}", silent.local_addr().expect("it has one")));
    let child = Command::new(program("nodes_rest").expect("it is built"))
        .args(["--kubeconfig", file.to_str().expect("it is text"), "--context", "mine"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let (_connection, _) = silent.accept().expect("it asks");
    let id = Pid::from_raw(child.id().try_into().expect("it is a process")).expect("it is a process");
    kill_process(id, Signal::INT).expect("it is there");
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    assert!(status.success(), "{status}");
    assert_eq!(String::from_utf8_lossy(&stdout), "GET /api/v1/nodes?limit=100\n");
    assert_eq!(String::from_utf8_lossy(&stderr), "interrupted\n");
}
