//! Pure: what can be applied to a kind, and what to its status.

use serde::Serialize;
use serde_json::{Value, json};

use super::partial::Partial;
use crate::error::{Error, Result};
use crate::resource::HasStatus;

/// What holds fields of a `T` to be applied: [`Api::apply`](crate::Api::apply) takes a part of the kind,
/// [`Api::apply_status`](crate::Api::apply_status) one of its status.
///
/// That is a reference to a whole `T`, the apply type that `#[derive(Apply)]` writes for `T`, a [`Partial`], or JSON that
/// nobody has checked.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of `{T}`",
    label = "expected a part of `{T}`",
    note = "give a `&{T}`, the apply type that `#[derive(Apply)]` writes for it, what `apply!({T} {{ … }})` makes, or JSON (by value)"
)]
pub trait PartOf<T> {
    /// The JSON to send.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    fn into_part(self) -> Result<Value>;
}

/// The JSON of something to be applied.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn to_json(part: &impl Serialize) -> Result<Value> {
    serde_json::to_value(part).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> PartOf<T> for &T {
    fn into_part(self) -> Result<Value> {
        to_json(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> PartOf<T> for Partial<T> {
    fn into_part(self) -> Result<Value> {
        self.into_json()
    }
}

#[diagnostic::do_not_recommend]
impl<T> PartOf<T> for &Partial<T> {
    fn into_part(self) -> Result<Value> {
        self.clone().into_json()
    }
}

#[diagnostic::do_not_recommend]
impl<T> PartOf<T> for Value {
    fn into_part(self) -> Result<Value> {
        Ok(self)
    }
}

/// A kind whose status is written apart from the rest, and is an `S`.
///
/// `#[derive(Resource)]` implements it for a root with a field `status: Option<S>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no status subresource",
    label = "this call needs a kind with a status",
    note = "add a field `status: Option<{Self}Status>` to the root struct"
)]
// A parameter, not an associated type: that of a visible kind would have to be visible.
pub trait StatusOf<S>: HasStatus {}

/// The object with nothing but this status.
pub(crate) fn with_status(status: &Value) -> Result<Value> {
    // A null would take the status away.
    if !status.is_object() {
        return Err(Error::invalid("a status that is applied must be an object"));
    }
    Ok(json!({ "status": status }))
}
