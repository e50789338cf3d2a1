//! Pure: how the parts of an object merge.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::kinds::Kind;
use crate::schema::node::{ListType, Schema};

static METADATA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::parse(&json!({"properties": {
        "finalizers": {"x-kubernetes-list-type": "set"},
        "ownerReferences": {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["uid"],
            "items": {"x-kubernetes-map-type": "atomic"}},
    }}))
});

/// The list topology of built-in kinds that people apply most. A later data file replaces it.
static WORKLOAD: LazyLock<Schema> = LazyLock::new(|| {
    let pod = pod_spec();
    let template = json!({"properties": {"spec": pod}});
    Schema::parse(&json!({"properties": {
        "spec": {"properties": {
            "template": template,
            "selector": {"x-kubernetes-map-type": "atomic"},
            "containers": pod["properties"]["containers"],
            "initContainers": pod["properties"]["containers"],
            "volumes": pod["properties"]["volumes"],
            "imagePullSecrets": keyed(&["name"], json!({})),
            "ports": keyed(&["port", "protocol"], json!({"protocol": {"default": "TCP"}})),
        }},
        "status": {"properties": {"conditions": keyed(&["type"], json!({}))}},
    }}))
});

fn keyed(keys: &[&str], properties: Value) -> Value {
    json!({"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys, "items": {"properties": properties}})
}

fn pod_spec() -> Value {
    let container = json!({
        "env": keyed(&["name"], json!({})),
        "ports": keyed(&["containerPort", "protocol"], json!({"protocol": {"default": "TCP"}})),
        "volumeMounts": keyed(&["mountPath"], json!({})),
    });
    json!({"properties": {
        "containers": keyed(&["name"], container.clone()),
        "initContainers": keyed(&["name"], container),
        "volumes": keyed(&["name"], json!({})),
        "imagePullSecrets": keyed(&["name"], json!({})),
    }})
}

/// A place in an object, with what its schema says about merging.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Topology<'a> {
    schema: Option<&'a Schema>,
    root: bool,
    built_in: bool,
}

impl<'a> Topology<'a> {
    /// A whole object; without a schema it is of a built-in kind.
    pub(crate) fn root(schema: Option<&'a Schema>) -> Self {
        Self { schema: Some(schema.unwrap_or(&WORKLOAD)), root: true, built_in: schema.is_none() }
    }

    pub(crate) fn field(self, name: &str) -> Self {
        let schema = if self.root && name == "metadata" {
            Some(&*METADATA)
        } else {
            self.schema.and_then(|schema| schema.field(name))
        };
        Self { schema, root: false, built_in: self.built_in }
    }

    pub(crate) fn items(self) -> Self {
        Self {
            schema: self.schema.and_then(|schema| schema.items.as_deref()),
            root: false,
            built_in: self.built_in,
        }
    }

    /// Whether the map is one value, not one per key.
    pub(crate) fn is_atomic_map(self) -> bool {
        self.schema.is_some_and(|schema| schema.atomic_map)
    }

    /// Whether `name` is a key of a map rather than a field of a struct. Where a custom resource keeps unknown
    /// fields, everything is a map.
    pub(crate) fn is_map_key(self, name: &str) -> bool {
        match self.schema {
            Some(schema) => {
                let open = schema.additional_schema().is_some() || schema.preserve_unknown;
                open && !self.root && !schema.properties.contains_key(name)
            }
            None => !self.built_in,
        }
    }

    /// Whether `name` is a struct that objects of a built-in kind always have, and so nobody sets first.
    pub(crate) fn is_always_there(self, name: &str) -> bool {
        (self.root && name == "metadata")
            || (self.built_in
                && matches!(name, "metadata" | "names" | "spec" | "status" | "strategy" | "template"))
    }

    pub(crate) fn list_type(self) -> &'a ListType {
        self.schema.map_or(&ListType::Atomic, |schema| &schema.list_type)
    }

    /// The value of a list-map key that an item leaves out.
    pub(crate) fn default_of(self, key: &str) -> Option<&'a Value> {
        self.items().schema?.properties.get(key)?.default.as_ref()
    }
}

/// The schema by which objects of `kind` merge; nothing for built-in kinds.
pub(crate) fn of(kind: &Kind) -> Option<std::sync::Arc<Schema>> {
    kind.custom.as_ref().map(|custom| std::sync::Arc::clone(&custom.schema))
}
