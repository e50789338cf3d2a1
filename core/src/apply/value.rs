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

// Written out, because the compiler shows the impl that is nearest to a wrong one.
impl IntoConfig<String> for &str {
    fn into_config(self) -> String {
        self.to_owned()
    }
}

impl IntoConfig<String> for Cow<'_, str> {
    fn into_config(self) -> String {
        self.into_owned()
    }
}

impl IntoConfig<Quantity> for &str {
    fn into_config(self) -> Quantity {
        Quantity(self.to_owned())
    }
}

impl IntoConfig<Quantity> for String {
    fn into_config(self) -> Quantity {
        Quantity(self)
    }
}

impl IntoConfig<IntOrString> for &str {
    fn into_config(self) -> IntOrString {
        IntOrString::String(self.to_owned())
    }
}

impl IntoConfig<IntOrString> for String {
    fn into_config(self) -> IntOrString {
        IntOrString::String(self)
    }
}

impl IntoConfig<IntOrString> for i32 {
    fn into_config(self) -> IntOrString {
        IntOrString::Int(self)
    }
}

impl IntoConfig<ByteString> for &str {
    fn into_config(self) -> ByteString {
        ByteString(self.as_bytes().to_owned())
    }
}

impl IntoConfig<ByteString> for &[u8] {
    fn into_config(self) -> ByteString {
        ByteString(self.to_owned())
    }
}

impl IntoConfig<ByteString> for Vec<u8> {
    fn into_config(self) -> ByteString {
        ByteString(self)
    }
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

// Written out, because the compiler shows the impl that is nearest to a wrong one.
impl FieldValue<String> for &str {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<String>::into_config(self))
    }
}

impl FieldValue<String> for Cow<'_, str> {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<String>::into_config(self))
    }
}

impl FieldValue<Quantity> for &str {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<Quantity>::into_config(self))
    }
}

impl FieldValue<Quantity> for String {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<Quantity>::into_config(self))
    }
}

impl FieldValue<IntOrString> for &str {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<IntOrString>::into_config(self))
    }
}

impl FieldValue<IntOrString> for String {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<IntOrString>::into_config(self))
    }
}

impl FieldValue<IntOrString> for i32 {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<IntOrString>::into_config(self))
    }
}

impl FieldValue<ByteString> for &str {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<ByteString>::into_config(self))
    }
}

impl FieldValue<ByteString> for &[u8] {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<ByteString>::into_config(self))
    }
}

impl FieldValue<ByteString> for Vec<u8> {
    fn into_json(self) -> serde_json::Result<Option<Value>> {
        json(&IntoConfig::<ByteString>::into_config(self))
    }
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
