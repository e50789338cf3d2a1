//! Pure: the columns of rights, certificates and admission.

use serde_json::Value;

use crate::table::cell::{Cell, Row, condition, text};
use crate::table::format::{self, NONE};
use crate::table::human;

const UNSET: &str = "<unset>";

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "rolebindings" | "clusterrolebindings" => BINDINGS,
        "certificatesigningrequests" => SIGNING_REQUESTS,
        "clustertrustbundles" => &[Cell::Name, Cell::Text("spec.signerName", NONE)],
        "podcertificaterequests" => POD_CERTIFICATES,
        "mutatingwebhookconfigurations" | "validatingwebhookconfigurations" => {
            &[Cell::Name, Cell::Count(&["webhooks"]), Cell::Age]
        }
        "validatingadmissionpolicies" => {
            &[Cell::Name, Cell::Count(&["spec.validations"]), Cell::Of(param_kind), Cell::Age]
        }
        "mutatingadmissionpolicies" => {
            &[Cell::Name, Cell::Count(&["spec.mutations"]), Cell::Of(param_kind), Cell::Age]
        }
        "validatingadmissionpolicybindings" | "mutatingadmissionpolicybindings" => {
            &[Cell::Name, Cell::Text("spec.policyName", ""), Cell::Of(param_ref), Cell::Age]
        }
        _ => return None,
    })
}

const BINDINGS: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| format!("{}/{}", row.text("roleRef.kind"), row.text("roleRef.name")).into()),
    Cell::Age,
    Cell::Of(|row| subjects(row, "User")),
    Cell::Of(|row| subjects(row, "Group")),
    Cell::Of(|row| subjects(row, "ServiceAccount")),
];

const SIGNING_REQUESTS: &[Cell] = &[
    Cell::Name,
    Cell::Age,
    Cell::Text("spec.signerName", NONE),
    Cell::Text("spec.username", ""),
    Cell::Of(|row| match row.get("spec.expirationSeconds").and_then(Value::as_i64) {
        None => NONE.into(),
        Some(seconds) => human::duration(jiff::SignedDuration::from_secs(seconds)).into(),
    }),
    Cell::Of(signing_state),
];

const POD_CERTIFICATES: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.podName", ""),
    Cell::Text("spec.serviceAccountName", ""),
    Cell::Text("spec.nodeName", ""),
    Cell::Text("spec.signerName", ""),
    Cell::Of(|row| {
        let mut kinds = row.list("status.conditions").iter().map(|one| text(one, "type"));
        kinds.rfind(|kind| matches!(*kind, "Issued" | "Denied" | "Failed")).unwrap_or("Pending").into()
    }),
    Cell::Labels("spec.unverifiedUserAnnotations"),
];

fn subjects(row: Row<'_>, kind: &str) -> Value {
    let subjects = row.list("subjects").iter().filter(|subject| text(subject, "kind") == kind);
    let named = subjects.map(|subject| match kind {
        "ServiceAccount" => format!("{}/{}", text(subject, "namespace"), text(subject, "name")),
        _ => text(subject, "name").to_owned(),
    });
    named.collect::<Vec<_>>().join(", ").into()
}

fn signing_state(row: Row<'_>) -> Value {
    let conditions = row.list("status.conditions");
    let has = |kind: &str| condition(conditions, kind).is_some();
    let mut state = vec![if has("Denied") {
        "Denied"
    } else if has("Approved") {
        "Approved"
    } else {
        "Pending"
    }];
    if has("Failed") {
        state.push("Failed");
    }
    if !row.text("status.certificate").is_empty() {
        state.push("Issued");
    }
    format::join(state).into()
}

fn param_kind(row: Row<'_>) -> Value {
    match row.get("spec.paramKind") {
        None => UNSET.into(),
        Some(kind) => format!("{}/{}", text(kind, "apiVersion"), text(kind, "kind")).into(),
    }
}

fn param_ref(row: Row<'_>) -> Value {
    let Some(reference) = row.get("spec.paramRef") else {
        return UNSET.into();
    };
    match (text(reference, "namespace"), text(reference, "name")) {
        ("", "") => reference.get("selector").map_or_else(|| UNSET.to_owned(), go_selector).into(),
        ("", name) => format!("*/{name}").into(),
        (namespace, name) => format!("{namespace}/{name}").into(),
    }
}

/// A selector as Go prints its struct.
fn go_selector(selector: &Value) -> String {
    let labels = selector.get("matchLabels").and_then(Value::as_object).into_iter().flatten();
    let labels: String =
        labels.map(|(key, value)| format!("{key}: {},", value.as_str().unwrap_or_default())).collect();
    let expressions = selector.get("matchExpressions").and_then(Value::as_array).into_iter().flatten();
    let expressions: String = expressions
        .map(|one| {
            let values = one.get("values").and_then(Value::as_array).into_iter().flatten();
            let values: Vec<&str> = values.filter_map(Value::as_str).collect();
            let (key, operator, values) = (text(one, "key"), text(one, "operator"), values.join(" "));
            format!("LabelSelectorRequirement{{Key:{key},Operator:{operator},Values:[{values}],}},")
        })
        .collect();
    format!(
        "&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}"
    )
}
