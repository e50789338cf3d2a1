//! The control plane serves, forgets and ends as promised.

use crate::kubeconfig::oracle;
use http::Method;
use kubist_envtest::ControlPlane;
use kubist_envtest::EnvtestError;
use kubist_envtest::Options;
use kubist_envtest::Oracle;
use serde_json::Value;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;
use tokio::time::timeout;

const CONFIG_MAPS: &str = "/api/v1/namespaces/default/configmaps";

async fn create_config_map(admin: &Oracle, name: &str) -> String {
    let body = format!(r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"{name}"}}}}"#);
    let created = admin.request(Method::POST, CONFIG_MAPS, Some(&body)).await.unwrap();
    assert_eq!(created.status, 201, "{}", created.body);
    resource_version(&created.body)
}

fn resource_version(body: &str) -> String {
    let object: Value = serde_json::from_str(body).unwrap();
    object["metadata"]["resourceVersion"].as_str().unwrap().to_owned()
}

/// The code of the answer to a watch: an expired one is told inside a stream that begins with 200.
async fn watch_code(admin: &Oracle, resource_version: &str) -> u64 {
    let path = format!("{CONFIG_MAPS}?watch=true&timeoutSeconds=1&resourceVersion={resource_version}");
    let answer = admin.get(&path).await.unwrap();
    match answer.body.lines().next() {
        Some(line) => {
            let event: Value = serde_json::from_str(line).unwrap();
            event["object"]["code"].as_u64().unwrap_or(200)
        }
        None => u64::from(answer.status.as_u16()),
    }
}

async fn exact_list_code(admin: &Oracle, resource_version: &str) -> u64 {
    let path = format!("{CONFIG_MAPS}?resourceVersion={resource_version}&resourceVersionMatch=Exact");
    u64::from(admin.get(&path).await.unwrap().status.as_u16())
}

fn proc_entry(pid: u32) -> PathBuf {
    PathBuf::from(format!("/proc/{pid}"))
}

pub(crate) async fn every_kubeconfig_works_for_its_user() {
    let plane = ControlPlane::start().await.unwrap();
    for kubeconfig in [plane.kubeconfig_token(), plane.kubeconfig_client_certificate()] {
        let admin = oracle(kubeconfig);
        let version = admin.get("/version").await.unwrap();
        assert_eq!(version.status, 200);
        assert!(version.body.contains(r#""gitVersion": "v1.37.2""#), "{}", version.body);
        let namespaces = admin.get("/api/v1/namespaces").await.unwrap();
        assert_eq!(namespaces.status, 200);
        assert!(namespaces.body.contains(r#""name":"default""#), "{}", namespaces.body);
        let user = r#"{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}"#;
        let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
        let review = admin.request(Method::POST, path, Some(user)).await.unwrap();
        assert!(
            review.body.contains(r#""username":"admin""#) && review.body.contains("system:masters"),
            "{}",
            review.body
        );
    }

    let somebody = plane.kubeconfig_for("alice: \"a\"", Some("readers")).unwrap();
    for (kubeconfig, user) in [(plane.kubeconfig_nobody(), "nobody"), (&somebody, r#"alice: \\\"a\\\""#)] {
        let answer = oracle(kubeconfig).get("/api/v1/namespaces").await.unwrap();
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains(&format!(r#"User \"{user}\" cannot list"#)), "{}", answer.body);
    }

    let binding = r#"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding",
        "metadata":{"name":"readers"},
        "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
        "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"readers"}]}"#;
    let path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    let bound = plane.admin().request(Method::POST, path, Some(binding)).await.unwrap();
    assert_eq!(bound.status, 201, "{}", bound.body);
    let somebody = oracle(&somebody);
    // The authorizer learns of a binding through a watch of its own.
    let allowed = async { while somebody.get(CONFIG_MAPS).await.unwrap().status == 403 {} };
    timeout(Duration::from_secs(30), allowed).await.unwrap();
    assert_eq!(somebody.get(CONFIG_MAPS).await.unwrap().status, 200);
}

pub(crate) async fn restart_keeps_the_data_and_the_address() {
    let mut plane = ControlPlane::start().await.unwrap();
    let url = plane.url().to_owned();
    let first_pid = plane.apiserver_pid().unwrap();
    create_config_map(plane.admin(), "kept").await;

    plane.restart_apiserver().await.unwrap();
    assert_eq!(plane.url(), url);
    assert!(!proc_entry(first_pid).exists());
    let kept = plane.admin().get(&format!("{CONFIG_MAPS}/kept")).await.unwrap();
    assert_eq!(kept.status, 200);

    plane.kill_apiserver().unwrap();
    assert!(matches!(plane.admin().get("/version").await, Err(EnvtestError::Request { .. })));
    assert!(matches!(plane.stop_apiserver().await, Err(EnvtestError::WrongState { state: "stopped" })));
    plane.start_apiserver().await.unwrap();
    assert!(matches!(plane.start_apiserver().await, Err(EnvtestError::WrongState { state: "running" })));
    let kept = oracle(plane.kubeconfig_token()).get(&format!("{CONFIG_MAPS}/kept")).await.unwrap();
    assert_eq!(kept.status, 200);
}

/// True when somebody watches the pod templates of one namespace, which no part of the server does by itself.
async fn is_watching_pod_templates(admin: &Oracle) -> bool {
    let metrics = admin.get("/metrics").await.unwrap().body;
    metrics.lines().any(|line| {
        line.starts_with("apiserver_longrunning_requests{")
            && [r#"resource="podtemplates""#, r#"scope="namespace""#, r#"verb="WATCH""#]
                .iter()
                .all(|label| line.contains(label))
            && line.ends_with("} 1")
    })
}

pub(crate) async fn stopping_ends_watches_cleanly() {
    let mut plane = ControlPlane::start().await.unwrap();
    let watcher = oracle(plane.kubeconfig_token());
    let stopped = async {
        while !is_watching_pod_templates(plane.admin()).await {}
        plane.stop_apiserver().await.unwrap();
    };
    let path = "/api/v1/namespaces/default/podtemplates?watch=true";
    // A server that had to be killed would leave the answer without an end.
    let (answer, ()) = tokio::join!(watcher.get(path), stopped);
    assert_eq!(answer.unwrap().status, 200);
}

pub(crate) async fn old_resource_versions_expire_on_demand() {
    let mut plane = ControlPlane::start().await.unwrap();
    let first = create_config_map(plane.admin(), "first").await;
    create_config_map(plane.admin(), "second").await;
    let page = plane.admin().get(&format!("{CONFIG_MAPS}?limit=1")).await.unwrap();
    let page: Value = serde_json::from_str(&page.body).unwrap();
    let next = format!("{CONFIG_MAPS}?limit=1&continue={}", page["metadata"]["continue"].as_str().unwrap());
    create_config_map(plane.admin(), "third").await;

    // The watch cache does not ask etcd.
    plane.compact().await.unwrap();
    assert_eq!(watch_code(plane.admin(), &first).await, 200);

    plane.expire_resource_versions().await.unwrap();
    assert_eq!(watch_code(plane.admin(), &first).await, 410);
    assert_eq!(exact_list_code(plane.admin(), &first).await, 410);
    assert_eq!(plane.admin().get(&next).await.unwrap().status, 410);
    let list = plane.admin().get(CONFIG_MAPS).await.unwrap();
    assert_eq!(watch_code(plane.admin(), &resource_version(&list.body)).await, 200);
}

pub(crate) async fn compaction_alone_expires_without_watch_cache() {
    let plane = ControlPlane::start_with(Options::default().without_watch_cache()).await.unwrap();
    let first = create_config_map(plane.admin(), "first").await;
    create_config_map(plane.admin(), "second").await;
    assert_eq!(watch_code(plane.admin(), &first).await, 200);
    assert_eq!(exact_list_code(plane.admin(), &first).await, 200);

    plane.compact().await.unwrap();
    assert_eq!(watch_code(plane.admin(), &first).await, 410);
    assert_eq!(exact_list_code(plane.admin(), &first).await, 410);
}

pub(crate) async fn drop_ends_both_processes() {
    let plane = ControlPlane::start().await.unwrap();
    let pids = [plane.etcd_pid(), plane.apiserver_pid().unwrap()];
    assert!(pids.iter().all(|pid| proc_entry(*pid).exists()));
    drop(plane);
    assert!(!pids.iter().any(|pid| proc_entry(*pid).exists()));
}

pub(crate) async fn panic_ends_both_processes() {
    let (tell, told) = std::sync::mpsc::channel();
    #[expect(clippy::disallowed_methods, reason = "the panic must end a thread, and not the test")]
    let panicked = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let plane = ControlPlane::start().await.unwrap();
            tell.send([plane.etcd_pid(), plane.apiserver_pid().unwrap()]).unwrap();
            panic!("this panic is part of the test");
        });
    });
    assert!(panicked.join().is_err());
    assert!(!told.recv().unwrap().iter().any(|pid| proc_entry(*pid).exists()));
}

pub(crate) async fn failed_start_shows_the_end_of_the_log() {
    let options = Options::default().apiserver_arg("--no-such-flag");
    let error = ControlPlane::start_with(options).await.unwrap_err();
    assert!(matches!(error, EnvtestError::Exited { name: "kube-apiserver", .. }));
    assert!(error.to_string().contains("unknown flag: --no-such-flag"), "{error}");
}
