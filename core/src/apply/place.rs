//! Pure: what `apply!` writes into, one typed place after the other.
//!
//! The closures that lead from a struct to its field are never called: rustc judges the name and finds the type.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::names::json_name;
use super::partial::{Partial, short_name};
use super::value::FieldValue;
use crate::resource::HasStatus;
use crate::schema::{Field, Node, Schema, Shape};

/// What is known of a type at compile time, whether or not it has a schema.
#[derive(Debug)]
pub struct Known<T>(PhantomData<fn() -> T>);

impl<T: Schema> Known<T> {
    /// The schema of the type.
    pub const NODE: Option<&'static Node> = Some(T::SCHEMA);
}

/// What holds of a type without a schema; the constant of [`Known`] comes first where it exists.
pub trait Unknown {
    /// None.
    const NODE: Option<&'static Node> = None;

    /// No.
    const HAS_STATUS: bool = false;
}

impl<T> Unknown for Known<T> {}

impl<T: HasStatus> Known<T> {
    /// Whether the status is written apart from the rest.
    pub const HAS_STATUS: bool = true;
}

/// Where a value may go, and the type that it has in Rust.
#[derive(Debug)]
pub struct Place<'a, T> {
    slot: Slot<'a>,
    rest: Rest<'a>,
    of: PhantomData<fn() -> T>,
}

/// A struct whose fields are being set.
#[derive(Debug)]
pub struct Fields<'a, T> {
    object: &'a mut Value,
    rest: Rest<'a>,
    of: PhantomData<fn() -> T>,
}

/// A list whose items are being added.
#[derive(Debug)]
pub struct Items<'a, T> {
    list: &'a mut Value,
    rest: Rest<'a>,
    of: PhantomData<fn() -> T>,
}

/// A map whose entries are being set.
#[derive(Debug)]
pub struct Entries<'a, T> {
    object: &'a mut Value,
    rest: Rest<'a>,
    of: PhantomData<fn() -> T>,
}

#[derive(Debug)]
enum Slot<'a> {
    /// A member of an object.
    Member(&'a mut Value, String),
    /// A new item of a list.
    Item(&'a mut Value),
    /// The fields of the value stand in this object itself.
    Flat(&'a mut Value),
}

/// What every place carries along.
#[derive(Debug)]
struct Rest<'a> {
    node: Option<&'static Node>,
    problem: &'a mut Option<String>,
}

impl Rest<'_> {
    fn at(&mut self, node: Option<&'static Node>) -> Rest<'_> {
        Rest { node, problem: self.problem }
    }

    fn note(&mut self, problem: impl FnOnce() -> String) {
        self.problem.get_or_insert_with(problem);
    }

    fn inside(&self) -> Option<&'static Node> {
        match self.node?.shape {
            Shape::List(item) => Some(item),
            Shape::Map(value) => Some(value),
            _ => None,
        }
    }

    fn field(&self, rust: &str) -> Option<&'static Field> {
        match self.node?.shape {
            Shape::Object(_, fields) => fields.iter().find(|field| field.rust == rust),
            _ => None,
        }
    }
}

impl<T> Partial<T> {
    /// The fields of the part, to be set; `node` is the schema of `T` where it has one.
    pub fn fields(&mut self, node: Option<&'static Node>) -> Fields<'_, T> {
        let (object, problem) = self.parts();
        Fields { object, rest: Rest { node, problem }, of: PhantomData }
    }
}

impl<T: DeserializeOwned> Fields<'_, T> {
    /// The place of a field, by its name in Rust.
    pub fn field<F>(&mut self, rust: &str, _: fn(&T) -> &F) -> Place<'_, F> {
        let field = self.rest.field(rust);
        let json = field.map(|field| field.json).or_else(|| json_name::<T>(rust));
        let mut rest = self.rest.at(field.map(|field| field.node));
        if json.is_none() {
            rest.note(|| format!("the JSON name of `{rust}` in `{}` is not known", short_name::<T>()));
        }
        let slot = match field {
            Some(field) if field.flatten => Slot::Flat(self.object),
            // Where the name is not known nothing is sent.
            _ => Slot::Member(self.object, json.unwrap_or(rust).to_owned()),
        };
        Place { slot, rest, of: PhantomData }
    }

    /// Sets every field that a value or another part has.
    pub fn spread<V: FieldValue<T>>(&mut self, value: V) {
        Place { slot: Slot::Flat(self.object), rest: self.rest.at(None), of: PhantomData }.set(value);
    }
}

impl<T> Items<'_, T> {
    /// The place of the next item.
    pub fn item(&mut self) -> Place<'_, T> {
        let inside = self.rest.inside();
        Place { slot: Slot::Item(self.list), rest: self.rest.at(inside), of: PhantomData }
    }

    /// Adds items that were computed.
    pub fn spread<V: FieldValue<T>>(&mut self, items: impl IntoIterator<Item = V>) {
        items.into_iter().for_each(|item| self.item().set(item));
    }
}

impl<T> Entries<'_, T> {
    /// The place of an entry.
    pub fn entry(&mut self, key: impl Into<String>) -> Place<'_, T> {
        let inside = self.rest.inside();
        Place { slot: Slot::Member(self.object, key.into()), rest: self.rest.at(inside), of: PhantomData }
    }

    /// Sets entries that were computed.
    pub fn spread<K: Into<String>, V: FieldValue<T>>(&mut self, entries: impl IntoIterator<Item = (K, V)>) {
        entries.into_iter().for_each(|(key, value)| self.entry(key).set(value));
    }
}

impl<'a, T> Place<'a, Option<T>> {
    /// The same place without the `Option`: what is not to be there is not set.
    #[must_use]
    pub fn value(self) -> Place<'a, T> {
        Place { slot: self.slot, rest: self.rest, of: PhantomData }
    }
}

impl<'a, T> Place<'a, Box<T>> {
    /// The same place without the box.
    #[must_use]
    pub fn unboxed(self) -> Place<'a, T> {
        Place { slot: self.slot, rest: self.rest, of: PhantomData }
    }
}

/// The place of what is no `Option`, and of what is no box, is the place itself; the methods of [`Place`] come first
/// where they exist.
pub trait Plain: Sized {
    /// The place itself.
    #[must_use]
    fn value(self) -> Self {
        self
    }

    /// The place itself.
    #[must_use]
    fn unboxed(self) -> Self {
        self
    }
}

impl<T> Plain for Place<'_, T> {}

impl<'a, T> Place<'a, T> {
    /// Sets the value.
    pub fn set<V: FieldValue<T>>(mut self, value: V) {
        match value.into_json() {
            Ok(None) => {}
            Ok(Some(value)) => self.put(value),
            Err(_) => self.rest.note(|| format!("a `{}` cannot be written as JSON", short_name::<T>())),
        }
    }

    fn put(mut self, value: Value) {
        match (self.slot, value) {
            (Slot::Flat(object), Value::Object(members)) => merge(object, members),
            (Slot::Flat(_), _) => self.rest.note(|| format!("`{}` is no object in JSON", short_name::<T>())),
            (slot, value) => *slot.take() = value,
        }
    }

    /// The struct at this place, whose fields are to be set.
    #[must_use]
    pub fn open(self) -> Fields<'a, T> {
        Fields { object: self.slot.object(), rest: self.rest, of: PhantomData }
    }
}

/// The list at a place.
#[must_use]
pub fn items<'a, T: ListOf>(place: Place<'a, T>) -> Items<'a, T::Item> {
    let list = place.slot.take();
    *list = Value::Array(Vec::new());
    Items { list, rest: place.rest, of: PhantomData }
}

/// The map at a place.
#[must_use]
pub fn entries<'a, T: MapOf>(place: Place<'a, T>) -> Entries<'a, T::Value> {
    Entries { object: place.slot.object(), rest: place.rest, of: PhantomData }
}

impl<'a> Slot<'a> {
    /// The value at this place: the one that is there, or null.
    fn take(self) -> &'a mut Value {
        match self {
            Self::Member(object, key) => &mut object[key],
            Self::Item(list) => {
                // `items` has made it a list.
                let at = list.as_array().map_or(0, Vec::len);
                if let Value::Array(items) = list {
                    items.push(Value::Null);
                }
                &mut list[at]
            }
            Self::Flat(object) => object,
        }
    }

    /// An object at this place: the one that is there, or a new one.
    fn object(self) -> &'a mut Value {
        let value = self.take();
        if !value.is_object() {
            *value = Value::Object(Map::new());
        }
        value
    }
}

/// Sets members inside of an object; objects merge, everything else replaces.
fn merge(object: &mut Value, members: Map<String, Value>) {
    for (key, value) in members {
        let at = &mut object[key];
        match value {
            Value::Object(members) if at.is_object() => merge(at, members),
            value => *at = value,
        }
    }
}

/// A type that is a list in JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list",
    label = "`[…]` needs a field of a list type, this one is `{Self}`"
)]
pub trait ListOf {
    /// Its items.
    type Item;
}

/// A type that is a map in JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map",
    label = "`{{ \"key\": … }}` needs a field of a map type, this one is `{Self}`",
    note = "the fields of a struct are written without quotes"
)]
pub trait MapOf {
    /// Its values.
    type Value;
}

macro_rules! lists {
    ($($list:ty),+) => {
        $(impl<T> ListOf for $list {
            type Item = T;
        })+
    };
}

lists!(Vec<T>, VecDeque<T>, BTreeSet<T>, Box<[T]>);

impl<T, S> ListOf for HashSet<T, S> {
    type Item = T;
}

impl<T, const N: usize> ListOf for [T; N] {
    type Item = T;
}

impl<K, T> MapOf for BTreeMap<K, T> {
    type Value = T;
}

impl<K, T, S> MapOf for HashMap<K, T, S> {
    type Value = T;
}
