//! Pure: the columns of controllers.

use serde_json::Value;

use crate::table::cell::{Cell, Row, condition, is_true, text};
use crate::table::format::{self, NONE};
use crate::table::human;

const CONTAINERS: &str = "spec.template.spec.containers";

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "deployments" => DEPLOYMENTS,
        "replicasets" => REPLICA_SETS,
        "statefulsets" => STATEFUL_SETS,
        "daemonsets" => DAEMON_SETS,
        "controllerrevisions" => REVISIONS,
        "jobs" => JOBS,
        "cronjobs" => CRON_JOBS,
        "replicationcontrollers" => REPLICATION_CONTROLLERS,
        "podtemplates" => POD_TEMPLATES,
        _ => return None,
    })
}

const DEPLOYMENTS: &[Cell] = &[
    Cell::Name,
    Cell::Of(ready_of_replicas),
    Cell::Number("status.updatedReplicas"),
    Cell::Number("status.availableReplicas"),
    Cell::Age,
    Cell::Containers(CONTAINERS),
    Cell::Images(CONTAINERS),
    Cell::Of(|row| {
        let selector = row.get("spec.selector");
        selector
            .map_or_else(|| Some(String::new()), format::selector_text)
            .map_or_else(|| "<invalid>".into(), Value::from)
    }),
];

const REPLICA_SETS: &[Cell] = &[
    Cell::Name,
    Cell::Number("spec.replicas"),
    Cell::Number("status.replicas"),
    Cell::Number("status.readyReplicas"),
    Cell::Age,
    Cell::Containers(CONTAINERS),
    Cell::Images(CONTAINERS),
    Cell::Selector("spec.selector"),
];

const REPLICATION_CONTROLLERS: &[Cell] = &[
    Cell::Name,
    Cell::Number("spec.replicas"),
    Cell::Number("status.replicas"),
    Cell::Number("status.readyReplicas"),
    Cell::Age,
    Cell::Containers(CONTAINERS),
    Cell::Images(CONTAINERS),
    Cell::Labels("spec.selector"),
];

const STATEFUL_SETS: &[Cell] = &[
    Cell::Name,
    Cell::Of(ready_of_replicas),
    Cell::Age,
    Cell::Containers(CONTAINERS),
    Cell::Images(CONTAINERS),
];

const DAEMON_SETS: &[Cell] = &[
    Cell::Name,
    Cell::Number("status.desiredNumberScheduled"),
    Cell::Number("status.currentNumberScheduled"),
    Cell::Number("status.numberReady"),
    Cell::Number("status.updatedNumberScheduled"),
    Cell::Number("status.numberAvailable"),
    Cell::Labels("spec.template.spec.nodeSelector"),
    Cell::Age,
    Cell::Containers(CONTAINERS),
    Cell::Images(CONTAINERS),
    Cell::Selector("spec.selector"),
];

const REVISIONS: &[Cell] = &[Cell::Name, Cell::Of(controller), Cell::Number("revision"), Cell::Age];

const JOBS: &[Cell] = &[
    Cell::Name,
    Cell::Of(job_status),
    Cell::Of(completions),
    Cell::Of(job_duration),
    Cell::Age,
    Cell::Containers(CONTAINERS),
    Cell::Images(CONTAINERS),
    Cell::Selector("spec.selector"),
];

const CRON_JOBS: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.schedule", ""),
    Cell::Text("spec.timeZone", NONE),
    Cell::Of(|row| match row.get("spec.suspend").and_then(Value::as_bool) {
        None => "<unset>".into(),
        Some(true) => "True".into(),
        Some(false) => "False".into(),
    }),
    Cell::Count(&["status.active"]),
    Cell::Since("status.lastScheduleTime", NONE),
    Cell::Age,
    Cell::Containers("spec.jobTemplate.spec.template.spec.containers"),
    Cell::Images("spec.jobTemplate.spec.template.spec.containers"),
    Cell::Selector("spec.jobTemplate.spec.selector"),
];

const POD_TEMPLATES: &[Cell] = &[
    Cell::Name,
    Cell::Containers("template.spec.containers"),
    Cell::Images("template.spec.containers"),
    Cell::Labels("template.metadata.labels"),
];

fn ready_of_replicas(row: Row<'_>) -> Value {
    format!("{}/{}", row.number("status.readyReplicas"), row.number("spec.replicas")).into()
}

fn controller(row: Row<'_>) -> Value {
    let owner = row
        .list("metadata.ownerReferences")
        .iter()
        .find(|owner| owner.get("controller") == Some(&Value::Bool(true)));
    let Some(owner) = owner else {
        return NONE.into();
    };
    let group = text(owner, "apiVersion").split_once('/').map(|(group, _)| group);
    let kind = text(owner, "kind");
    let kind = group.map_or_else(|| kind.to_owned(), |group| format!("{kind}.{group}"));
    format!("{}/{}", kind.to_lowercase(), text(owner, "name")).into()
}

fn job_status(row: Row<'_>) -> Value {
    let conditions = row.list("status.conditions");
    let has = |kind: &str| condition(conditions, kind).is_some_and(is_true);
    let status = if has("Complete") {
        "Complete"
    } else if has("Failed") {
        "Failed"
    } else if row.has("metadata.deletionTimestamp") {
        "Terminating"
    } else {
        ["Suspended", "FailureTarget", "SuccessCriteriaMet"]
            .into_iter()
            .find(|kind| has(kind))
            .unwrap_or("Running")
    };
    status.into()
}

fn completions(row: Row<'_>) -> Value {
    let succeeded = row.number("status.succeeded");
    let text = if row.has("spec.completions") {
        format!("{succeeded}/{}", row.number("spec.completions"))
    } else {
        match row.number("spec.parallelism") {
            parallelism @ 2.. => format!("{succeeded}/1 of {parallelism}"),
            _ => format!("{succeeded}/1"),
        }
    };
    text.into()
}

fn job_duration(row: Row<'_>) -> Value {
    let Some(start) = human::moment(row.get("status.startTime")) else {
        return "".into();
    };
    let end = human::moment(row.get("status.completionTime")).unwrap_or(row.now);
    human::duration(end.duration_since(start)).into()
}
