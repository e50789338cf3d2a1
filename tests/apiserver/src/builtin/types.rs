//! Pure: the Go structs behind the built-in kinds, as the data file tells them.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use kubist_structural::node::strings;
use serde_json::Value;

use crate::builtin::data;
use crate::kinds::{Kind, StructId};

/// One Go struct.
#[derive(Debug)]
pub(crate) struct Struct {
    /// Go's name, such as `PodSpec`.
    pub(crate) name: String,
    /// OpenAPI's name, such as `io.k8s.api.core.v1.PodSpec`.
    pub(crate) openapi: String,
    /// The `apiVersion` of a kind; empty for all other structs.
    pub(crate) api_version: String,
    /// Whether a value of this struct has one owner as a whole.
    pub(crate) atomic: bool,
    /// `x-kubernetes-unions`, or null.
    pub(crate) unions: Value,
    fields: Vec<Field>,
    /// Embedded structs that are messages of their own in protobuf. Their fields are also among `fields`.
    embedded: Vec<Field>,
}

/// How the items of a list relate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListTopology {
    Atomic,
    Set,
    Map { keys: Vec<String> },
}

/// How the members of a map or struct relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapTopology {
    Atomic,
    Granular,
}

/// One field of a struct.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The name in JSON; empty for an embedded struct.
    pub(crate) json: String,
    /// The name in Go.
    pub(crate) go: String,
    /// The number in protobuf; 0 for a field that the message does not have.
    pub(crate) number: u32,
    pub(crate) ty: Type,
    /// Go's name of the type, where a type without fields has one of its own; else empty.
    pub(crate) go_type: String,
    /// Whether OpenAPI requires it.
    pub(crate) required: bool,
    pub(crate) pointer: bool,
    pub(crate) omitempty: bool,
    /// Whether a struct without any content is left out.
    pub(crate) omitzero: bool,
    pub(crate) list: Option<ListTopology>,
    /// Whether this field makes its map or struct one value, or takes it apart; else the struct tells.
    pub(crate) map: Option<MapTopology>,
    pub(crate) merge_key: Option<String>,
    pub(crate) merge: bool,
    pub(crate) retain_keys: bool,
    /// Whether its patch strategy is spelled out to be the usual one.
    pub(crate) replace: bool,
    /// The default in OpenAPI.
    pub(crate) default: Option<Value>,
    /// The values in OpenAPI, of the field, its items or its members.
    pub(crate) enums: Vec<String>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    Bool,
    Int32,
    Int64,
    Float64,
    Bytes,
    Time,
    MicroTime,
    Duration,
    Quantity,
    IntOrString,
    /// An object of any kind.
    Raw,
    /// Any JSON.
    Json,
    FieldsV1,
    /// A schema, or true or false.
    SchemaOrBool,
    /// A schema, or a list of them.
    SchemaOrArray,
    /// A schema, or a list of texts.
    SchemaOrStrings,
    Struct(StructId),
    /// In protobuf a list within a map is a message whose field 1 is the list.
    List(Box<Self>),
    Map(Box<Self>),
}

impl Struct {
    /// The field of this name in JSON.
    pub(crate) fn field(&self, json: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.json == json)
    }

    /// The field of this number in protobuf; it may be an embedded struct.
    pub(crate) fn by_number(&self, number: u32) -> Option<&Field> {
        self.members().find(|field| field.number == number)
    }

    /// The fields as JSON has them, in Go's order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// The fields as protobuf has them, embedded structs last.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.number > 0).chain(&self.embedded)
    }

    fn parse(openapi: &str, line: &str) -> Self {
        let whole: Value = serde_json::from_str(line).unwrap_or_default();
        let (mut fields, mut embedded) = (Vec::new(), Vec::new());
        for field in whole["fields"].as_array().into_iter().flatten().map(Field::parse) {
            match &field.ty {
                Type::Struct(inner) if field.json.is_empty() => {
                    let inner = get(*inner).fields().map(|field| Field { number: 0, ..field.clone() });
                    fields.extend(inner);
                    embedded.push(field);
                }
                _ => fields.push(field),
            }
        }
        Self {
            name: text(&whole, "name"),
            openapi: openapi.to_owned(),
            api_version: text(&whole, "apiVersion"),
            atomic: flag(&whole, "atomic"),
            unions: whole["unions"].clone(),
            fields,
            embedded,
        }
    }
}

impl Field {
    fn parse(value: &Value) -> Self {
        let json = text(value, "json");
        let go = value["go"].as_str().map_or_else(|| capital(&json), str::to_owned);
        let list = match value["list"].as_str() {
            Some("map") => Some(ListTopology::Map { keys: strings(value.get("keys")) }),
            Some("set") => Some(ListTopology::Set),
            Some(_) => Some(ListTopology::Atomic),
            None => None,
        };
        Self {
            number: value["number"].as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(0),
            ty: Type::parse(value["type"].as_str().unwrap_or_default()),
            go_type: text(value, "goType"),
            required: flag(value, "required"),
            pointer: flag(value, "pointer"),
            omitempty: flag(value, "omitempty"),
            omitzero: flag(value, "omitzero"),
            list,
            map: match value["map"].as_str() {
                Some("atomic") => Some(MapTopology::Atomic),
                Some(_) => Some(MapTopology::Granular),
                None => None,
            },
            merge_key: value["mergeKey"].as_str().map(str::to_owned),
            merge: flag(value, "merge"),
            retain_keys: flag(value, "retainKeys"),
            replace: flag(value, "replace"),
            default: value.get("default").cloned(),
            enums: strings(value.get("enum")),
            json,
            go,
        }
    }

    /// Whether the map or struct in this field has one owner as a whole.
    pub(crate) fn is_atomic(&self) -> bool {
        match self.map {
            Some(map) => map == MapTopology::Atomic,
            None => matches!(self.ty, Type::Struct(id) if get(id).atomic),
        }
    }
}

impl Type {
    fn parse(name: &str) -> Self {
        if let Some(item) = name.strip_prefix("[]") {
            return Self::List(Box::new(Self::parse(item)));
        }
        if let Some(member) = name.strip_prefix("map[string]") {
            return Self::Map(Box::new(Self::parse(member)));
        }
        match name {
            "string" => Self::String,
            "bool" => Self::Bool,
            "int32" => Self::Int32,
            "int64" => Self::Int64,
            "float64" => Self::Float64,
            "bytes" => Self::Bytes,
            "Time" => Self::Time,
            "MicroTime" => Self::MicroTime,
            "Duration" => Self::Duration,
            "Quantity" => Self::Quantity,
            "IntOrString" => Self::IntOrString,
            "FieldsV1" => Self::FieldsV1,
            "JSON" => Self::Json,
            "JSONSchemaPropsOrBool" => Self::SchemaOrBool,
            "JSONSchemaPropsOrArray" => Self::SchemaOrArray,
            "JSONSchemaPropsOrStringArray" => Self::SchemaOrStrings,
            name => find(name).map_or(Self::Raw, Self::Struct),
        }
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn flag(value: &Value, name: &str) -> bool {
    value[name] == Value::Bool(true)
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

static STRUCTS: LazyLock<Vec<OnceLock<Struct>>> =
    LazyLock::new(|| data::types().iter().map(|_| OnceLock::new()).collect());

/// By apiVersion and kind.
static BY_KIND: LazyLock<HashMap<(&'static str, &'static str), StructId>> = LazyLock::new(|| {
    let owned = data::types().iter().enumerate().filter_map(|(index, (_, line))| {
        let kind = line.strip_prefix("{\"name\":\"")?;
        let (kind, rest) = kind.split_once("\",\"apiVersion\":\"")?;
        let (api_version, _) = rest.split_once('"')?;
        Some(((api_version, kind), StructId(index)))
    });
    owned.collect()
});

/// The struct of this name in OpenAPI.
pub(crate) fn find(openapi: &str) -> Option<StructId> {
    data::types().binary_search_by_key(&openapi, |(name, _)| name).ok().map(StructId)
}

/// The struct, parsed when it is first asked for.
pub(crate) fn get(id: StructId) -> &'static Struct {
    STRUCTS[id.0].get_or_init(|| {
        let (openapi, line) = data::types()[id.0];
        Struct::parse(openapi, line)
    })
}

/// The struct of a built-in kind.
pub(crate) fn of_kind(kind: &Kind) -> Option<&'static Struct> {
    kind.ty.map(get)
}

/// The struct of any kind that the server knows: also of lists, of the bodies of subresources, and, whatever the
/// version, of `DeleteOptions` and its like.
pub(crate) fn of_gvk(api_version: &str, kind: &str) -> Option<&'static Struct> {
    let found = BY_KIND.get(&(api_version, kind)).copied();
    found.or_else(|| find(&format!("io.k8s.apimachinery.pkg.apis.meta.v1.{kind}"))).map(get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_struct_is_read_whole() {
        for index in 0..data::types().len() {
            let of = get(StructId(index));
            assert!(!of.name.is_empty(), "{}", of.openapi);
            for field in of.fields() {
                assert!(!field.json.is_empty() && !field.go.is_empty(), "{}: {field:?}", of.openapi);
            }
        }
    }

    #[test]
    fn only_objects_of_any_kind_are_raw() {
        let raw = data::types().iter().flat_map(|(_, line)| {
            let whole: Value = serde_json::from_str(line).unwrap();
            let types: Vec<String> =
                whole["fields"].as_array().unwrap().iter().map(|field| text(field, "type")).collect();
            types.into_iter().filter(|name| Type::parse(name) == Type::Raw)
        });
        assert_eq!(raw.collect::<std::collections::BTreeSet<_>>(), ["Raw".to_owned()].into());
    }

    #[test]
    fn an_embedded_struct_is_flat_in_json_and_a_message_in_protobuf() {
        let volume = get(find("io.k8s.api.core.v1.Volume").unwrap());
        assert_eq!(volume.by_number(1).unwrap().json, "name");
        assert_eq!(volume.by_number(2).unwrap().go, "VolumeSource");
        assert_eq!(volume.field("emptyDir").unwrap().number, 0);
        assert_eq!(volume.members().count(), 2);
    }

    #[test]
    fn fields_know_how_they_merge() {
        let pod = get(find("io.k8s.api.core.v1.PodSpec").unwrap());
        let containers = pod.field("containers").unwrap();
        assert_eq!(containers.list, Some(ListTopology::Map { keys: vec!["name".to_owned()] }));
        assert!(containers.merge && containers.required);
        assert_eq!(containers.merge_key.as_deref(), Some("name"));
        assert!(pod.field("nodeSelector").unwrap().is_atomic());
        assert!(pod.field("volumes").unwrap().retain_keys);
        let port = get(find("io.k8s.api.core.v1.ServicePort").unwrap());
        assert_eq!(port.field("protocol").unwrap().default, Some("TCP".into()));
        assert_eq!(port.field("protocol").unwrap().enums, ["SCTP", "TCP", "UDP"]);
    }

    #[test]
    fn kinds_are_found_by_version_and_name() {
        assert_eq!(of_gvk("v1", "Pod").unwrap().openapi, "io.k8s.api.core.v1.Pod");
        assert_eq!(of_gvk("policy/v1", "Eviction").unwrap().name, "Eviction");
        assert_eq!(of_gvk("apps/v1", "DeploymentList").unwrap().name, "DeploymentList");
        assert_eq!(of_gvk("example.com/v1", "DeleteOptions").unwrap().name, "DeleteOptions");
        assert!(of_gvk("v1", "Deployment").is_none());
    }
}
