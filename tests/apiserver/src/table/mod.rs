//! Pure: objects as rows of a table, the way `kubectl get` shows them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::kinds::Kind;
use crate::table::cell::{Cell, Row};

mod access;
mod cell;
mod core;
pub(crate) mod custom;
mod format;
mod human;
mod json_path;
mod network;
mod pods;
mod policy;
mod volumes;
mod workloads;

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) format: String,
    /// 0 for columns that always show; wide ones have more.
    pub(crate) priority: i64,
}

impl Column {
    pub(crate) fn new(name: &str, kind: &str, format: &str, priority: i64) -> Self {
        Self { name: name.to_owned(), kind: kind.to_owned(), format: format.to_owned(), priority }
    }

    fn definition(&self) -> Value {
        json!({"name": self.name, "type": self.kind, "format": self.format, "priority": self.priority})
    }
}

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
            .or_else(|| policy::cells(plural)),
    }
    .unwrap_or(DEFAULT)
}

/// The heads of the columns of a kind.
fn columns(kind: &Kind) -> Vec<Column> {
    if let Some(custom) = &kind.custom {
        let own = custom.columns.iter().map(|own| own.column.clone());
        return std::iter::once(Column::new("Name", "string", "name", 0)).chain(own).collect();
    }
    vec![Column::new("Name", "string", "name", 0), Column::new("Created At", "date", "", 0)]
}

fn cells(kind: &Kind, object: &Value, now: Timestamp) -> Vec<Value> {
    let row = Row { object, now };
    match &kind.custom {
        None => built_in(kind).iter().map(|cell| cell.value(row)).collect(),
        Some(custom) => std::iter::once(row.text("metadata.name").into())
            .chain(custom.columns.iter().map(|column| column.cell(object, now)))
            .collect(),
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
    let definitions = columns.iter().map(Column::definition).collect();
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
pub(crate) fn of_scale(scale: &Value, options: Options) -> Value {
    let columns = [
        Column::new("Name", "string", "", 0),
        Column::new("Desired", "integer", "", 0),
        Column::new("Available", "integer", "", 0),
        Column::new("Age", "string", "", 0),
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
    // The general printer writes no rows as null.
    let none = rows.is_empty() && kind.custom.is_none() && std::ptr::eq(built_in(kind), DEFAULT);
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
