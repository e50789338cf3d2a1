//! What only some built-in kinds have.

use std::time::Duration;

use k8s_openapi::api::authentication::v1::{TokenRequest, TokenRequestSpec};
use k8s_openapi::api::certificates::v1::CertificateSigningRequest;
use k8s_openapi::api::core::v1::{Namespace, Pod, ServiceAccount};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use kubist::Api;
use kubist::api::Patch;
use kubist::rest::{DeleteParams, WriteParams};
use serde_json::{Value, json};

use crate::cluster::Cluster;

fn object<K: serde::de::DeserializeOwned>(object: Value) -> K {
    serde_json::from_value(object).unwrap()
}

async fn pod(pods: &Api<Pod>, name: &str) -> Pod {
    let pod = json!({
        "metadata": {"name": name, "labels": {"app": "front"}},
        "spec": {"containers": [{
            "name": "main", "image": "main",
            "resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": "200m"}},
        }]},
    });
    pods.create(&object(pod)).await.unwrap()
}

pub(crate) async fn a_pod_is_bound_once(cluster: Cluster) {
    let pods = cluster.client.core_v1().pods(&cluster.namespace().await);
    pod(&pods, "a").await;
    pods.bind_with("a", "node-1", &WriteParams::default().dry_run()).await.unwrap();
    assert_eq!(pods.get("a").await.unwrap().spec.unwrap().node_name, None);
    pods.bind("a", "node-1").await.unwrap();
    assert_eq!(pods.get("a").await.unwrap().spec.unwrap().node_name.as_deref(), Some("node-1"));
    let error = pods.bind("a", "node-2").await.unwrap_err();
    assert!(error.is_conflict() && error.to_string().starts_with("bind pods/binding"), "{error:#}");
}

pub(crate) async fn an_eviction_is_a_delete_that_a_budget_can_refuse(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let pods = cluster.client.core_v1().pods(&namespace);
    pod(&pods, "a").await;
    let other = DeleteParams::default().uid("other");
    assert!(pods.evict_with("a", &other).await.unwrap_err().is_conflict());
    pods.evict_with("a", &DeleteParams::default().dry_run()).await.unwrap();
    assert!(pods.get_opt("a").await.unwrap().is_some());
    pods.evict_with("a", &DeleteParams::default().grace_period_seconds(0)).await.unwrap();
    assert!(pods.get_opt("a").await.unwrap().is_none());
    assert!(pods.evict("a").await.unwrap_err().is_not_found());

    // A pod that runs, and a budget that nobody has counted yet.
    pod(&pods, "b").await;
    let running = json!({"status": {
        "phase": "Running",
        "conditions": [{"type": "Ready", "status": "True"}],
    }});
    pods.patch_status("b", &Patch::Strategic(running)).await.unwrap();
    let budget: PodDisruptionBudget = object(json!({
        "metadata": {"name": "front"},
        "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "front"}}},
    }));
    cluster.client.policy_v1().pod_disruption_budgets(&namespace).create(&budget).await.unwrap();
    let refused = tokio::time::timeout(Duration::from_secs(5), pods.evict("b")).await;
    let error = refused.expect("it is told at once").unwrap_err();
    assert!(error.is_too_many_requests(), "{error:?}");
    assert!(pods.get_opt("b").await.unwrap().is_some());
}

pub(crate) async fn ephemeral_containers_and_resources_are_changed_apart(cluster: Cluster) {
    let pods = cluster.client.core_v1().pods(&cluster.namespace().await);
    pod(&pods, "a").await;
    let params = WriteParams::default();
    let container = |name: &str| json!({"name": name, "image": "debug"});
    let patch = Patch::Strategic(json!({"spec": {"ephemeralContainers": [container("one")]}}));
    let stored = pods.patch_ephemeral_containers("a", &patch, &params).await.unwrap();
    let mut next = stored.clone();
    let spec = next.spec.as_mut().unwrap();
    spec.ephemeral_containers.as_mut().unwrap().push(object(container("two")));
    spec.termination_grace_period_seconds = Some(77);
    let dry = pods.replace_ephemeral_containers(&next, &WriteParams::default().dry_run()).await.unwrap();
    assert_eq!(dry.spec.unwrap().ephemeral_containers.unwrap().len(), 2);
    let stored = pods.replace_ephemeral_containers(&next, &params).await.unwrap().spec.unwrap();
    let names: Vec<_> = stored.ephemeral_containers.unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["one", "two"]);
    assert_ne!(stored.termination_grace_period_seconds, Some(77), "nothing else is written");

    let more =
        json!({"spec": {"containers": [{"name": "main", "resources": {"requests": {"cpu": "150m"}}}]}});
    let resized = pods.patch_resize("a", &Patch::Strategic(more), &params).await.unwrap();
    let cpu = |pod: &Pod| {
        let container = &pod.spec.as_ref().unwrap().containers[0];
        container.resources.as_ref().unwrap().requests.as_ref().unwrap()["cpu"].0.clone()
    };
    assert_eq!(cpu(&resized), "150m");
    let mut less = resized;
    let container = &mut less.spec.as_mut().unwrap().containers[0];
    let requests = container.resources.as_mut().unwrap().requests.as_mut().unwrap();
    requests.get_mut("cpu").unwrap().0 = "50m".to_owned();
    assert_eq!(cpu(&pods.replace_resize(&less, &params).await.unwrap()), "50m");
}

pub(crate) async fn a_service_account_gets_a_token(cluster: Cluster) {
    let accounts = cluster.client.core_v1().service_accounts(&cluster.namespace().await);
    let account: ServiceAccount = object(json!({"metadata": {"name": "builder"}}));
    accounts.create(&account).await.unwrap();
    let wanted = TokenRequestSpec { expiration_seconds: Some(3600), ..TokenRequestSpec::default() };
    let answer = accounts.create_token("builder", &wanted).await.unwrap();
    assert_eq!(answer.status.unwrap().token.unwrap().split('.').count(), 3, "a signed token");
    // The same by the name of the subresource.
    let wanted = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": wanted});
    let dry = WriteParams::default().dry_run();
    let answer: TokenRequest =
        accounts.create_subresource_with("builder", "token", &wanted, &dry).await.unwrap();
    assert!(answer.status.is_some());
    assert!(accounts.create_token("absent", &TokenRequestSpec::default()).await.unwrap_err().is_not_found());
}

pub(crate) async fn a_signing_request_is_approved_or_denied(cluster: Cluster) {
    let requests = cluster.client.certificates_v1().certificate_signing_requests();
    let key = rcgen::KeyPair::generate().unwrap();
    let pem =
        rcgen::CertificateParams::new(Vec::new()).unwrap().serialize_request(&key).unwrap().pem().unwrap();
    let make = || async {
        let request: CertificateSigningRequest = object(json!({
            "metadata": {"generateName": "it-"},
            "spec": {
                "request": k8s_openapi::ByteString(pem.clone().into_bytes()),
                "signerName": "example.com/test",
                "usages": ["client auth"],
            },
        }));
        requests.create(&request).await.unwrap().metadata.name.unwrap()
    };
    let verdicts = |request: CertificateSigningRequest| -> Vec<String> {
        let conditions = request.status.and_then(|status| status.conditions).unwrap_or_default();
        conditions
            .into_iter()
            .map(|condition| format!("{}: {:?}", condition.type_, condition.reason))
            .collect()
    };
    let good = make().await;
    let approved = requests.approve(&good, "Looked", "it looks good").await.unwrap();
    assert_eq!(verdicts(approved), ["Approved: Some(\"Looked\")"]);
    assert!(requests.deny(&good, "Late", "too late").await.is_err(), "a verdict is final");
    let bad = make().await;
    assert_eq!(verdicts(requests.deny(&bad, "Bad", "no").await.unwrap()), ["Denied: Some(\"Bad\")"]);

    let by_hand = make().await;
    let mut request = requests.get(&by_hand).await.unwrap();
    request.status = Some(object(json!({"conditions": [
        {"type": "Approved", "status": "True", "reason": "ByHand", "message": "so"},
    ]})));
    let dry = WriteParams::default().dry_run();
    let dried = requests.replace_approval(&request, &dry).await.unwrap();
    assert_eq!(verdicts(dried).len(), 1);
    assert_eq!(verdicts(requests.get(&by_hand).await.unwrap()).len(), 0);
    let stored = requests.replace_approval(&request, &WriteParams::default()).await.unwrap();
    assert_eq!(verdicts(stored), ["Approved: Some(\"ByHand\")"]);
    for name in [good, bad, by_hand] {
        requests.delete(&name).await.unwrap();
    }
}

pub(crate) async fn a_namespace_is_finalized(cluster: Cluster) {
    let spaces = cluster.client.core_v1().namespaces();
    let space: Namespace = object(json!({"metadata": {"generateName": "it-"}}));
    let mut space = spaces.create(&space).await.unwrap();
    let finalizers = |space: &Namespace| space.spec.as_ref().and_then(|spec| spec.finalizers.clone());
    assert_eq!(finalizers(&space), Some(vec!["kubernetes".to_owned()]));
    space.spec.as_mut().unwrap().finalizers = None;
    let stored = spaces.finalize(&space, &WriteParams::default()).await.unwrap();
    assert_eq!(finalizers(&stored).unwrap_or_default(), Vec::<String>::new());
}
