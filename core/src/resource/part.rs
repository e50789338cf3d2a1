use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::schema::{Node, Schema};

/// A type that can be a part of a resource, such as its spec: it has a JSON form and a schema.
///
/// It is there for every type that is `Serialize`, `Deserialize` and [`Schema`]. It exists so that the compiler says
/// in one sentence what a type lacks, where it would have five.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a custom resource",
    label = "a derive is missing on `{Self}`",
    note = "derive what is missing: `#[derive(Clone, Debug, Serialize, Deserialize, Schema)]`"
)]
pub trait Part: Sized {
    /// The schema of the type.
    const NODE: &'static Node;

    /// Writes the value, as its `Serialize` does.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value, as its `Deserialize` does.
    ///
    /// # Errors
    ///
    /// Those of the deserializer.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Schema> Part for T {
    const NODE: &'static Node = T::SCHEMA;

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }
}

/// The `N`th field of a root struct.
///
/// The derive goes through this trait to everything that it needs of the field's type. So the type is judged here,
/// once.
pub trait HasPart<const N: usize> {
    /// The type of the field, without `Option`.
    type Part: Part;

    /// The field, if it is there.
    fn part(&self) -> Option<&Self::Part>;
}

/// The schema of the `N`th field of a root struct.
#[must_use]
pub const fn part_schema<K: HasPart<N>, const N: usize>() -> &'static Node {
    <K::Part as Part>::NODE
}

/// Writes the `N`th field of a root struct, if it is there.
///
/// # Errors
///
/// Those of the serializer.
pub fn write_part<const N: usize, K: HasPart<N>, S: SerializeStruct>(
    object: &mut S,
    name: &'static str,
    root: &K,
) -> Result<(), S::Error> {
    match root.part() {
        Some(part) => object.serialize_field(name, &Written(part)),
        None => Ok(()),
    }
}

struct Written<'a, T>(&'a T);

impl<T: Part> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// The `N`th field of a root struct, as it is read.
pub struct ReadPart<K: HasPart<N>, const N: usize>(K::Part);

impl<K: HasPart<N>, const N: usize> ReadPart<K, N> {
    /// The field.
    #[must_use]
    pub fn into_inner(self) -> K::Part {
        self.0
    }
}

impl<K: HasPart<N, Part: fmt::Debug>, const N: usize> fmt::Debug for ReadPart<K, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de, K: HasPart<N>, const N: usize> Deserialize<'de> for ReadPart<K, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not `map`: each kind would have its own copy of it.
        match K::Part::read(deserializer) {
            Ok(part) => Ok(Self(part)),
            Err(error) => Err(error),
        }
    }
}
