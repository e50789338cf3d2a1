use http::Method;
use serde::Serialize;

use crate::api::{Api, Patch};
use crate::error::Result;
use crate::resource::{HasStatus, Object};
use crate::rest::{ApplyParams, PatchParams, WriteParams};

const STATUS: Option<&str> = Some("status");

impl<K: Object> Api<K> {
    /// Reads an object through its status subresource.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn get_status(&self, name: &str) -> Result<K>
    where
        K: HasStatus,
    {
        let request = self.target.object(Method::GET, name, STATUS);
        let about = || self.target.about("get", name, STATUS);
        self.target.json(request, about).await
    }

    /// Replaces the status of an object; the rest of it stays as it is on the server.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub async fn replace_status(&self, object: &K) -> Result<K>
    where
        K: HasStatus,
    {
        self.put(object, STATUS, &WriteParams::default()).await
    }

    /// Changes parts of the status of an object.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub async fn patch_status(&self, name: &str, patch: &Patch) -> Result<K>
    where
        K: HasStatus,
    {
        self.patch_at(name, STATUS, patch, &PatchParams::default()).await
    }

    /// Server-side apply of the status.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    ///
    /// # Cancel safety
    ///
    /// As [`apply`](Self::apply).
    pub async fn apply_status(&self, name: &str, object: &impl Serialize, params: &ApplyParams) -> Result<K>
    where
        K: HasStatus,
    {
        self.apply_at(name, STATUS, object, params).await
    }
}
