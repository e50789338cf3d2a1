use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::resource::Resource;

/// The `apiVersion` of a kind, as a field: written as the type says, and checked when read.
///
/// Items of a list come without it, so a missing field is fine; another kind's value is an error.
#[derive(Clone, Copy)]
pub struct ApiVersionOf<K>(PhantomData<fn() -> K>);

/// The `kind` of a kind, as a field: written as the type says, and checked when read.
///
/// Items of a list come without it, so a missing field is fine; another kind's value is an error.
#[derive(Clone, Copy)]
pub struct KindOf<K>(PhantomData<fn() -> K>);

macro_rules! constant_field {
    ($name:ident, $meta:ident => $value:expr) => {
        impl<K> Default for $name<K> {
            fn default() -> Self {
                Self(PhantomData)
            }
        }

        impl<K: Resource> fmt::Debug for $name<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let $meta = K::META;
                f.write_str(&$value)
            }
        }

        impl<K: Resource> Serialize for $name<K> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $meta = K::META;
                serializer.serialize_str(&$value)
            }
        }

        impl<'de, K: Resource> Deserialize<'de> for $name<K> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let $meta = K::META;
                let found = Cow::<'de, str>::deserialize(deserializer)?;
                if found == $value {
                    Ok(Self::default())
                } else {
                    let expected = K::META.gvk();
                    Err(D::Error::custom(format_args!("expected {expected}, found {found:?}")))
                }
            }
        }
    };
}

constant_field!(ApiVersionOf, meta => meta.api_version());
constant_field!(KindOf, meta => Cow::Borrowed(meta.kind));
