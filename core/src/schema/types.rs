//! Pure: the schemas of types that are not ours.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, ObjectMeta, OwnerReference, Time};

use super::Schema;
use super::node::{Field, Node, Shape};

macro_rules! schema {
    ($($type:ty => $node:expr;)+) => {
        $(impl Schema for $type {
            const SCHEMA: &'static Node = &$node;
        })+
    };
}

const INTEGER: Node = Node::new(Shape::Integer);
const STRING: Node = Node::new(Shape::String);

schema! {
    bool => Node::new(Shape::Boolean);
    char => STRING.length(1, 1);
    String => STRING;
    PathBuf => STRING;
    i8 => INTEGER.format("int32").minimum(-128).maximum(127);
    i16 => INTEGER.format("int32").minimum(-32_768).maximum(32_767);
    i32 => INTEGER.format("int32");
    i64 => INTEGER.format("int64");
    isize => INTEGER.format("int64");
    u8 => INTEGER.format("int32").minimum(0).maximum(255);
    u16 => INTEGER.format("int32").minimum(0).maximum(65_535);
    u32 => INTEGER.format("int64").minimum(0).maximum(4_294_967_295);
    // No maximum: bounds are float64 in the API, and 2^63 - 1 rounds to a bound that no value meets.
    u64 => INTEGER.format("int64").minimum(0);
    usize => INTEGER.format("int64").minimum(0);
    f32 => Node::new(Shape::Number).format("float");
    f64 => Node::new(Shape::Number).format("double");
    Time => STRING.format("date-time");
}

impl Schema for str {
    const SCHEMA: &'static Node = &STRING;
}

macro_rules! transparent {
    ($($type:ty),+) => {
        $(impl<T: Schema + ?Sized> Schema for $type {
            const SCHEMA: &'static Node = T::SCHEMA;
        })+
    };
}

transparent!(Box<T>, Arc<T>, Rc<T>);

impl<T: Schema + ToOwned + ?Sized> Schema for Cow<'_, T> {
    const SCHEMA: &'static Node = T::SCHEMA;
}

impl<T: Schema> Schema for Option<T> {
    const SCHEMA: &'static Node = &T::SCHEMA.optional();
}

impl<T: Schema> Schema for Vec<T> {
    const SCHEMA: &'static Node = &Node::new(Shape::List(T::SCHEMA));
}

impl<T: Schema> Schema for BTreeMap<String, T> {
    const SCHEMA: &'static Node = &Node::new(Shape::Map(T::SCHEMA));
}

impl<T: Schema, S> Schema for HashMap<String, T, S> {
    const SCHEMA: &'static Node = &Node::new(Shape::Map(T::SCHEMA));
}

/// What a path can name in `metadata`. In a definition the server has its own schema for it.
impl Schema for ObjectMeta {
    const SCHEMA: &'static Node = &Node::object(
        "ObjectMeta",
        &[
            Field::new("annotations", "annotations", <Option<BTreeMap<String, String>>>::SCHEMA),
            Field::new("creation_timestamp", "creationTimestamp", <Option<Time>>::SCHEMA),
            Field::new("deletion_grace_period_seconds", "deletionGracePeriodSeconds", <Option<i64>>::SCHEMA),
            Field::new("deletion_timestamp", "deletionTimestamp", <Option<Time>>::SCHEMA),
            Field::new("finalizers", "finalizers", <Option<Vec<String>>>::SCHEMA),
            Field::new("generate_name", "generateName", <Option<String>>::SCHEMA),
            Field::new("generation", "generation", <Option<i64>>::SCHEMA),
            Field::new("labels", "labels", <Option<BTreeMap<String, String>>>::SCHEMA),
            Field::new("name", "name", <Option<String>>::SCHEMA),
            Field::new("namespace", "namespace", <Option<String>>::SCHEMA),
            Field::new("owner_references", "ownerReferences", <Option<Vec<OwnerReference>>>::SCHEMA),
            Field::new("resource_version", "resourceVersion", <Option<String>>::SCHEMA),
            Field::new("uid", "uid", <Option<String>>::SCHEMA),
        ],
    );
}

impl Schema for OwnerReference {
    const SCHEMA: &'static Node = &Node::object(
        "OwnerReference",
        &[
            Field::new("api_version", "apiVersion", String::SCHEMA),
            Field::new("block_owner_deletion", "blockOwnerDeletion", <Option<bool>>::SCHEMA),
            Field::new("controller", "controller", <Option<bool>>::SCHEMA),
            Field::new("kind", "kind", String::SCHEMA),
            Field::new("name", "name", String::SCHEMA),
            Field::new("uid", "uid", String::SCHEMA),
        ],
    );
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
    .describe("One aspect of the state of an object.");
}
