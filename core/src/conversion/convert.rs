//! Pure: what a version must be able to do to be converted.

use std::fmt::Display;

use crate::crd::CustomResource;
use crate::error::{Error, ErrorKind, Result};

/// A version of a kind that can be converted to the version `H`, the hub, and back.
///
/// It is there for every type with `impl From<Version> for Hub` and `impl From<Hub> for Version`, or `TryFrom` where a
/// conversion can fail; an implementation of its own is never needed. The metadata is carried over by the conversion:
/// `metadata: old.metadata`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted to `{H}` and back",
    label = "there is no conversion between `{Self}` and `{H}`",
    note = "write `impl From<{Self}> for {H}` and `impl From<{H}> for {Self}`, or `TryFrom` where it can fail"
)]
pub trait Convert<H>: CustomResource {
    /// This object in the hub's version.
    ///
    /// # Errors
    ///
    /// When the hub has no place for it.
    fn into_hub(self) -> Result<H>;

    /// The hub's object in this version.
    ///
    /// # Errors
    ///
    /// When this version has no place for it.
    fn from_hub(hub: H) -> Result<Self>;
}

#[diagnostic::do_not_recommend]
impl<K, H> Convert<H> for K
where
    K: CustomResource + TryFrom<H>,
    H: CustomResource + TryFrom<K>,
    <K as TryFrom<H>>::Error: Display,
    <H as TryFrom<K>>::Error: Display,
{
    fn into_hub(self) -> Result<H> {
        H::try_from(self).map_err(refused)
    }

    fn from_hub(hub: H) -> Result<Self> {
        Self::try_from(hub).map_err(refused)
    }
}

/// The text of the conversion's author is what the user of the API reads.
fn refused(error: impl Display) -> Error {
    Error::new(ErrorKind::Invalid, error.to_string())
}
