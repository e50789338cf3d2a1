//! The tables against the structs of the enabled version of Kubernetes.

use std::collections::BTreeSet;
use std::mem::discriminant;

use k8s_openapi::api::core::v1::PodTemplateSpec;
#[cfg(feature = "validation")]
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    CustomResourceDefinition, CustomResourceDefinitionNames, CustomResourceDefinitionSpec,
    CustomResourceDefinitionVersion, CustomResourceValidation, JSONSchemaProps, JSONSchemaPropsOrArray,
};
#[cfg(feature = "validation")]
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Visitor;
use serde::de::value::Error;
use serde::forward_to_deserialize_any;

use crate::schema::Schema;
use crate::schema::json_schema;
use crate::schema::node::{Field, Node, Shape};
use crate::schema::rules::ListType;
#[cfg(feature = "validation")]
use crate::schema::{problems, warnings};

/// Fields that one version brought and a later one took back; the data of the newest server has no word on them.
const TAKEN_BACK: [(&str, &str); 3] = [
    ("Device", "nodeAllocatableResourceMappings"),
    ("NodeAllocatableResourceClaimStatus", "resources"),
    ("PodSpec", "workloadRef"),
];

fn fields(node: &Node) -> (&'static str, &'static [Field]) {
    let Shape::Object(name, fields) = node.shape else { panic!("{node:?} is no struct") };
    (name, fields)
}

/// That the compiler finds the field in the struct is half of the test.
pub(super) fn is_field<T: Schema, F: Schema>(rust: &str, json: &str, _field: fn(&T) -> &F) {
    let (owner, fields) = fields(T::SCHEMA);
    let field = fields.iter().find(|field| field.rust == rust).expect(rust);
    assert_eq!(field.json, json);
    assert!(alike(field.node, F::SCHEMA), "{owner}.{rust}: {:?} is not {:?}", field.node, F::SCHEMA);
}

/// Whether these are the same, as far as types go.
fn alike(table: &Node, ty: &Node) -> bool {
    let shapes = match (table.shape, ty.shape) {
        (Shape::Enum(values), Shape::String) => !values.is_empty(),
        (Shape::List(table), Shape::List(ty)) | (Shape::Map(table), Shape::Map(ty)) => alike(table, ty),
        (Shape::Object(table, _), Shape::Object(ty, _)) => table == ty,
        (table, ty) => discriminant(&table) == discriminant(&ty),
    };
    shapes && table.optional == ty.optional && !table.twice_optional && table.rules.format == ty.rules.format
}

/// Says no to everything, and with it the names of the fields that were asked for.
struct Names<'a>(&'a mut BTreeSet<&'static str>);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.extend(fields);
        Err(serde::de::Error::custom("only the names were wanted"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("not a struct"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Whether the table has the fields that serde reads, no more and no less.
pub(super) fn is_whole<T: Schema + for<'de> Deserialize<'de>>() {
    let mut known = BTreeSet::new();
    assert!(T::deserialize(Names(&mut known)).is_err());
    let (name, fields) = fields(T::SCHEMA);
    for (_, field) in TAKEN_BACK.iter().filter(|(owner, _)| *owner == name) {
        known.remove(field);
    }
    let listed: BTreeSet<&str> = fields.iter().map(|field| field.json).collect();
    assert_eq!(listed, known, "the fields of {name}");
    assert_eq!(listed.len(), fields.len(), "{name} has a field twice");
    has_keys(T::SCHEMA, T::SCHEMA.keys);
    for field in fields {
        if let (Shape::List(item), Some(ListType::Map(keys))) = (field.node.shape, field.rules.list) {
            has_keys(item, keys);
        }
    }
}

/// A definition can have the type, in a field and in a list.
#[cfg(feature = "validation")]
pub(super) fn is_structural<T: Schema>() {
    let version = CustomResourceDefinitionVersion {
        name: "v1".to_owned(),
        served: true,
        storage: true,
        schema: Some(CustomResourceValidation { open_api_v3_schema: Some(root(T::SCHEMA)) }),
        ..CustomResourceDefinitionVersion::default()
    };
    let names = CustomResourceDefinitionNames {
        kind: "Thing".to_owned(),
        plural: "things".to_owned(),
        ..CustomResourceDefinitionNames::default()
    };
    let definition = CustomResourceDefinition {
        metadata: ObjectMeta { name: Some("things.example.com".to_owned()), ..ObjectMeta::default() },
        spec: CustomResourceDefinitionSpec {
            group: "example.com".to_owned(),
            names,
            scope: "Cluster".to_owned(),
            versions: vec![version],
            ..CustomResourceDefinitionSpec::default()
        },
        status: None,
    };
    assert_eq!(problems(&definition), [], "{}", fields(T::SCHEMA).0);
    assert_eq!(warnings(&definition), [""; 0], "{}", fields(T::SCHEMA).0);
}

#[cfg(feature = "validation")]
fn root(node: &'static Node) -> JSONSchemaProps {
    let list = JSONSchemaProps {
        type_: Some("array".to_owned()),
        items: Some(JSONSchemaPropsOrArray::Schema(Box::new(json_schema(node)))),
        ..JSONSchemaProps::default()
    };
    let properties = [("one".to_owned(), json_schema(node)), ("many".to_owned(), list)];
    JSONSchemaProps {
        type_: Some("object".to_owned()),
        properties: Some(properties.into()),
        ..JSONSchemaProps::default()
    }
}

/// A definition is refused where a key may be absent.
fn has_keys(item: &Node, keys: &[&str]) {
    for key in keys {
        let field = fields(item).1.iter().find(|field| field.rust == *key).expect(key);
        assert!(field.is_required() || field.default.is_some(), "{key} may be absent: {item:?}");
    }
}

/// `kubectl apply` writes the definition into an annotation, which has room for so much.
const ANNOTATION_MAX: usize = 256 * 1024;

#[test]
fn a_template_of_pods_is_small_enough_for_kubectl_apply() {
    let text = serde_json::to_string(&json_schema(PodTemplateSpec::SCHEMA)).unwrap();
    assert!(text.len() < 80_000 && 80_000 < ANNOTATION_MAX, "{} bytes", text.len());
}
