//! Pure: the columns of pods.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::table::cell::{Cell, Row, condition, is_true, list, number, text};
use crate::table::format::NONE;
use crate::table::human;

pub(crate) const PODS: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| State::of(row).ready()),
    Cell::Of(|row| State::of(row).reason.into()),
    Cell::Of(|row| State::of(row).restarts(row.now)),
    Cell::Age,
    Cell::Of(ip),
    Cell::Text("spec.nodeName", NONE),
    Cell::Text("status.nominatedNodeName", NONE),
    Cell::Of(gates),
];

/// What a row says about a pod that is done.
pub(crate) fn row_conditions(pod: &Value) -> Option<Value> {
    let (reason, message) = match text(pod, "status.phase") {
        "Succeeded" => ("Succeeded", "The pod has completed successfully."),
        "Failed" => ("Failed", "The pod failed."),
        _ => return None,
    };
    Some(json!([{"type": "Completed", "status": "True", "reason": reason, "message": message}]))
}

fn ip(row: Row<'_>) -> Value {
    let first = row.list("status.podIPs").first().map(|ip| text(ip, "ip")).unwrap_or_default();
    if first.is_empty() { NONE.into() } else { first.into() }
}

fn gates(row: Row<'_>) -> Value {
    let gates = row.list("spec.readinessGates");
    if gates.is_empty() {
        return NONE.into();
    }
    let conditions = row.list("status.conditions");
    let open = gates
        .iter()
        .filter(|gate| condition(conditions, text(gate, "conditionType")).is_some_and(is_true))
        .count();
    format!("{open}/{}", gates.len()).into()
}

/// What the containers of a pod add up to.
struct State {
    reason: String,
    ready: usize,
    total: usize,
    restarts: i64,
    restarted: Option<Timestamp>,
}

/// Restarts and the last of them.
#[derive(Clone, Copy, Default)]
struct Restarts {
    count: i64,
    last: Option<Timestamp>,
}

impl Restarts {
    fn add(&mut self, status: &Value) {
        self.count += number(status, "restartCount");
        let last = status
            .get("lastState")
            .and_then(|state| state.get("terminated"))
            .and_then(|end| human::moment(end.get("finishedAt")));
        self.last = self.last.max(last);
    }
}

/// What the init containers say.
struct Init {
    /// Why the pod is not beyond them; nothing when it is.
    reason: Option<String>,
    all: Restarts,
    restartable: Restarts,
    ready: usize,
}

fn state<'a>(status: &'a Value, name: &str) -> Option<&'a Value> {
    status.get("state")?.get(name)
}

fn is_ready(status: &Value) -> bool {
    status.get("ready") == Some(&Value::Bool(true))
}

/// How a container ended: its reason, its signal or its exit code.
fn end_of(terminated: &Value) -> String {
    let reason = text(terminated, "reason");
    if !reason.is_empty() {
        return reason.to_owned();
    }
    match number(terminated, "signal") {
        0 => format!("ExitCode:{}", number(terminated, "exitCode")),
        signal => format!("Signal:{signal}"),
    }
}

impl Init {
    fn of(pod: &Value) -> Self {
        let specs = list(pod, "spec.initContainers");
        let restarts_always = |name: &str| {
            let spec = specs.iter().find(|spec| text(spec, "name") == name);
            spec.is_some_and(|spec| text(spec, "restartPolicy") == "Always")
        };
        let mut init =
            Self { reason: None, all: Restarts::default(), restartable: Restarts::default(), ready: 0 };
        for (index, status) in list(pod, "status.initContainerStatuses").iter().enumerate() {
            let restartable = restarts_always(text(status, "name"));
            init.all.add(status);
            if restartable {
                init.restartable.add(status);
            }
            let terminated = state(status, "terminated");
            let waiting = state(status, "waiting").map(|waiting| text(waiting, "reason")).unwrap_or_default();
            if terminated.is_some_and(|end| number(end, "exitCode") == 0) {
                continue;
            }
            if restartable && status.get("started") == Some(&Value::Bool(true)) {
                init.ready += usize::from(is_ready(status));
                continue;
            }
            init.reason = Some(match terminated {
                Some(terminated) => format!("Init:{}", end_of(terminated)),
                None if !waiting.is_empty() && waiting != "PodInitializing" => format!("Init:{waiting}"),
                None => format!("Init:{index}/{}", specs.len()),
            });
            break;
        }
        init
    }
}

impl State {
    fn of(row: Row<'_>) -> Self {
        let pod = row.object;
        let conditions = row.list("status.conditions");
        let sidecars =
            row.list("spec.initContainers").iter().filter(|spec| text(spec, "restartPolicy") == "Always");
        let init = Init::of(pod);
        let mut state = Self {
            reason: first_reason(row, conditions),
            ready: init.ready,
            total: row.list("spec.containers").len() + sidecars.count(),
            restarts: init.all.count,
            restarted: init.all.last,
        };
        if let Some(reason) = &init.reason {
            state.reason.clone_from(reason);
        }
        if init.reason.is_none() || condition(conditions, "Initialized").is_some_and(is_true) {
            state.add_containers(pod, conditions, init.restartable);
        }
        if row.has("metadata.deletionTimestamp") {
            if row.text("status.reason") == "NodeLost" {
                "Unknown".clone_into(&mut state.reason);
            } else if !matches!(row.text("status.phase"), "Succeeded" | "Failed") {
                "Terminating".clone_into(&mut state.reason);
            }
        }
        state
    }

    fn add_containers(&mut self, pod: &Value, conditions: &[Value], mut restarts: Restarts) {
        let mut running = false;
        let mut error = None;
        // The first container has the last word.
        for status in list(pod, "status.containerStatuses").iter().rev() {
            restarts.add(status);
            let waiting = state(status, "waiting").map(|waiting| text(waiting, "reason")).unwrap_or_default();
            if !waiting.is_empty() {
                waiting.clone_into(&mut self.reason);
            } else if let Some(terminated) = state(status, "terminated") {
                self.reason = end_of(terminated);
                if number(terminated, "exitCode") != 0 {
                    error = Some(self.reason.clone());
                }
            } else if is_ready(status) && state(status, "running").is_some() {
                running = true;
                self.ready += 1;
            }
        }
        (self.restarts, self.restarted) = (restarts.count, restarts.last);
        if self.reason == "Completed" {
            let ready = conditions.iter().any(|one| text(one, "type") == "Ready" && is_true(one));
            if running && ready {
                "Running".clone_into(&mut self.reason);
            } else if let Some(error) = error {
                self.reason = error;
            } else if running {
                "NotReady".clone_into(&mut self.reason);
            }
        }
    }

    fn ready(&self) -> Value {
        format!("{}/{}", self.ready, self.total).into()
    }

    fn restarts(&self, now: Timestamp) -> Value {
        match self.restarted.filter(|_| self.restarts != 0) {
            Some(last) => format!("{} ({} ago)", self.restarts, human::since(now, Some(last))).into(),
            None => self.restarts.to_string().into(),
        }
    }
}

/// The reason before any container was looked at.
fn first_reason(row: Row<'_>, conditions: &[Value]) -> String {
    let gated = conditions
        .iter()
        .any(|one| text(one, "type") == "PodScheduled" && text(one, "reason") == "SchedulingGated");
    let reason = row.text("status.reason");
    let reason = if gated { "SchedulingGated" } else { reason };
    if reason.is_empty() { row.text("status.phase").to_owned() } else { reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(pod: &Value) -> Vec<Value> {
        let row = Row { object: pod, now: "2026-01-01T00:10:00Z".parse().unwrap() };
        PODS.iter().map(|cell| cell.value(row)).collect()
    }

    #[test]
    fn a_crashing_container_names_its_reason_and_its_restarts() {
        let pod = json!({
            "metadata": {"name": "a", "creationTimestamp": "2026-01-01T00:00:00Z"},
            "spec": {"containers": [{"name": "x"}, {"name": "y"}]},
            "status": {"phase": "Running", "containerStatuses": [
                {"name": "x", "restartCount": 2, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                 "lastState": {"terminated": {"exitCode": 1, "finishedAt": "2026-01-01T00:09:00Z"}}},
                {"name": "y", "restartCount": 1, "ready": true, "state": {"running": {}}},
            ]},
        });
        let cells = ["a", "1/2", "CrashLoopBackOff", "3 (60s ago)", "10m", NONE, NONE, NONE, NONE];
        assert_eq!(row(&pod), cells.map(Value::from));
    }

    #[test]
    fn init_containers_come_first() {
        let pod = |status: Value| {
            json!({
                "metadata": {"name": "a"},
                "spec": {"initContainers": [{"name": "i"}, {"name": "s", "restartPolicy": "Always"}], "containers": [{"name": "x"}]},
                "status": {"phase": "Pending", "initContainerStatuses": status},
            })
        };
        let reason = |status: Value| row(&pod(status))[2].clone();
        assert_eq!(reason(json!([{"name": "i", "state": {"running": {}}}])), "Init:0/2");
        assert_eq!(
            reason(json!([{"name": "i", "state": {"terminated": {"exitCode": 3}}}])),
            "Init:ExitCode:3"
        );
        let beyond = json!([
            {"name": "i", "state": {"terminated": {"exitCode": 0}}},
            {"name": "s", "started": true, "ready": true, "state": {"running": {}}},
        ]);
        assert_eq!(row(&pod(beyond))[1..3], ["1/2", "Pending"].map(Value::from));
    }

    #[test]
    fn a_deleted_pod_is_terminating_unless_it_is_done() {
        let mut pod = json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}, "status": {"phase": "Running"}});
        assert_eq!(row(&pod)[2], "Terminating");
        pod["status"]["phase"] = "Succeeded".into();
        assert_eq!(row(&pod)[2], "Succeeded");
        assert!(row_conditions(&pod).is_some());
    }
}
