//! Pure: what has to be there before what.

use super::DynamicObject;

/// What other objects need comes first. Kinds that are not named here are custom resources, or need nothing; they come
/// before [`LAST`].
const FIRST: [&str; 36] = [
    "Namespace",
    "CustomResourceDefinition",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "IngressClass",
    "DeviceClass",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "ServiceAccount",
    "ClusterRole",
    "Role",
    "ClusterRoleBinding",
    "RoleBinding",
    "ConfigMap",
    "Secret",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Service",
    "Endpoints",
    "EndpointSlice",
    "PodDisruptionBudget",
    "PodTemplate",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "Ingress",
    "ControllerRevision",
    "Lease",
];

/// What stands between a client and the objects, and so must not be there before what answers for it.
const LAST: [&str; 6] = [
    "APIService",
    "FlowSchema",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The positions of objects in the order in which they are to be applied; among equals as they were given.
pub(crate) fn apply_order(objects: &[DynamicObject]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..objects.len()).collect();
    order.sort_by_key(|&position| rank(&objects[position]));
    order
}

fn rank(object: &DynamicObject) -> usize {
    let place = |kinds: &[&str]| kinds.iter().position(|kind| *kind == object.kind);
    // A custom kind may have the name of another.
    let group = object.api_version.split_once('/').map_or("", |(group, _)| group);
    if group.contains('.') && !group.ends_with(".k8s.io") {
        return FIRST.len();
    }
    match (place(&FIRST), place(&LAST)) {
        (Some(first), _) => first,
        (None, Some(last)) => FIRST.len() + 1 + last,
        (None, None) => FIRST.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_need_comes_first_and_what_stands_in_the_way_last() {
        let kinds = [
            ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
            ("example.com/v1", "Website"),
            ("apps/v1", "Deployment"),
            ("v1", "ConfigMap"),
            ("example.com/v1", "Namespace"),
            ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
            ("v1", "Namespace"),
        ];
        let objects = kinds.map(|(version, kind)| DynamicObject::new(version, kind, "a"));
        assert_eq!(apply_order(&objects), [6, 5, 3, 2, 1, 4, 0]);
    }
}
