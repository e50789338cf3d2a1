use http::Method;

use crate::api::{Answer, Api, Patch};
use crate::apply::{PartOf, StatusOf, with_status};
use crate::resource::{HasStatus, Object};
use crate::rest::{ApplyParams, WriteParams};

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
    pub fn get_status<'a>(&'a self, name: &'a str) -> Answer<'a, K>
    where
        K: HasStatus,
    {
        Box::pin(async move {
            let request = self.target.object(Method::GET, name, STATUS);
            self.target.json(request, || self.target.about("get", name, STATUS)).await
        })
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
    pub fn replace_status<'a>(&'a self, object: &'a K) -> Answer<'a, K>
    where
        K: HasStatus,
    {
        Box::pin(async move { self.put(object, STATUS, &WriteParams::default()).await })
    }

    /// [`replace_status`](Self::replace_status) with options.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn replace_status_with<'a>(&'a self, object: &'a K, params: &'a WriteParams) -> Answer<'a, K>
    where
        K: HasStatus,
    {
        Box::pin(self.put(object, STATUS, params))
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
    pub fn patch_status<'a>(&'a self, name: &'a str, patch: &'a Patch) -> Answer<'a, K>
    where
        K: HasStatus,
    {
        Box::pin(async move { self.patch_at(name, STATUS, patch, &WriteParams::default()).await })
    }

    /// [`patch_status`](Self::patch_status) with options.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_status_with<'a>(
        &'a self,
        name: &'a str,
        patch: &'a Patch,
        params: &'a WriteParams,
    ) -> Answer<'a, K>
    where
        K: HasStatus,
    {
        Box::pin(self.patch_at(name, STATUS, patch, params))
    }

    /// Server-side apply of the status, and of nothing else.
    ///
    /// Takes the apply type of the status (`WebsiteStatusApply`, or `apply!(DeploymentStatus { … })` for a built-in
    /// kind), a reference to a whole status, or the JSON of one.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    ///
    /// # Cancel safety
    ///
    /// As [`apply`](Self::apply).
    pub fn apply_status<'a, S>(
        &'a self,
        name: &'a str,
        status: impl PartOf<S>,
        params: &'a ApplyParams,
    ) -> Answer<'a, K>
    where
        K: StatusOf<S>,
    {
        let object = status.into_part().and_then(|status| with_status(&status));
        Box::pin(self.apply_at(name, STATUS, object, params))
    }
}
