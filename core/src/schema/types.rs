//! Pure: the schemas of types that are not ours.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64,
    NonZeroUsize,
};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use super::Schema;
use super::check::DURATION;
use super::keys::{MapKey, SetItem};
use super::node::{Field, Node, Number, Shape, Tagging, Union, Variant};
use super::rules::{ListType, Rules};

macro_rules! schema {
    ($($type:ty => $node:expr;)+) => {
        $(impl Schema for $type {
            const SCHEMA: &'static Node = &$node;
        })+
    };
}

const STRING: Node = Node::new(Shape::String);
const INTEGER: Node = Node::new(Shape::Integer);
const INT32: Rules = Rules::new().format("int32");
const INT64: Rules = Rules::new().format("int64");

const fn at_least(least: i64) -> Number {
    Number::Integer(least)
}

/// A number that fits into 32 bits, between two bounds.
const fn small(least: i64, greatest: i64) -> Rules {
    INT32.minimum(Number::Integer(least)).maximum(Number::Integer(greatest))
}

const UINT32: Rules = INT64.minimum(at_least(0)).maximum(Number::Integer(4_294_967_295));

schema! {
    bool => Node::new(Shape::Boolean);
    char => STRING.rules(&Rules::new().min_length(1).max_length(1));
    String => STRING;
    PathBuf => STRING;
    i8 => INTEGER.rules(&small(-128, 127));
    i16 => INTEGER.rules(&small(-32_768, 32_767));
    i32 => INTEGER.rules(&INT32);
    i64 => INTEGER.rules(&INT64);
    isize => INTEGER.rules(&INT64);
    u8 => INTEGER.rules(&small(0, 255));
    u16 => INTEGER.rules(&small(0, 65_535));
    u32 => INTEGER.rules(&UINT32);
    // No maximum: bounds are float64 in the API, and 2^63 - 1 rounds to a bound that no value meets.
    u64 => INTEGER.rules(&INT64.minimum(at_least(0)));
    usize => INTEGER.rules(&INT64.minimum(at_least(0)));
    NonZeroI8 => INTEGER.rules(&small(-128, 127).raw(NOT_ZERO));
    NonZeroI16 => INTEGER.rules(&small(-32_768, 32_767).raw(NOT_ZERO));
    NonZeroI32 => INTEGER.rules(&INT32.raw(NOT_ZERO));
    NonZeroI64 => INTEGER.rules(&INT64.raw(NOT_ZERO));
    NonZeroU8 => INTEGER.rules(&small(1, 255));
    NonZeroU16 => INTEGER.rules(&small(1, 65_535));
    NonZeroU32 => INTEGER.rules(&UINT32.minimum(at_least(1)));
    NonZeroU64 => INTEGER.rules(&INT64.minimum(at_least(1)));
    NonZeroUsize => INTEGER.rules(&INT64.minimum(at_least(1)));
    f32 => Node::new(Shape::Number).rules(&Rules::new().format("float"));
    f64 => Node::new(Shape::Number).rules(&Rules::new().format("double"));
    serde_json::Value => Node::new(Shape::Any);
    serde_json::Map<String, serde_json::Value> => Node::new(Shape::Map(&Node::new(Shape::Any)));
    // The server's `ipv4` takes more than the types of the standard library do: leading zeros, mapped addresses.
    Ipv4Addr => STRING.rules(&Rules::new().format("ipv4").pattern(IPV4));
    Ipv6Addr => STRING.rules(&Rules::new().format("ipv6"));
    IpAddr => STRING.rules(&Rules::new().raw(IP));
    SocketAddr => STRING.rules(&Rules::new().pattern(SOCKET));
    // As serde writes it. A field of this type is refused, unless `with` says that this is meant.
    std::time::Duration => Node::object(
        DURATION,
        &[Field::new("secs", "secs", u64::SCHEMA), Field::new("nanos", "nanos", u32::SCHEMA)],
    );
}

/// The server refuses a bound of "not zero" in any other form.
const NOT_ZERO: &str = r#"{"not":{"enum":[0]}}"#;
const IPV4: &str =
    r"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$";
const IP: &str = r#"{"anyOf":[{"format":"ipv4","pattern":"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$"},{"format":"ipv6"}]}"#;
// Every form of an IPv6 address, with the scope that the standard library writes.
const SOCKET: &str = r"^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\[(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){1,1}(:[0-9a-fA-F]{1,4}){1,6}|:((:[0-9a-fA-F]{1,4}){1,7}|:)|([0-9a-fA-F]{1,4}:){6}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|::([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|([0-9a-fA-F]{1,4}:){1}:([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|([0-9a-fA-F]{1,4}:){2}:([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|([0-9a-fA-F]{1,4}:){3}:([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|([0-9a-fA-F]{1,4}:){4}:([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|([0-9a-fA-F]{1,4}:){5}:([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]))(%(0|[1-9][0-9]{0,8}|[1-3][0-9]{9}|4[0-1][0-9]{8}|42[0-8][0-9]{7}|429[0-3][0-9]{6}|4294[0-8][0-9]{5}|42949[0-5][0-9]{4}|429496[0-6][0-9]{3}|4294967[0-1][0-9]{2}|42949672[0-8][0-9]|429496729[0-5]))?\]):([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$";

impl Schema for str {
    const SCHEMA: &'static Node = &STRING;
}

impl<T: Schema, E: Schema> Schema for Result<T, E> {
    const SCHEMA: &'static Node = &Node::new(Shape::Union(&Union::new(
        "Result",
        Tagging::External,
        &[Variant::new("Ok", T::SCHEMA), Variant::new("Err", E::SCHEMA)],
    )));
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

impl<T: Schema> Schema for VecDeque<T> {
    const SCHEMA: &'static Node = Vec::<T>::SCHEMA;
}

impl<T: Schema, const N: usize> Schema for [T; N] {
    const SCHEMA: &'static Node = &Node::new(Shape::List(T::SCHEMA)).rules(
        // An array of no items is refused by the check of the field that has it.
        &const { Rules::new().min_items(N as i64).max_items(N as i64) },
    );
}

impl<T: SetItem> Schema for BTreeSet<T> {
    const SCHEMA: &'static Node = &Node::new(Shape::List(T::SCHEMA)).rules(&SET);
}

impl<T: SetItem, S> Schema for HashSet<T, S> {
    const SCHEMA: &'static Node = &Node::new(Shape::List(T::SCHEMA)).rules(&SET);
}

const SET: Rules = Rules::new().list(ListType::Set);

impl<K: MapKey, T: Schema> Schema for BTreeMap<K, T> {
    const SCHEMA: &'static Node = &Node::map::<K>(T::SCHEMA);
}

impl<K: MapKey, T: Schema, S> Schema for HashMap<K, T, S> {
    const SCHEMA: &'static Node = &Node::map::<K>(T::SCHEMA);
}
