//! Pure: how well a pod is served, which follows from what it requests and how it is limited.

use std::collections::BTreeSet;

use kubist_structural::quantity::Quantity;
use serde_json::Value;

use crate::builtin::defaults::edit;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    BestEffort,
    Burstable,
    Guaranteed,
}

/// The class of a pod.
pub(crate) fn class(pod: &Value) -> &'static str {
    let own = edit::get(pod, &["spec", "resources"]).map(of_resources);
    let class = own.unwrap_or_else(|| {
        let lists = ["initContainers", "containers"];
        let containers =
            lists.iter().filter_map(|list| edit::get(pod, &["spec", list])?.as_array()).flatten();
        join(containers.map(|container| container.get("resources").map_or(Class::BestEffort, of_resources)))
    });
    match class {
        Class::BestEffort => "BestEffort",
        Class::Burstable => "Burstable",
        Class::Guaranteed => "Guaranteed",
    }
}

/// Where parts differ, the whole is between.
fn join(classes: impl Iterator<Item = Class>) -> Class {
    let classes: BTreeSet<Class> = classes.collect();
    match (classes.len(), classes.first()) {
        (0, _) | (_, None) => Class::BestEffort,
        (1, Some(class)) => *class,
        _ => Class::Burstable,
    }
}

fn of_resources(resources: &Value) -> Class {
    let has_any = ["requests", "limits"]
        .iter()
        .any(|name| resources.get(name).and_then(Value::as_object).is_some_and(|map| !map.is_empty()));
    if !has_any {
        return Class::BestEffort;
    }
    join(["cpu", "memory"].into_iter().map(|resource| {
        let amount = |list: &str| {
            let text = edit::text_at(resources, &[list, resource]);
            Quantity::parse(if text.is_empty() { "0" } else { text }).ok()
        };
        match (amount("requests"), amount("limits")) {
            (request, limit) if request != limit => Class::Burstable,
            (Some(request), _) if !request.is_zero() => Class::Guaranteed,
            _ => Class::BestEffort,
        }
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_class_follows_from_requests_and_limits() {
        let pod = |resources: Value| json!({"spec": {"containers": [{"resources": resources}]}});
        let whole = json!({"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "1000m", "memory": "1024Mi"}});
        assert_eq!(class(&pod(json!({}))), "BestEffort");
        assert_eq!(class(&pod(whole.clone())), "Guaranteed");
        assert_eq!(class(&pod(json!({"requests": {"cpu": "1"}}))), "Burstable");
        assert_eq!(class(&pod(json!({"requests": {"x/y": "1"}, "limits": {"x/y": "1"}}))), "BestEffort");
        let mixed = json!({"spec": {"containers": [{"resources": whole}, {}]}});
        assert_eq!(class(&mixed), "Burstable");
    }
}
