//! Pure: what may be given for a part, so that `"a"` does for a `String` and a list literal for a list.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::ByteString;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;
use serde_json::Value;

use super::partial::Partial;

/// What a setter of an apply type takes for a part `C`: the part itself, and what is as good as one.
///
/// `&str` for a `String`; an array for a list, a set or (of pairs) a map; a whole object of `k8s-openapi` for a
/// [`Partial`] of it; `&str` and `i32` for `Quantity` and `IntOrString`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a `{C}`", label = "expected `{C}`")]
pub trait IntoConfig<C> {
    /// The part.
    fn into_config(self) -> C;
}

#[diagnostic::do_not_recommend]
impl<C> IntoConfig<C> for C {
    fn into_config(self) -> C {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<C> IntoConfig<Box<C>> for C {
    fn into_config(self) -> Box<C> {
        Box::new(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoConfig<Partial<T>> for T {
    fn into_config(self) -> Partial<T> {
        Partial::from(self)
    }
}

macro_rules! texts {
    ($($from:ty => $to:ty, $make:expr;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl IntoConfig<$to> for $from {
                fn into_config(self) -> $to {
                    let make: fn($from) -> $to = $make;
                    make(self)
                }
            }

            #[diagnostic::do_not_recommend]
            impl FieldValue<$to> for $from {
                fn into_json(self) -> serde_json::Result<Option<Value>> {
                    json(&IntoConfig::<$to>::into_config(self))
                }
            }
        )+
    };
}

texts! {
    &str => String, str::to_owned;
    Cow<'_, str> => String, |text| text.into_owned();
    &str => Quantity, |text| Quantity(text.to_owned());
    String => Quantity, Quantity;
    &str => IntOrString, |text| IntOrString::String(text.to_owned());
    String => IntOrString, IntOrString::String;
    i32 => IntOrString, IntOrString::Int;
    &[u8] => ByteString, |bytes| ByteString(bytes.to_owned());
    Vec<u8> => ByteString, ByteString;
    &str => ByteString, |text| ByteString(text.as_bytes().to_owned());
}

#[diagnostic::do_not_recommend]
impl<C, T: IntoConfig<C>, const N: usize> IntoConfig<Vec<C>> for [T; N] {
    fn into_config(self) -> Vec<C> {
        self.into_iter().map(IntoConfig::into_config).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<C: Ord, T: IntoConfig<C>, const N: usize> IntoConfig<BTreeSet<C>> for [T; N] {
    fn into_config(self) -> BTreeSet<C> {
        self.into_iter().map(IntoConfig::into_config).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<C, K: IntoConfig<String>, T: IntoConfig<C>, const N: usize> IntoConfig<BTreeMap<String, C>>
    for [(K, T); N]
{
    fn into_config(self) -> BTreeMap<String, C> {
        self.into_iter().map(|(key, value)| (key.into_config(), value.into_config())).collect()
    }
}

/// What [`apply!`](crate::apply!) takes for a field of type `T`, which may be the inside of an `Option`.
///
/// The value itself or a reference to one, an `Option` (`None` leaves the field out), a [`Partial`] of it, and what
/// [`IntoConfig`] takes for texts and numbers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a field of type `{T}`",
    label = "expected `{T}`"
)]
pub trait FieldValue<T: ?Sized> {
    /// The JSON to send; `None` to leave the field out.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    fn into_json(self) -> serde_json::Result<Option<Value>>;
}

fn json(value: &impl Serialize) -> serde_json::Result<Option<Value>> {
    serde_json::to_value(value).map(Some)
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> FieldValue<T> for T {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> FieldValue<T> for &T {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> FieldValue<T> for Option<T> {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        self.as_ref().map(serde_json::to_value).transpose()
    }
}

#[diagnostic::do_not_recommend]
impl<T> FieldValue<T> for Partial<T> {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> FieldValue<T> for &Partial<T> {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(self)
    }
}

#[diagnostic::do_not_recommend]
impl<C, T: FieldValue<C>, const N: usize> FieldValue<Vec<C>> for [T; N] {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        let items = self.into_iter().filter_map(|item| item.into_json().transpose());
        items.collect::<serde_json::Result<Vec<Value>>>().map(|items| Some(Value::Array(items)))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> FieldValue<Vec<T>> for &[T] {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&self)
    }
}
