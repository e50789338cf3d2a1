use serde_json::json;

use super::*;
use crate::builtin::shape;

fn read(kind: (&str, &str), text: &str) -> Result<(Value, Vec<String>), String> {
    let of = types::of_gvk(kind.0, kind.1).unwrap();
    let mut strict = Strict::default();
    let value = decode(of, &json::parse(text.as_bytes()).unwrap(), &mut strict)?;
    Ok((shape::shape(of, value), strict.into_errors()))
}

fn refused(kind: (&str, &str), text: &str) -> String {
    read(kind, text).unwrap_err()
}

const CONFIG_MAP: (&str, &str) = ("v1", "ConfigMap");
const DEPLOYMENT: (&str, &str) = ("apps/v1", "Deployment");
const POD: (&str, &str) = ("v1", "Pod");

#[test]
fn what_does_not_fit_is_told_in_gos_words() {
    for (kind, text, expected) in [
        (
            DEPLOYMENT,
            r#"{"spec": {"replicas": "x"}}"#,
            "string into Go struct field DeploymentSpec.spec.replicas of type int32",
        ),
        (
            DEPLOYMENT,
            r#"{"spec": {"replicas": 1.0}}"#,
            "number 1.0 into Go struct field DeploymentSpec.spec.replicas of type int32",
        ),
        (
            DEPLOYMENT,
            r#"{"spec": {"replicas": 99999999999}}"#,
            "number 99999999999 into Go struct field DeploymentSpec.spec.replicas of type int32",
        ),
        (
            POD,
            r#"{"spec": {"volumes": [{"hostPath": {"path": 5}}]}}"#,
            "number into Go struct field HostPathVolumeSource.spec.volumes.VolumeSource.hostPath.path of type string",
        ),
        (
            POD,
            r#"{"spec": {"restartPolicy": 5}}"#,
            "number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy",
        ),
        (
            POD,
            r#"{"spec": {"containers": {}}}"#,
            "object into Go struct field PodSpec.spec.containers of type []v1.Container",
        ),
        (
            POD,
            r#"{"spec": {"containers": [{"resources": {"limits": []}}]}}"#,
            "array into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList",
        ),
        (
            POD,
            r#"{"metadata": {"creationTimestamp": 5}}"#,
            "number into Go struct field ObjectMeta.metadata.creationTimestamp of type string",
        ),
        (
            DEPLOYMENT,
            r#"{"spec": {"strategy": {"rollingUpdate": {"maxSurge": true}}}}"#,
            "bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32",
        ),
        (CONFIG_MAP, r#"{"data": {"k": 1}}"#, "number into Go struct field ConfigMap.data of type string"),
        (
            CONFIG_MAP,
            r#"{"data": 5}"#,
            "number into Go struct field ConfigMap.data of type map[string]string",
        ),
        (
            CONFIG_MAP,
            r#"{"metadata": 5}"#,
            "number into Go struct field ConfigMap.metadata of type v1.ObjectMeta",
        ),
    ] {
        assert_eq!(refused(kind, text), format!("json: cannot unmarshal {expected}"));
    }
}

#[test]
fn the_first_misfit_is_told_unless_a_type_that_reads_itself_refuses() {
    let two = r#"{"metadata": {"name": 5}, "immutable": "x"}"#;
    assert!(refused(CONFIG_MAP, two).contains("ObjectMeta.metadata.name"));
    let graver = r#"{"metadata": {"name": 5, "creationTimestamp": "abc"}}"#;
    assert_eq!(
        refused(CONFIG_MAP, graver),
        "parsing time \"abc\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"abc\" as \"2006\""
    );
    assert_eq!(refused(CONFIG_MAP, r#"{"binaryData": {"x": "a"}}"#), "illegal base64 data at input byte 0");
}

#[test]
fn unknown_and_repeated_fields_are_named_in_the_order_of_the_document() {
    let text = r#"{"metadata": {"name": "a"}, "data": {"a": "1", "a": "2"}, "foo": 1, "Data": {}, "metadata": {"bar": 1}}"#;
    let (object, errors) = read(CONFIG_MAP, text).unwrap();
    assert_eq!(object, json!({"metadata": {"name": "a"}, "data": {"a": "2"}}));
    assert_eq!(
        errors,
        [
            "duplicate field \"data.a\"",
            "unknown field \"foo\"",
            "unknown field \"Data\"",
            "duplicate field \"metadata\"",
            "unknown field \"metadata.bar\"",
        ]
    );
    let (_, errors) = read(POD, r#"{"spec": {"containers": [{}, {"env": [{"x": 1}]}]}}"#).unwrap();
    assert_eq!(errors, ["unknown field \"spec.containers[1].env[0].x\""]);
}

#[test]
fn null_is_nothing_or_zero() {
    let text = r#"{"metadata": {"name": null, "labels": {"a": null}}, "data": null, "binaryData": {"x": null},
        "immutable": null}"#;
    let (object, _) = read(CONFIG_MAP, text).unwrap();
    assert_eq!(object, json!({"metadata": {"labels": {"a": ""}}, "binaryData": {"x": ""}}));
    let text =
        r#"{"spec": {"containers": [null, {"args": [null]}], "nodeName": null, "securityContext": null}}"#;
    let (object, _) = read(POD, text).unwrap();
    assert_eq!(
        object["spec"],
        json!({"containers": [{"name": "", "resources": {}}, {"name": "", "args": [""], "resources": {}}]})
    );
}

#[test]
fn zero_values_are_written_where_the_struct_says_so() {
    let (object, _) = read(DEPLOYMENT, r#"{"spec": {"template": {"metadata": {"labels": {}}}}}"#).unwrap();
    assert_eq!(
        object,
        json!({
            "metadata": {},
            "spec": {
                "selector": null,
                "strategy": {},
                "template": {"metadata": {}, "spec": {"containers": null}},
            },
            "status": {},
        })
    );
    let (role, _) = read(("rbac.authorization.k8s.io/v1", "ClusterRole"), r#"{"rules": []}"#).unwrap();
    assert_eq!(role, json!({"metadata": {}, "rules": null}));
}

#[test]
fn values_come_back_in_their_canonical_form() {
    let text = r#"{"metadata": {"creationTimestamp": "2024-01-01T01:00:00.5+01:00"},
        "spec": {"containers": [{"resources": {"limits": {"cpu": 0.5, "memory": "1024Mi"}}}]}}"#;
    let (pod, _) = read(POD, text).unwrap();
    assert_eq!(pod["metadata"]["creationTimestamp"], "2024-01-01T00:00:00Z");
    assert_eq!(pod["spec"]["containers"][0]["resources"]["limits"], json!({"cpu": "500m", "memory": "1Gi"}));
}
