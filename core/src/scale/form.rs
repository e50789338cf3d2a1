//! Pure: the forms that a scale has: that of `autoscaling/v1`, and the older ones of `extensions` and `apps`.

use std::collections::BTreeMap;

use k8s_openapi::api::autoscaling::v1::{Scale, ScaleSpec, ScaleStatus};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::resource::{GroupVersionKind, ObjectMeta};

/// A scale of any form, read as one of `autoscaling/v1`.
#[derive(Deserialize)]
#[serde(from = "Form")]
pub(super) struct AnyScale(pub(super) Scale);

#[derive(Deserialize)]
struct Form {
    metadata: ObjectMeta,
    #[serde(default)]
    spec: ScaleSpec,
    #[serde(default)]
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    #[serde(default)]
    replicas: i32,
    #[serde(default)]
    selector: Option<Selector>,
    /// The older forms have labels in `selector`, and here what does not fit into them.
    #[serde(default)]
    target_selector: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Selector {
    Text(String),
    Labels(BTreeMap<String, String>),
}

impl From<Form> for AnyScale {
    fn from(form: Form) -> Self {
        let status = form.status.map(|status| {
            let labels = |labels: BTreeMap<String, String>| {
                labels.into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
            };
            let selector = match status.selector {
                _ if !status.target_selector.is_empty() => Some(status.target_selector),
                Some(Selector::Text(text)) => Some(text),
                Some(Selector::Labels(map)) => Some(labels(map)),
                None => None,
            };
            ScaleStatus { replicas: status.replicas, selector }
        });
        Self(Scale { metadata: form.metadata, spec: Some(form.spec), status })
    }
}

/// A scale to be written, in the form that a resource has. The status is the server's.
pub(super) fn write(scale: &Scale, form: Option<&GroupVersionKind>) -> Value {
    let api_version = form.map_or_else(|| "autoscaling/v1".into(), GroupVersionKind::api_version);
    json!({"apiVersion": api_version, "kind": "Scale", "metadata": scale.metadata, "spec": scale.spec})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: Value) -> Scale {
        serde_json::from_value::<AnyScale>(json).unwrap().0
    }

    #[test]
    fn each_form_is_read_as_the_one_of_autoscaling() {
        let form = |version: &str, status: Value| {
            json!({
                "apiVersion": version, "kind": "Scale", "metadata": {"name": "a"}, "spec": {"replicas": 3},
                "status": status,
            })
        };
        let selector = |scale: Scale| scale.status.unwrap().selector.unwrap();
        let newest = read(form("autoscaling/v1", json!({"replicas": 2, "selector": "a=b,c in (d)"})));
        assert_eq!(newest.spec.as_ref().unwrap().replicas, Some(3));
        assert_eq!((newest.status.as_ref().unwrap().replicas, &*selector(newest)), (2, "a=b,c in (d)"));
        let labels = json!({"replicas": 2, "selector": {"c": "d", "a": "b"}});
        assert_eq!(selector(read(form("extensions/v1beta1", labels))), "a=b,c=d");
        let more = json!({"replicas": 2, "selector": {"a": "b"}, "targetSelector": "a=b,!c"});
        assert_eq!(selector(read(form("apps/v1beta2", more))), "a=b,!c");
        let none = read(json!({"metadata": {"name": "a"}}));
        assert_eq!((none.spec.unwrap().replicas, none.status), (None, None));
    }

    #[test]
    fn a_scale_is_written_in_the_form_of_its_resource() {
        let scale =
            read(json!({"metadata": {"name": "a"}, "spec": {"replicas": 0}, "status": {"replicas": 1}}));
        let old = GroupVersionKind::new("apps", "v1beta2", "Scale");
        let written = write(&scale, Some(&old));
        assert_eq!(
            (&written["apiVersion"], &written["spec"]["replicas"]),
            (&json!("apps/v1beta2"), &json!(0))
        );
        assert_eq!(
            (&write(&scale, None)["apiVersion"], written.get("status")),
            (&json!("autoscaling/v1"), None)
        );
    }
}
