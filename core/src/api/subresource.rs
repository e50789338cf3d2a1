use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{Answer, Api, Patch};
use crate::error::Error;
use crate::resource::Object;
use crate::rest::WriteParams;

/// Subresources of any name, with bodies of any type. `#[resource(method(...))]` makes a typed method of such a call.
impl<K: Object> Api<K> {
    /// Reads a subresource of an object.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get); [`Decode`](crate::ErrorKind::Decode) when the answer is not a `T`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub fn get_subresource<'a, T>(&'a self, name: &'a str, subresource: &'a str) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        Box::pin(async move {
            let request = self.target.object(Method::GET, name, Some(subresource));
            self.target.json(request, || self.target.about("get", name, Some(subresource))).await
        })
    }

    /// Posts to a subresource of an object.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; it may have been carried out by then.
    pub fn create_subresource<'a, T>(
        &'a self,
        name: &'a str,
        subresource: &'a str,
        input: &'a (impl Serialize + Sync),
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        self.write_subresource(Method::POST, "create", name, subresource, input)
    }

    /// Replaces a subresource of an object.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`create_subresource`](Self::create_subresource).
    pub fn replace_subresource<'a, T>(
        &'a self,
        name: &'a str,
        subresource: &'a str,
        input: &'a (impl Serialize + Sync),
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        self.write_subresource(Method::PUT, "replace", name, subresource, input)
    }

    fn write_subresource<'a, T>(
        &'a self,
        method: Method,
        verb: &'a str,
        name: &'a str,
        subresource: &'a str,
        input: &'a (impl Serialize + Sync),
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        Box::pin(async move {
            let request = self.target.object(method, name, Some(subresource)).json(input);
            self.target.json(request, || self.target.about(verb, name, Some(subresource))).await
        })
    }

    /// Changes parts of a subresource of an object, with a merge patch that has the form of `input`.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`create_subresource`](Self::create_subresource).
    pub fn patch_subresource<'a, T>(
        &'a self,
        name: &'a str,
        subresource: &'a str,
        input: &'a (impl Serialize + Sync),
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        Box::pin(async move {
            let patch = serde_json::to_value(input)
                .map_err(|_| Error::invalid("the patch cannot be written as JSON"))
                .map(Patch::Merge)?;
            self.patch_at(name, Some(subresource), &patch, &WriteParams::default()).await
        })
    }
}
