//! What is filled in, over whole objects.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::builtin::kinds;

fn kind(api_version: &str, plural: &str) -> Arc<Kind> {
    let mut all = kinds::all().iter();
    Arc::clone(all.find(|kind| kind.api_version() == api_version && kind.plural == plural).unwrap())
}

fn filled(api_version: &str, plural: &str, mut object: Value) -> Value {
    fill(&kind(api_version, plural), &mut object);
    object
}

/// The API group, plural and content of something small of many kinds.
fn samples() -> Vec<(&'static str, &'static str, Value)> {
    let template =
        json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}});
    let workload = json!({"spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template}});
    vec![
        ("v1", "pods", json!({"spec": template["spec"]})),
        ("v1", "services", json!({"spec": {"type": "LoadBalancer", "ports": [{"port": 80}]}})),
        ("v1", "secrets", json!({"stringData": {"a": "b"}})),
        ("v1", "nodes", json!({"status": {"capacity": {"cpu": "4"}}})),
        ("v1", "limitranges", json!({"spec": {"limits": [{"type": "Container", "max": {"cpu": "1"}}]}})),
        ("v1", "replicationcontrollers", json!({"spec": {"template": template}})),
        ("apps/v1", "deployments", workload.clone()),
        ("apps/v1", "daemonsets", workload.clone()),
        ("apps/v1", "statefulsets", workload),
        ("batch/v1", "jobs", json!({"spec": {"template": template}})),
        ("batch/v1", "cronjobs", json!({"spec": {"jobTemplate": {"spec": {"template": template}}}})),
        ("autoscaling/v2", "horizontalpodautoscalers", json!({"spec": {"behavior": {}}})),
        ("autoscaling/v1", "horizontalpodautoscalers", json!({"spec": {}})),
        ("networking.k8s.io/v1", "networkpolicies", json!({"spec": {"egress": [{}]}})),
        (
            "rbac.authorization.k8s.io/v1",
            "rolebindings",
            json!({"subjects": [{"kind": "User", "name": "u"}]}),
        ),
    ]
}

#[test]
fn what_is_filled_in_stays_as_it_is() {
    for (api_version, plural, object) in samples() {
        let once = filled(api_version, plural, object.clone());
        assert_ne!(once, object, "{plural}");
        assert_eq!(filled(api_version, plural, once.clone()), once, "{plural}");
    }
}

#[test]
fn a_given_zero_is_no_absence_where_go_has_a_pointer() {
    let object = json!({"spec": {"replicas": 0, "revisionHistoryLimit": null, "template": {"spec": {}}}});
    let spec = &filled("apps/v1", "deployments", object)["spec"];
    assert_eq!((&spec["replicas"], &spec["revisionHistoryLimit"]), (&json!(0), &json!(10)));
    let probe = json!({"periodSeconds": 0, "failureThreshold": 1, "httpGet": {"port": 1, "path": ""}});
    let object = json!({"spec": {"containers": [{"name": "c", "image": "i:1", "livenessProbe": probe}]}});
    let probe = &filled("v1", "pods", object)["spec"]["containers"][0]["livenessProbe"];
    assert_eq!((&probe["periodSeconds"], &probe["failureThreshold"]), (&json!(10), &json!(1)));
    assert_eq!(probe["httpGet"], json!({"path": "/", "port": 1, "scheme": "HTTP"}));
}

#[test]
fn conditional_defaults_look_at_what_they_depend_on() {
    let strategy = |strategy: Value| {
        filled("apps/v1", "deployments", json!({"spec": {"strategy": strategy}}))["spec"]["strategy"].clone()
    };
    let quarter =
        json!({"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "25%", "maxSurge": "25%"}});
    assert_eq!(strategy(json!({})), quarter);
    assert_eq!(strategy(json!({"type": "Recreate"})), json!({"type": "Recreate"}));
    let update = |strategy: Value| {
        let object = json!({"spec": {"updateStrategy": strategy}});
        filled("apps/v1", "statefulsets", object)["spec"]["updateStrategy"].clone()
    };
    assert_eq!(update(json!({}))["rollingUpdate"], json!({"partition": 0, "maxUnavailable": 1}));
    assert_eq!(update(json!({"type": "RollingUpdate"})), json!({"type": "RollingUpdate"}));
    let job = |spec: Value| filled("batch/v1", "jobs", json!({"spec": spec}))["spec"].clone();
    assert_eq!(job(json!({}))["completions"], 1);
    assert_eq!(job(json!({"parallelism": 2})).get("completions"), None);
    assert_eq!(job(json!({"backoffLimitPerIndex": 1}))["backoffLimit"], i32::MAX);
}

#[test]
fn a_new_job_is_selected_by_its_uid() {
    let kind = kind("batch/v1", "jobs");
    let mut job = json!({"metadata": {"name": "j", "uid": "u"}, "spec": {}, "status": {"active": 1}});
    prepare_create(&kind, &mut job, "2026-01-01T00:00:00Z");
    let label = "batch.kubernetes.io/controller-uid";
    assert_eq!(job["spec"]["selector"]["matchLabels"], json!({label: "u"}));
    assert_eq!(job["spec"]["template"]["metadata"]["labels"]["job-name"], "j");
    assert_eq!(job["status"], json!({}));
}

#[test]
fn a_list_that_is_always_written_is_empty_until_it_is_stored() {
    let role =
        filled("rbac.authorization.k8s.io/v1", "roles", json!({"metadata": {"name": "r"}, "rules": []}));
    assert_eq!(role["rules"], json!([]));
}
