// Pure: no clock, no waiting.
//! The custom resource definition of a type.

mod descriptions;
mod yaml;
#[cfg(test)]
mod yaml_tests;

pub use self::descriptions::limit_descriptions;
pub(crate) use self::yaml::write_document;
pub use self::yaml::{ANNOTATION_BYTES_MAX, annotation_bytes, to_yaml};
pub use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    CustomResourceColumnDefinition, CustomResourceDefinitionNames, CustomResourceDefinitionSpec,
    CustomResourceDefinitionVersion, CustomResourceSubresourceScale, CustomResourceSubresourceStatus,
    CustomResourceSubresources, CustomResourceValidation, JSONSchemaProps, SelectableField,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::resource::{Resource, ResourceMeta, Scope};
use crate::schema::{Node, Schema, column_type, json_path, json_schema};

/// A kind of one's own, defined in the cluster by a `CustomResourceDefinition`.
///
/// `#[derive(Resource)]` implements it. Paths are Rust paths from the root struct
/// (`status?.ready_replicas`); the JSON path follows serde's renames.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a custom resource",
    label = "`{Self}` has no definition",
    note = "derive it on the root struct: `#[derive(Resource)]` with `#[resource(group = \"…\", version = \"…\", scope = …)]`"
)]
pub trait CustomResource: Resource + Schema {
    /// What `kubectl get` shows, besides the name.
    const COLUMNS: &'static [Column] = &[];

    /// Where the scale subresource finds its numbers.
    const SCALE: Option<ScalePaths> = None;

    /// The fields, besides name and namespace, that a field selector can name, as Rust paths.
    const SELECTABLE: &'static [&'static str] = &[];

    /// The kind of lists, or empty for the kind with `List`.
    const LIST_KIND: &'static str = "";

    /// Annotations of the definition itself.
    const ANNOTATIONS: &'static [(&'static str, &'static str)] = &[];

    /// Labels of the definition itself.
    const LABELS: &'static [(&'static str, &'static str)] = &[];

    /// Whether the API server answers requests in this version.
    const SERVED: bool = true;

    /// Whether objects are stored in this version. Of the versions of a kind one is.
    const STORAGE: bool = true;

    /// Whether clients are warned of this version, and with which words; empty for the server's own.
    const DEPRECATED: Option<&'static str> = None;
}

/// One column of `kubectl get`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Column {
    /// The header.
    pub name: &'static str,
    /// The Rust path of the value, or a JSON path, which begins with a dot.
    pub path: &'static str,
    /// `string`, `integer`, `number`, `boolean` or `date`; empty for what the schema at the path says.
    pub type_: &'static str,
    /// An OpenAPI format of the type, or empty.
    pub format: &'static str,
    /// What the column shows, or empty.
    pub description: &'static str,
    /// 0 is always shown, more only with `kubectl get -o wide`.
    pub priority: i32,
}

impl Column {
    /// A column with this header over the values at this path.
    #[must_use]
    pub const fn new(name: &'static str, path: &'static str) -> Self {
        Self { name, path, type_: "", format: "", description: "", priority: 0 }
    }

    /// Sets the type: `string`, `integer`, `number`, `boolean` or `date`.
    #[must_use]
    pub const fn type_(mut self, type_: &'static str) -> Self {
        self.type_ = type_;
        self
    }

    /// Sets the OpenAPI format.
    #[must_use]
    pub const fn format(mut self, format: &'static str) -> Self {
        self.format = format;
        self
    }

    /// Sets what the column shows.
    #[must_use]
    pub const fn description(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Sets the priority: 0 is always shown, more only with `kubectl get -o wide`.
    #[must_use]
    pub const fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }
}

/// Where the scale subresource finds its numbers, as Rust paths.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ScalePaths {
    /// The number that is wanted, under `spec`.
    pub replicas: &'static str,
    /// The number that is there, under `status`.
    pub ready: &'static str,
    /// The label selector of what is counted, as a string, under `spec` or `status`.
    pub selector: Option<&'static str>,
}

impl ScalePaths {
    /// The paths of the wanted and of the actual number.
    #[must_use]
    pub const fn new(replicas: &'static str, ready: &'static str) -> Self {
        Self { replicas, ready, selector: None }
    }

    /// Sets the path of the label selector.
    #[must_use]
    pub const fn selector(mut self, path: &'static str) -> Self {
        self.selector = Some(path);
        self
    }
}

/// The `CustomResourceDefinition` of a type, as the API server takes it. It cannot fail.
///
/// It has one version, that of the type; [`crd!`](crate::crd!) makes one of several.
///
/// # Examples
///
/// ```
/// use kubist::prelude::*;
///
/// #[derive(Clone, Debug, Resource)]
/// #[resource(group = "example.com", version = "v1", scope = Namespaced)]
/// struct Website {
///     metadata: ObjectMeta,
///     spec: WebsiteSpec,
/// }
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// struct WebsiteSpec {
///     bucket: String,
/// }
///
/// assert_eq!(kubist::crd::definition::<Website>(), Website::crd());
/// assert_eq!(Website::crd().metadata.name.as_deref(), Some("websites.example.com"));
/// ```
#[must_use]
pub fn definition<K: CustomResource>() -> CustomResourceDefinition {
    render(&Declaration::of::<K>())
}

/// What a type says of its definition, as values: so that the code that renders it is compiled once, not once per kind.
struct Declaration {
    meta: ResourceMeta,
    schema: &'static Node,
    list_kind: &'static str,
    annotations: &'static [(&'static str, &'static str)],
    labels: &'static [(&'static str, &'static str)],
    columns: &'static [Column],
    scale: Option<ScalePaths>,
    selectable: &'static [&'static str],
    served: bool,
    deprecated: Option<&'static str>,
}

impl Declaration {
    const fn of<K: CustomResource>() -> Self {
        Self {
            meta: K::META,
            schema: K::SCHEMA,
            list_kind: K::LIST_KIND,
            annotations: K::ANNOTATIONS,
            labels: K::LABELS,
            columns: K::COLUMNS,
            scale: K::SCALE,
            selectable: K::SELECTABLE,
            served: K::SERVED,
            deprecated: K::DEPRECATED,
        }
    }
}

fn render(declared: &Declaration) -> CustomResourceDefinition {
    let meta = &declared.meta;
    let map = |pairs: &[(&str, &str)]| {
        let map = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Some(map).filter(|_| !pairs.is_empty())
    };
    CustomResourceDefinition {
        metadata: ObjectMeta {
            name: Some(meta.gvr().to_string()),
            annotations: map(declared.annotations),
            labels: map(declared.labels),
            ..ObjectMeta::default()
        },
        spec: CustomResourceDefinitionSpec {
            group: meta.group.to_owned(),
            names: names(meta, declared.list_kind),
            scope: match meta.scope {
                Scope::Cluster => "Cluster".to_owned(),
                Scope::Namespaced => "Namespaced".to_owned(),
            },
            versions: vec![version(declared)],
            ..CustomResourceDefinitionSpec::default()
        },
        status: None,
    }
}

fn names(meta: &ResourceMeta, list_kind: &str) -> CustomResourceDefinitionNames {
    let list = |names: &[&str]| {
        Some(names.iter().map(|name| (*name).to_owned()).collect()).filter(|_| !names.is_empty())
    };
    CustomResourceDefinitionNames {
        kind: meta.kind.to_owned(),
        list_kind: Some(match list_kind {
            "" => format!("{}List", meta.kind),
            given => given.to_owned(),
        }),
        plural: meta.plural.to_owned(),
        singular: Some(meta.singular.to_owned()).filter(|singular| !singular.is_empty()),
        short_names: list(meta.short_names),
        categories: list(meta.categories),
    }
}

fn version(declared: &Declaration) -> CustomResourceDefinitionVersion {
    let path = |path: &str| json_path(declared.schema, path);
    let scale = declared.scale.map(|paths| CustomResourceSubresourceScale {
        spec_replicas_path: path(paths.replicas),
        status_replicas_path: path(paths.ready),
        label_selector_path: paths.selector.map(path),
    });
    let status = declared.meta.status.then(|| CustomResourceSubresourceStatus(serde_json::json!({})));
    let selectable: Vec<_> =
        declared.selectable.iter().map(|field| SelectableField { json_path: path(field) }).collect();
    let columns: Vec<_> = declared.columns.iter().map(|shown| column(shown, declared.schema)).collect();
    CustomResourceDefinitionVersion {
        name: declared.meta.version.to_owned(),
        served: declared.served,
        // The only version of a definition is the stored one.
        storage: true,
        deprecated: declared.deprecated.map(|_| true),
        deprecation_warning: declared.deprecated.filter(|text| !text.is_empty()).map(str::to_owned),
        selectable_fields: Some(selectable).filter(|fields| !fields.is_empty()),
        schema: Some(CustomResourceValidation { open_api_v3_schema: Some(root_schema(declared.schema)) }),
        subresources: Some(CustomResourceSubresources { scale, status })
            .filter(|subresources| subresources.scale.is_some() || subresources.status.is_some()),
        additional_printer_columns: Some(columns).filter(|columns| !columns.is_empty()),
    }
}

fn column(column: &Column, schema: &'static Node) -> CustomResourceColumnDefinition {
    CustomResourceColumnDefinition {
        name: column.name.to_owned(),
        json_path: json_path(schema, column.path),
        type_: match column.type_ {
            "" => column_type(schema, column.path).to_owned(),
            given => given.to_owned(),
        },
        format: text(column.format),
        description: text(column.description),
        priority: Some(column.priority).filter(|priority| *priority != 0),
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// The schema of the whole object. The server has its own for `apiVersion`, `kind` and `metadata`,
/// and refuses most of what could be said about them.
fn root_schema(schema: &Node) -> JSONSchemaProps {
    let mut schema = json_schema(schema);
    if let Some(properties) = &mut schema.properties {
        properties.remove("metadata");
    }
    if let Some(required) = &mut schema.required {
        required.retain(|name| name != "metadata");
    }
    schema.required = schema.required.filter(|required| !required.is_empty());
    schema
}
