//! Pure: objects as rows of a table, the way `kubectl get` shows them.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::kinds::{Column, Kind, PrinterColumn};
use crate::table::cell::{Cell, Row};

mod access;
mod cell;
mod core;
pub(crate) mod custom;
mod extensions;
mod format;
mod human;
mod network;
mod pods;
mod policy;
mod volumes;
mod workloads;

/// What of the object stands in its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Include {
    None,
    #[default]
    Metadata,
    Object,
}

/// How a table is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) include: Include,
    pub(crate) headers: bool,
    /// The apiVersion of the table and of the metadata in it.
    pub(crate) version: &'static str,
    pub(crate) now: Timestamp,
}

const DEFAULT: &[Cell] = &[Cell::Name, Cell::Created];

/// The columns of a scale.
const SCALE: &[Cell] =
    &[Cell::Name, Cell::Number("spec.replicas"), Cell::Number("status.replicas"), Cell::Age];

fn built_in(kind: &Kind) -> &'static [Cell] {
    let plural = kind.plural.as_str();
    match plural {
        "pods" => Some(pods::PODS),
        _ => core::cells(plural)
            .or_else(|| workloads::cells(plural))
            .or_else(|| network::cells(plural))
            .or_else(|| volumes::cells(plural))
            .or_else(|| access::cells(plural))
            .or_else(|| policy::cells(plural))
            .or_else(|| extensions::cells(plural)),
    }
    .unwrap_or(DEFAULT)
}

/// The heads of the columns of a kind.
fn columns(kind: &Kind) -> Cow<'_, [Column]> {
    let Some(custom) = &kind.custom else {
        return Cow::Borrowed(&kind.columns);
    };
    Cow::Owned(head(&custom.columns))
}

/// The heads of the columns of a custom resource.
fn head(own: &[PrinterColumn]) -> Vec<Column> {
    let own = own.iter().map(|own| own.column.clone());
    std::iter::once(column("Name", "string", "name")).chain(own).collect()
}

fn own_cells(own: &[PrinterColumn], object: &Value, now: Timestamp) -> Vec<Value> {
    let name = Cell::Name.value(Row { object, now });
    std::iter::once(name).chain(own.iter().map(|column| column.cell(object, now))).collect()
}

/// The head of a column that always shows.
fn column(name: &str, ty: &str, format: &str) -> Column {
    Column { name: name.to_owned(), ty: ty.to_owned(), format: format.to_owned(), priority: 0 }
}

fn definition(column: &Column) -> Value {
    json!({"name": column.name, "type": column.ty, "format": column.format, "priority": column.priority})
}

fn cells(kind: &Kind, object: &Value, now: Timestamp) -> Vec<Value> {
    match &kind.custom {
        None => built_in(kind).iter().map(|cell| cell.value(Row { object, now })).collect(),
        Some(custom) => own_cells(&custom.columns, object, now),
    }
}

/// The metadata of an object, as an object of its own.
pub(crate) fn partial(object: &Value, version: &str) -> Value {
    let metadata = object.get("metadata").cloned().unwrap_or_else(|| json!({}));
    json!({"kind": "PartialObjectMetadata", "apiVersion": version, "metadata": metadata})
}

fn row(cells: Vec<Value>, object: &Value, options: Options) -> Value {
    let ends_initial_events = object
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"))
        .is_some_and(|annotations| annotations.get("k8s.io/initial-events-end").is_some());
    let shown = match options.include {
        Include::Object => object.clone(),
        Include::None if !ends_initial_events => Value::Null,
        Include::None | Include::Metadata => partial(object, options.version),
    };
    json!({"cells": cells, "object": shown})
}

fn assemble(columns: &[Column], rows: Value, metadata: Value, options: Options) -> Value {
    let definitions = columns.iter().map(definition).collect();
    let definitions = if options.headers { Value::Array(definitions) } else { Value::Null };
    json!({
        "kind": "Table",
        "apiVersion": options.version,
        "metadata": metadata,
        "columnDefinitions": definitions,
        "rows": rows,
    })
}

fn object_row(kind: &Kind, object: &Value, options: Options) -> Value {
    let mut row = row(cells(kind, object, options.now), object, options);
    if kind.is("", "pods")
        && let Some(conditions) = pods::row_conditions(object)
    {
        row["conditions"] = conditions;
    }
    row
}

/// The metadata that a table takes over from an object.
fn version_of(object: &Value) -> Value {
    let version = object.get("metadata").and_then(|metadata| metadata.get("resourceVersion"));
    let version = version.map(|version| ("resourceVersion".to_owned(), version.clone()));
    Value::Object(version.into_iter().collect::<Map<_, _>>())
}

/// One object as a table of one row.
pub(crate) fn of_object(kind: &Kind, object: &Value, options: Options) -> Value {
    let rows = vec![object_row(kind, object, options)];
    assemble(&columns(kind), Value::Array(rows), version_of(object), options)
}

/// A scale as a table of one row.
pub(crate) fn of_scale(kind: &Kind, scale: &Value, options: Options) -> Value {
    if kind.custom.is_some() {
        let own = custom::scale_columns();
        let columns = head(&own);
        return assemble(
            &columns,
            json!([row(own_cells(&own, scale, options.now), scale, options)]),
            version_of(scale),
            options,
        );
    }
    let columns = [
        column("Name", "string", ""),
        column("Desired", "integer", ""),
        column("Available", "integer", ""),
        column("Age", "string", ""),
    ];
    let cells = SCALE.iter().map(|cell| cell.value(Row { object: scale, now: options.now })).collect();
    assemble(&columns, json!([row(cells, scale, options)]), version_of(scale), options)
}

/// A list as a table.
pub(crate) fn of_list(kind: &Kind, objects: &[&Value], metadata: Value, options: Options) -> Value {
    let mut objects = objects.to_vec();
    if kind.is("flowcontrol.apiserver.k8s.io", "flowschemas") {
        policy::sort_flow_schemas(&mut objects);
    }
    let mut rows: Vec<Value> = objects.iter().map(|object| object_row(kind, object, options)).collect();
    if kind.is("storage.k8s.io", "storageclasses") {
        mark_default_class(&objects, &mut rows);
    }
    // Printers that show the time of creation write no rows as null.
    let none = rows.is_empty() && kind.columns.iter().any(|column| column.ty == "date");
    let rows = if none { Value::Null } else { Value::Array(rows) };
    assemble(&columns(kind), rows, metadata, options)
}

fn mark_default_class(objects: &[&Value], rows: &mut [Value]) {
    let Some(default) = volumes::default_class(objects.iter().copied()) else {
        return;
    };
    for row in rows {
        if row["cells"][0] == default {
            row["cells"][0] = format!("{default} (default)").into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_as_many_cells_as_columns() {
        let now = Timestamp::UNIX_EPOCH;
        for kind in crate::builtin::kinds::all().iter().filter(|kind| !kind.columns.is_empty()) {
            // Addresses show their age under no head, as on the real server.
            let expected = kind.columns.len() + usize::from(kind.plural == "ipaddresses");
            assert_eq!(cells(kind, &json!({}), now).len(), expected, "{}", kind.plural);
        }
    }
}
