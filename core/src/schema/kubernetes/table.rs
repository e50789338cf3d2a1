//! Pure: how the generated files say what a type is.

use serde_json::Value;

use crate::schema::node::{Field, Node, Shape};
use crate::schema::rules::{ListType, Rules};

/// One impl of `Schema` for each struct that is named:
///
/// ```text
/// ContainerPort ["number"] {                         what tells the items of a list of these apart;
///                                                    or `LocalObjectReference atomic {`: it merges as a whole;
///                                                    or `Pod kind {`: it has apiVersion and kind too;
///                                                    or `Anything any {`: its fields are not known
///     container_port "containerPort": i32;           a field in Rust, in JSON, its type
///     protocol "protocol" = one_of(&["TCP"]);        or the schema itself
///     ports "ports": Vec<Port> => map(&["number"]);  and how managers share it
///     number "number": i32, zero;                    and its default
///   @since_1_35 {                                    and what older versions of Kubernetes lack
///     name "name": Option<String>;
///   }
/// }
/// ```
macro_rules! tables {
    (mod $tests:ident; $(
        $ty:ident $($what:ident)? $([$($key:literal),+])? {
            $($rust:ident $json:literal $(: $of:ty)? $(= $node:expr)? $(=> $rules:expr)? $(, $default:ident)?;)*
            $(@$since:ident {
                $($rust2:ident $json2:literal $(: $of2:ty)? $(= $node2:expr)? $(=> $rules2:expr)? $(, $default2:ident)?;)*
            })*
        }
    )+) => {
        $(#[diagnostic::do_not_recommend]
        impl $crate::schema::Schema for $ty {
            const SCHEMA: &'static $crate::schema::Node = &tables!(@node $($what)?; $ty; [
                $($crate::schema::Field::new(
                    stringify!($rust), $json, $(<$of as $crate::schema::Schema>::SCHEMA)? $(&$node)?
                ) $(.rules(&$rules))? $(.default($default))?,)*
                $($($since!($crate::schema::Field::new(
                    stringify!($rust2), $json2, $(<$of2 as $crate::schema::Schema>::SCHEMA)? $(&$node2)?
                ) $(.rules(&$rules2))? $(.default($default2))?),)*)*
            ]) $(.keys(&[$($key),+]))?;
        })+

        #[cfg(test)]
        mod $tests {
            use super::*;

            #[test]
            fn every_field_is_one_of_the_struct_with_its_type() {
                use $crate::schema::kubernetes::tests::is_field;
                $($(is_field::<$ty, _>(stringify!($rust), $json, |value| &value.$rust);)*
                $($(let _ = $since!({ is_field::<$ty, _>(stringify!($rust2), $json2, |value| &value.$rust2) });)*)*)+
            }

            #[test]
            fn every_field_of_the_struct_is_here() {
                $($crate::schema::kubernetes::tests::is_whole::<$ty>();)+
            }

            #[cfg(feature = "validation")]
            #[test]
            fn every_schema_is_one_that_a_definition_can_have() {
                $($crate::schema::kubernetes::tests::is_structural::<$ty>();)+
            }
        }
    };
    (@node; $ty:ident; $fields:tt) => {
        $crate::schema::kubernetes::table::object(stringify!($ty), &$fields)
    };
    (@node any; $ty:ident; []) => {
        $crate::schema::kubernetes::table::any_object(stringify!($ty))
    };
    (@node atomic; $ty:ident; $fields:tt) => {
        $crate::schema::kubernetes::table::object(stringify!($ty), &$fields)
            .rules(&$crate::schema::kubernetes::table::ATOMIC_MAP)
    };
    (@node kind; $ty:ident; [$($fields:tt)*]) => {
        $crate::schema::kubernetes::table::object(stringify!($ty), &[
            $crate::schema::Field::new(
                "api_version",
                "apiVersion",
                &$crate::schema::Node::one_of(&[<$ty as k8s_openapi::Resource>::API_VERSION]).optional(),
            ),
            $crate::schema::Field::new(
                "kind",
                "kind",
                &$crate::schema::Node::one_of(&[<$ty as k8s_openapi::Resource>::KIND]).optional(),
            ),
            $($fields)*
        ])
    };
}

/// Stands at the end of the fields where the enabled version of Kubernetes lacks one.
#[allow(dead_code, reason = "the newest version lacks nothing")]
pub(super) const ABSENT: Field = Field::new("", "", &Node::new(Shape::Any));

/// A struct, without the absent fields at the end.
pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Node {
    let mut fields = fields;
    while let Some((last, rest)) = fields.split_last()
        && last.json.is_empty()
    {
        fields = rest;
    }
    Node::object(name, fields)
}

/// Any object, kept as it is.
pub(super) const fn any_object(name: &'static str) -> Node {
    const KEEP: Rules = Rules::new().preserve_unknown();
    Node::object(name, &[]).rules(&KEEP)
}

pub(super) const ATOMIC_LIST: Rules = Rules::new().list(ListType::Atomic);
pub(super) const ATOMIC_MAP: Rules = Rules::new().atomic_map();
/// Against the word of the type.
pub(super) const GRANULAR_MAP: Rules = Rules::new().raw(r#"{"x-kubernetes-map-type":"granular"}"#);
pub(super) const SET: Rules = Rules::new().list(ListType::Set);

/// A list whose items are told apart by these fields.
pub(super) const fn map(keys: &'static [&'static str]) -> Rules {
    Rules::new().list(ListType::Map(keys))
}

pub(super) const fn one_of(values: &'static [&'static str]) -> Node {
    Node::one_of(values)
}

pub(super) const fn list_of(item: &'static Node) -> Node {
    Node::new(Shape::List(item))
}

pub(super) const fn map_of(value: &'static Node) -> Node {
    Node::new(Shape::Map(value))
}

/// The default of what a struct holds although the API has it optional. Without it such a field could not be a key.
pub(super) fn empty() -> Option<Value> {
    Some(Value::from(""))
}

/// The same of a struct.
pub(super) fn empty_object() -> Option<Value> {
    Some(Value::Object(serde_json::Map::new()))
}

/// The default of the protocol of a port, which is one of the keys of ports.
pub(super) fn tcp() -> Option<Value> {
    Some(Value::from("TCP"))
}
