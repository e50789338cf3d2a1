//! What is warned of.

use serde_json::json;

use super::*;

#[test]
fn pods_are_warned_of_with_the_path_of_their_template() {
    let container = json!({
        "name": "c", "image": "i:1", "resources": {"requests": {"memory": "100m"}},
        "env": [{"name": "A", "value": "1"}, {"name": "A", "value": "$(A)2"}, {"name": "A", "value": "3"}],
        "ports": [{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 80, "protocol": "TCP", "name": "x"}],
    });
    let pod = json!({"spec": {"containers": [container], "volumes": [{"name": "v", "rbd": {}}],
        "nodeSelector": {"beta.kubernetes.io/os": "linux"}, "imagePullSecrets": [{"name": "s"}, {"name": "s"}]}});
    let mut warnings = Vec::new();
    pods::warn(&pod, "spec.template.", &mut warnings);
    assert_eq!(
        warnings,
        [
            "spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "spec.template.spec.volumes[0].rbd: deprecated in v1.28, non-functional in v1.31+",
            "spec.template.spec.imagePullSecrets[1].name: duplicate name \"s\"",
            "spec.template.spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is invalid, must be an integer",
            "spec.template.spec.containers[0].env[2]: hides previous definition of \"A\", which may be dropped when using apply",
            "spec.template.spec.containers[0].ports[1]: duplicate port definition with spec.template.spec.containers[0].ports[0]",
        ]
    );
}

#[test]
fn services_are_warned_of_what_they_ignore() {
    let of = |spec: Value| {
        let mut warnings = Vec::new();
        services::warn(&json!({"spec": spec}), &mut warnings);
        warnings
    };
    assert!(of(json!({"type": "ClusterIP", "sessionAffinity": "None"})).is_empty());
    assert_eq!(of(json!({"clusterIP": "None", "sessionAffinity": "ClientIP"})).len(), 1);
    assert_eq!(of(json!({"type": "ClusterIP", "externalName": "a.b", "externalIPs": ["1.2.3.4"]})).len(), 2);
}
