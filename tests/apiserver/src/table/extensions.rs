//! Pure: the columns of what extends the API: definitions and aggregated services.

use serde_json::Value;

use crate::table::cell::{Cell, Row, condition, is_true, text};
use crate::table::format::join;

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "customresourcedefinitions" => DEFINITIONS,
        "apiservices" => API_SERVICES,
        _ => return None,
    })
}

const DEFINITIONS: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.scope", ""),
    Cell::Of(versions),
    Cell::Created,
    Cell::Text("spec.group", ""),
    Cell::Text("spec.names.kind", ""),
    Cell::Of(|row| join(row.list("spec.names.shortNames").iter().filter_map(Value::as_str)).into()),
    Cell::Of(|row| condition(row.list("status.conditions"), "Established").is_some_and(is_true).into()),
];

const API_SERVICES: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| match row.get("spec.service") {
        None => "Local".into(),
        Some(service) => format!("{}/{}", text(service, "namespace"), text(service, "name")).into(),
    }),
    Cell::Of(|row| match condition(row.list("status.conditions"), "Available") {
        None => "Unknown".into(),
        Some(available) => match (text(available, "status"), text(available, "reason")) {
            (status, reason) if status == "True" || reason.is_empty() => status.into(),
            (status, reason) => format!("{status} ({reason})").into(),
        },
    }),
    Cell::Age,
];

/// The served versions, with a mark on the stored one.
fn versions(row: Row<'_>) -> Value {
    let is = |version: &Value, name: &str| version.get(name) == Some(&Value::Bool(true));
    let served = row.list("spec.versions").iter().filter(|version| is(version, "served"));
    let mut names: Vec<String> = served
        .map(|version| {
            let name = text(version, "name");
            if is(version, "storage") { format!("{name}(storage)") } else { name.to_owned() }
        })
        .collect();
    names.sort_unstable();
    names.join(",").into()
}
