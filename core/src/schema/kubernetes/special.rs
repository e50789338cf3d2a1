//! Pure: the types of `k8s-openapi` that are more, or less, than their fields.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSON, JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool, JSONSchemaPropsOrStringArray,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{
    Condition, FieldsV1, ManagedFieldsEntry, MicroTime, ObjectMeta, OwnerReference, Time,
};
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::table::{SET, any_object};
use crate::schema::Schema;
use crate::schema::node::{Field, Node, Number, Shape};
use crate::schema::rules::Rules;

/// What the API server itself calls a quantity, as far as a regular expression can say it.
const QUANTITY: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

/// Base64 that decodes: the format `byte` refuses the empty string, which is what no bytes are, and accepts text
/// whose last bits are lost.
const BASE64: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/// What the format `date-time` accepts and a timestamp cannot hold is left out: more digits than nanoseconds have, any
/// letter before them, offsets beyond a day, the end of the year 9999 (tried against kube-apiserver v1.37.2). Where an
/// offset could lead out of the years 0 to 9999, there is none: what has been read can be written.
pub(in crate::schema) const TIMESTAMP: &str = concat!(
    r"^(([1-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]).{15}([.,][0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
    r"|(0[0-9]{3}.{15}|999[0-8].{15}",
    r"|9999-(((0.|1[01])-..|12-[0-2].)[Tt].{8}|12-30[Tt](([01].|2[01]).{6}|22:00:00)))([.,][0-9]{1,9})?[Zz])$",
);

const TIME: Node = Node::new(Shape::String).rules(&Rules::new().format("date-time").pattern(TIMESTAMP));

macro_rules! schema {
    ($($type:ty => $node:expr;)+) => {
        $(impl Schema for $type {
            const SCHEMA: &'static Node = &$node;
        })+
    };
}

schema! {
    ByteString => Node::new(Shape::String).rules(&Rules::new().pattern(BASE64));
    FieldsV1 => any_object("FieldsV1");
    // The number is an i32, and the API server would take any.
    IntOrString => Node::new(Shape::IntOrString).rules(
        &Rules::new().minimum(Number::Integer(-2_147_483_648)).maximum(Number::Integer(2_147_483_647))
    );
    JSON => Node::new(Shape::Any);
    // It contains itself.
    JSONSchemaProps => any_object("JSONSchemaProps");
    JSONSchemaPropsOrArray => Node::new(Shape::Any);
    JSONSchemaPropsOrBool => Node::new(Shape::Any);
    JSONSchemaPropsOrStringArray => Node::new(Shape::Any);
    MicroTime => TIME;
    Quantity => Node::new(Shape::IntOrString).rules(&Rules::new().pattern(QUANTITY));
    RawExtension => any_object("RawExtension");
    Time => TIME;
}

/// `metadata` at the root of an object: what a path can name. In a definition the server has its own schema for it.
pub const OBJECT_META: &Node = &Node::object(
    "ObjectMeta",
    &[
        ANNOTATIONS,
        Field::new("creation_timestamp", "creationTimestamp", <Option<Time>>::SCHEMA),
        Field::new("deletion_grace_period_seconds", "deletionGracePeriodSeconds", <Option<i64>>::SCHEMA),
        Field::new("deletion_timestamp", "deletionTimestamp", <Option<Time>>::SCHEMA),
        FINALIZERS,
        Field::new("generate_name", "generateName", <Option<String>>::SCHEMA),
        Field::new("generation", "generation", <Option<i64>>::SCHEMA),
        LABELS,
        Field::new("managed_fields", "managedFields", <Option<Vec<ManagedFieldsEntry>>>::SCHEMA),
        NAME,
        NAMESPACE,
        Field::new("owner_references", "ownerReferences", <Option<Vec<OwnerReference>>>::SCHEMA),
        Field::new("resource_version", "resourceVersion", <Option<String>>::SCHEMA),
        Field::new("self_link", "selfLink", <Option<String>>::SCHEMA),
        Field::new("uid", "uid", <Option<String>>::SCHEMA),
    ],
);

const ANNOTATIONS: Field =
    Field::new("annotations", "annotations", <Option<BTreeMap<String, String>>>::SCHEMA);
const FINALIZERS: Field = Field::new("finalizers", "finalizers", <Option<Vec<String>>>::SCHEMA).rules(&SET);
const LABELS: Field = Field::new("labels", "labels", <Option<BTreeMap<String, String>>>::SCHEMA);
const NAME: Field = Field::new("name", "name", <Option<String>>::SCHEMA);
const NAMESPACE: Field = Field::new("namespace", "namespace", <Option<String>>::SCHEMA);

/// Metadata inside of an object, as in a template: what an author writes. The rest is the server's.
impl Schema for ObjectMeta {
    const SCHEMA: &'static Node =
        &Node::object("ObjectMeta", &[ANNOTATIONS, FINALIZERS, LABELS, NAME, NAMESPACE]);
}

impl Schema for Condition {
    const SCHEMA: &'static Node = &Node::object(
        "Condition",
        &[
            Field::new("last_transition_time", "lastTransitionTime", Time::SCHEMA)
                .describe("When the status last changed."),
            Field::new("message", "message", String::SCHEMA).describe("Details for people."),
            Field::new("observed_generation", "observedGeneration", <Option<i64>>::SCHEMA)
                .describe("The metadata.generation that this condition was set for."),
            Field::new("reason", "reason", String::SCHEMA)
                .describe("Why the status last changed, in CamelCase."),
            Field::new("status", "status", &Node::one_of(&["True", "False", "Unknown"])),
            Field::new("type_", "type", String::SCHEMA).describe("The name of the condition, in CamelCase."),
        ],
    )
    .keys(&["type_"])
    .describe("One aspect of the state of an object.");
}
