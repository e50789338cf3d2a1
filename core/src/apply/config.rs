//! Pure: what a part of a type is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64,
    NonZeroUsize,
};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type of which a part can be applied.
///
/// Server-side apply makes its sender the owner of every field that it sends, so what is sent must hold the
/// fields that were meant and no other. `#[derive(Apply)]` writes, for a struct `S`, the type `SApply`: every field is
/// optional there, and what is not set is not sent. This trait leads from a type to that one, through every
/// field and across crates:
///
/// | type | its part |
/// | --- | --- |
/// | strings, numbers, `bool`, enums, sets | itself: it is applied whole |
/// | `S` with `#[derive(Apply)]` | `SApply` |
/// | `Option<T>` | that of `T` |
/// | `Vec<T>` where `T` has a `#[schema(key)]` | a list of parts, each with its keys |
/// | any other `Vec<T>` | itself: such a list has one owner |
/// | `BTreeMap<K, T>`, `HashMap<K, T>` | `BTreeMap` to parts of `T` |
/// | a type of `k8s-openapi` | [`Partial`](super::Partial), which [`apply!`](crate::apply!) makes |
///
/// # Examples
///
/// A type of your own that is applied whole:
///
/// ```
/// use kubist::prelude::*;
///
/// #[derive(Clone, Debug, Serialize, Deserialize)]
/// struct Percent(u8);
///
/// impl kubist::apply::Apply for Percent {
///     type Config = Self;
///     type Item = Self;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no apply type",
    label = "no part of `{Self}` can be applied",
    note = "a type of your own derives it beside its schema: `#[derive(Schema, Apply)]`; a list or map that is always applied whole says so: `#[schema(list = atomic)]`, `#[schema(map = atomic)]`"
)]
pub trait Apply {
    /// A part of it: what was not set is not there.
    type Config: Clone + Debug + Serialize + DeserializeOwned;

    /// What stands in a list of it: a part where items are told apart by keys, the whole otherwise.
    type Item: Clone + Debug + Serialize + DeserializeOwned;

    /// The fields, by their names in Rust, that the part of an item always has. `None` where that is not known.
    const KEYS: Option<&'static [&'static str]> = Some(&[]);
}

macro_rules! whole {
    ($($type:ty),+ $(,)?) => {
        $(impl Apply for $type {
            type Config = Self;
            type Item = Self;
        })+
    };
}
pub(super) use whole;

whole!(bool, char, String, PathBuf, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64);
whole!(
    NonZeroI8,
    NonZeroI16,
    NonZeroI32,
    NonZeroI64,
    NonZeroU8,
    NonZeroU16,
    NonZeroU32,
    NonZeroU64,
    NonZeroUsize
);
whole!((), IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, serde_json::Value, serde_json::Map<String, serde_json::Value>);

impl<T: Apply> Apply for Option<T> {
    type Config = T::Config;
    type Item = Option<T::Item>;

    const KEYS: Option<&'static [&'static str]> = T::KEYS;
}

// A box stays one: a type that contains itself needs it.
impl<T: Apply> Apply for Box<T> {
    type Config = Box<T::Config>;
    type Item = Box<T::Item>;

    const KEYS: Option<&'static [&'static str]> = T::KEYS;
}

macro_rules! transparent {
    ($($type:ty),+) => {
        $(impl<T: Apply> Apply for $type {
            type Config = T::Config;
            type Item = T::Item;

            const KEYS: Option<&'static [&'static str]> = T::KEYS;
        })+
    };
}

transparent!(Arc<T>, Rc<T>);

impl<T: ToOwned<Owned: Apply> + ?Sized> Apply for Cow<'_, T> {
    type Config = <T::Owned as Apply>::Config;
    type Item = <T::Owned as Apply>::Item;

    const KEYS: Option<&'static [&'static str]> = <T::Owned as Apply>::KEYS;
}

macro_rules! list {
    ($($type:ty),+) => {
        $(impl<T: Apply> Apply for $type {
            type Config = Vec<T::Item>;
            type Item = Vec<T::Item>;
        })+
    };
}

list!(Vec<T>, VecDeque<T>);

impl<T: Apply, const N: usize> Apply for [T; N] {
    type Config = Vec<T::Item>;
    type Item = Vec<T::Item>;
}

/// What may stand in a set, and what is applied whole.
pub trait Member: Clone + Debug + Serialize + DeserializeOwned {}

impl<T: Clone + Debug + Serialize + DeserializeOwned> Member for T {}

impl<T: Member + Ord> Apply for BTreeSet<T> {
    type Config = Self;
    type Item = Self;
}

impl<T: Member + Ord, S> Apply for HashSet<T, S> {
    type Config = BTreeSet<T>;
    type Item = BTreeSet<T>;
}

impl<K: Member + Ord, T: Apply> Apply for BTreeMap<K, T> {
    type Config = BTreeMap<K, T::Config>;
    type Item = BTreeMap<K, T::Config>;
}

impl<K: Member + Ord + Hash, T: Apply, S> Apply for HashMap<K, T, S> {
    type Config = BTreeMap<K, T::Config>;
    type Item = BTreeMap<K, T::Config>;
}

macro_rules! tuples {
    ($($($name:ident)+;)+) => {
        $(impl<$($name: Member),+> Apply for ($($name,)+) {
            type Config = Self;
            type Item = Self;
        })+
    };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
