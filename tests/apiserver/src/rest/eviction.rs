//! Pure: POST on the `eviction` of a pod: a delete that budgets can refuse.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::apply;
use crate::cluster::Cluster;
use crate::kinds::Kind;
use crate::meta;
use crate::rest::delete_options::DeleteOptions;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, binding, delete, scale, subresource, write};
use crate::selector::Selector;
use crate::status::Status;
use crate::storage::Stored;

/// The most pods whose eviction a budget waits for.
const MOST_DISRUPTED: usize = 2000;
const CAUSE: &str = "DisruptionBudget";

/// Deletes a pod if no budget is against it.
pub(crate) fn create(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let WriteOptions { dry_run, validation } = options::read(&call.query, "CreateOptions")?;
    let key = call.key()?;
    let kind = subresource::body_kind(call)?;
    let mut eviction = admit::read_as(&kind, call, validation)?;
    write::take_namespace(call, &mut eviction)?;
    if meta::text(&eviction, "name") != key.name {
        return Err(Status::bad_request("name in URL does not match name in Eviction object"));
    }
    let none = json!({});
    let mut options = DeleteOptions::from_value(eviction.get("deleteOptions").unwrap_or(&none))?;
    options.dry_run |= dry_run;
    let pods = Arc::clone(&call.kind);
    let pod = cluster.get(&pods, &key)?;
    if !is_free(&pod.object) {
        let budgets = budgets(cluster, &pods, &pod)?;
        match budgets.as_slice() {
            [] => {}
            [budget] => spend(cluster, call, budget, &pod.object, options.dry_run)?,
            _ => {
                let why = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
                return Err(Status::internal(why));
            }
        }
    }
    delete(cluster, &pods, &pod, options, &call.now)?;
    Ok(Answer::value(201, &subresource::success(201)))
}

/// Whether the eviction of a pod disrupts nothing: it does not run, or does not run for long.
fn is_free(pod: &Value) -> bool {
    matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed" | "Pending"))
        || meta::is_being_deleted(pod)
}

/// Deletes the pod, which says before that it was evicted.
fn delete(
    cluster: &mut Cluster,
    kind: &Kind,
    pod: &Arc<Stored>,
    mut options: DeleteOptions,
    now: &str,
) -> Result<(), Status> {
    let mut current = Arc::clone(pod);
    if !options.dry_run {
        delete::check_preconditions(kind, pod, &options)?;
        let mut object = pod.object.clone();
        let why = json!({"reason": "EvictionByEvictionAPI", "message": "Eviction API: evicting"});
        binding::set_condition(&mut object, "DisruptionTarget", why, now);
        if !meta::same_state(&object, &pod.object) {
            current = cluster.put(kind, pod.key.clone(), object)?;
        }
        // The version of the condition is not meant.
        options.version = None;
    }
    delete::delete_one(cluster, kind, &current, &options, now)?;
    Ok(())
}

/// The budgets that cover a pod.
fn budgets(cluster: &Cluster, pods: &Kind, pod: &Stored) -> Result<Vec<Arc<Stored>>, Status> {
    let has_labels =
        meta::field(&pod.object, "labels").and_then(Value::as_object).is_some_and(|map| !map.is_empty());
    let name = ("policy".to_owned(), "poddisruptionbudgets".to_owned());
    let Some(collection) = cluster.store.collection(&name).filter(|_| has_labels) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for budget in collection.range(Some(&pod.key.namespace), None) {
        let Some(selector) = budget.object["spec"].get("selector").filter(|selector| !selector.is_null())
        else {
            continue;
        };
        if Selector::parse(&scale::selector_text(selector), "", pods)?.matches(&pod.object) {
            found.push(Arc::clone(budget));
        }
    }
    Ok(found)
}

fn number(budget: &Value, field: &str) -> i64 {
    budget["status"][field].as_i64().unwrap_or(0)
}

/// Takes one disruption from the budget, unless the pod does not count or there is none left.
fn spend(
    cluster: &mut Cluster,
    call: &Call,
    budget: &Stored,
    pod: &Value,
    dry_run: bool,
) -> Result<(), Status> {
    let spec = &budget.object["spec"];
    if !is_ready(pod) {
        let always = spec["unhealthyPodEvictionPolicy"] == "AlwaysAllow";
        let (healthy, desired) =
            (number(&budget.object, "currentHealthy"), number(&budget.object, "desiredHealthy"));
        if always || healthy >= desired && desired > 0 {
            return Ok(());
        }
    }
    check(&budget.object, &budget.key.name)?;
    if dry_run {
        return Ok(());
    }
    let mut object = budget.object.clone();
    let left = number(&object, "disruptionsAllowed") - 1;
    let status = &mut object["status"];
    status["disruptionsAllowed"] = left.into();
    status["disruptedPods"][meta::text(pod, "name")] = call.now.clone().into();
    if left == 0 {
        forbid(&mut object, &call.now);
    }
    let kinds = cluster.registry.find("policy", "v1", "poddisruptionbudgets").cloned();
    let kind = kinds.ok_or_else(Status::unknown_resource)?;
    let writer = apply::track::Writer {
        manager: "kube-apiserver".to_owned(),
        subresource: "status".to_owned(),
        ..write::writer(call, &kind)
    };
    admit::settle(&kind, &mut object);
    apply::track::record(Some(&budget.object), &mut object, &writer);
    cluster.put(&kind, budget.key.clone(), object)?;
    Ok(())
}

fn is_ready(pod: &Value) -> bool {
    let conditions = pod["status"]["conditions"].as_array();
    conditions
        .into_iter()
        .flatten()
        .any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
}

/// Whether the budget has a disruption left.
fn check(budget: &Value, name: &str) -> Result<(), Status> {
    let refused = "Cannot evict pod as it would violate the pod's disruption budget.";
    let observed = number(budget, "observedGeneration");
    if observed < meta::field(budget, "generation").and_then(Value::as_i64).unwrap_or(0) {
        let why = format!("The disruption budget {name} is still being processed by the server.");
        return Err(Status::too_many_requests(refused, 10, CAUSE, &why));
    }
    let forbidden = |what: &str, why: &str| {
        let message = format!("The disruption budget {name} does not allow evicting pods currently: {why}");
        let cause = json!([{"reason": CAUSE, "message": message}]);
        Err(Status::named_forbidden("policy", "poddisruptionbudget", name, what, cause))
    };
    let allowed = number(budget, "disruptionsAllowed");
    if allowed < 0 {
        return forbidden("pdb disruptions allowed is negative", "pdb disruptions allowed is negative");
    }
    if budget["status"]["disruptedPods"].as_object().is_some_and(|pods| pods.len() > MOST_DISRUPTED) {
        let what = "DisruptedPods map too big - too many evictions not confirmed by PDB controller";
        return forbidden(what, "too many pending evictions not confirmed by PDB controller");
    }
    if allowed > 0 {
        return Ok(());
    }
    Err(Status::too_many_requests(refused, 0, CAUSE, &reason(budget, name)))
}

/// Why a budget allows nothing.
fn reason(budget: &Value, name: &str) -> String {
    let conditions = budget["status"]["conditions"].as_array();
    let condition = conditions
        .into_iter()
        .flatten()
        .find(|condition| condition["type"] == "DisruptionAllowed" && condition["status"] == "False");
    let text = |field: &str| condition.and_then(|condition| condition[field].as_str()).unwrap_or_default();
    let (why, message) = (text("reason"), text("message"));
    let (healthy, desired) = (number(budget, "currentHealthy"), number(budget, "desiredHealthy"));
    if why == "SyncFailed" && !message.is_empty() {
        format!(
            "The disruption budget {name} does not allow evicting pods currently because it failed sync: {message}"
        )
    } else if healthy <= desired {
        format!("The disruption budget {name} needs {desired} healthy pods and has {healthy} currently")
    } else if !message.is_empty() {
        format!("The disruption budget {name} does not allow evicting pods currently ({why}): {message}")
    } else {
        format!("The disruption budget {name} does not allow evicting pods currently")
    }
}

/// The condition of a budget that has nothing left.
fn forbid(budget: &mut Value, now: &str) {
    let condition = json!({
        "type": "DisruptionAllowed",
        "status": "False",
        "observedGeneration": number(budget, "observedGeneration"),
        "lastTransitionTime": now,
        "reason": "InsufficientPods",
        "message": "",
    });
    let conditions = &mut budget["status"]["conditions"];
    if !conditions.is_array() {
        *conditions = json!([]);
    }
    let Value::Array(conditions) = conditions else {
        return;
    };
    match conditions.iter_mut().find(|before| before["type"] == "DisruptionAllowed") {
        Some(before) if before["status"] == "False" => {
            let since = before["lastTransitionTime"].clone();
            *before = condition;
            before["lastTransitionTime"] = since;
        }
        Some(before) => *before = condition,
        None => conditions.push(condition),
    }
}
