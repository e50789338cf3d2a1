//! Pure: what objects can be looked up by, besides their names.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::marker::PhantomData;

use crate::schema::{BOOLEAN_KEY, INTEGER_KEY, KeyKind, STRING_KEY};

/// The name of an index, with the type of its keys: `Website::BY_BUCKET`.
///
/// `#[resource(index(bucket = spec.bucket))]` makes one. `KIND` is computed from the field's schema, so
/// looking up a number in an index over strings does not compile.
pub struct Index<K, const KIND: KeyKind> {
    name: &'static str,
    object: PhantomData<fn(K)>,
}

impl<K, const KIND: KeyKind> Index<K, KIND> {
    /// The handle of the index with this name in [`Resource::INDEXES`](crate::resource::Resource::INDEXES).
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, object: PhantomData }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<K, const KIND: KeyKind> Clone for Index<K, KIND> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, const KIND: KeyKind> Copy for Index<K, KIND> {}

impl<K, const KIND: KeyKind> fmt::Debug for Index<K, KIND> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({})", self.name)
    }
}

/// How the values of an index are read from an object.
pub struct IndexDefinition<K> {
    name: &'static str,
    values: fn(&K, &mut IndexKeys),
}

impl<K> IndexDefinition<K> {
    /// An index of this name: `values` pushes each value of an object.
    #[must_use]
    pub const fn new(name: &'static str, values: fn(&K, &mut IndexKeys)) -> Self {
        Self { name, values }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The values of an object: sorted, each once.
    #[must_use]
    pub fn keys(&self, object: &K) -> Vec<IndexKey> {
        let mut keys = IndexKeys(Vec::new());
        (self.values)(object, &mut keys);
        keys.0.sort_unstable();
        keys.0.dedup();
        keys.0
    }
}

impl<K> Clone for IndexDefinition<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for IndexDefinition<K> {}

impl<K> fmt::Debug for IndexDefinition<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IndexDefinition({})", self.name)
    }
}

/// One value that objects are found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum IndexKey {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer of any width.
    Integer(i128),
    /// A string.
    String(Box<str>),
}

/// Takes the values of one object for one index.
#[derive(Debug)]
pub struct IndexKeys(Vec<IndexKey>);

impl IndexKeys {
    /// Adds a value; nothing for `None`.
    pub fn push<V: IndexValue + ?Sized>(&mut self, value: &V) {
        if let Some(key) = value.index_key() {
            self.0.push(key);
        }
    }
}

/// A field that objects can be looked up by.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an index",
    label = "an index needs strings, integers or booleans",
    note = "for a list write `field[]`, for an `Option` write `field?`"
)]
pub trait IndexValue {
    /// The value as a key, or `None` when there is nothing to index.
    fn index_key(&self) -> Option<IndexKey>;
}

impl<V: IndexValue> IndexValue for Option<V> {
    fn index_key(&self) -> Option<IndexKey> {
        self.as_ref().and_then(IndexValue::index_key)
    }
}

impl<V: IndexValue + ?Sized> IndexValue for Box<V> {
    fn index_key(&self) -> Option<IndexKey> {
        (**self).index_key()
    }
}

/// What `[]` in a path goes through.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list",
    label = "`[]` goes into each item of a list",
    note = "for an `Option` of a list write `?[]`"
)]
pub trait Items {
    /// One of the items.
    type Item;

    /// The items.
    fn items(&self) -> &[Self::Item];
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }
}

/// What `["key"]` in a path looks into.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map",
    label = "`[\"key\"]` looks into a map with string keys",
    note = "for an `Option` of a map write `?[\"key\"]`"
)]
pub trait Keyed {
    /// The values of the map.
    type Value;

    /// The value of a key.
    fn at_key(&self, key: &str) -> Option<&Self::Value>;
}

impl<V> Keyed for BTreeMap<String, V> {
    type Value = V;

    fn at_key(&self, key: &str) -> Option<&V> {
        self.get(key)
    }
}

impl<V, S: BuildHasher> Keyed for HashMap<String, V, S> {
    type Value = V;

    fn at_key(&self, key: &str) -> Option<&V> {
        self.get(key)
    }
}

/// The items of a list in a path.
pub fn items<L: Items>(list: &L) -> &[L::Item] {
    list.items()
}

/// The value of a key of a map in a path.
pub fn at_key<'a, M: Keyed>(map: &'a M, key: &str) -> Option<&'a M::Value> {
    map.at_key(key)
}

/// A value to look up in an index whose keys are of the kind `KIND`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of this index",
    label = "the index has keys of another type",
    note = "the key must have the type of the indexed field: a string, an integer or a boolean"
)]
pub trait Key<const KIND: KeyKind> {
    /// The value as the store keeps it.
    fn into_key(self) -> IndexKey;
}

macro_rules! keys {
    ($kind:ident, $variant:ident: $($type:ty => |$value:ident| $make:expr),+ $(,)?) => {
        $(
            impl IndexValue for $type {
                fn index_key(&self) -> Option<IndexKey> {
                    let $value = self.clone();
                    Some(IndexKey::$variant($make))
                }
            }

            impl Key<$kind> for $type {
                fn into_key(self) -> IndexKey {
                    let $value = self;
                    IndexKey::$variant($make)
                }
            }
        )+
    };
}

keys!(BOOLEAN_KEY, Boolean: bool => |value| value);
keys!(STRING_KEY, String: String => |value| value.into());
keys!(INTEGER_KEY, Integer:
    i8 => |value| value.into(), i16 => |value| value.into(), i32 => |value| value.into(), i64 => |value| value.into(),
    isize => |value| value as i128, u8 => |value| value.into(), u16 => |value| value.into(), u32 => |value| value.into(),
    u64 => |value| value.into(), usize => |value| value as i128,
);

impl IndexValue for str {
    fn index_key(&self) -> Option<IndexKey> {
        Some(IndexKey::String(self.into()))
    }
}

impl Key<STRING_KEY> for &str {
    fn into_key(self) -> IndexKey {
        IndexKey::String(self.into())
    }
}

impl Key<STRING_KEY> for &String {
    fn into_key(self) -> IndexKey {
        IndexKey::String(self.as_str().into())
    }
}
