use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{Answer, Api, Patch};
use crate::error::{Error, Result};
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
        Box::pin(async move {
            self.create_subresource_with(name, subresource, input, &WriteParams::default()).await
        })
    }

    /// [`create_subresource`](Self::create_subresource) with options.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    ///
    /// # Cancel safety
    ///
    /// As [`create_subresource`](Self::create_subresource).
    pub fn create_subresource_with<'a, T>(
        &'a self,
        name: &'a str,
        subresource: &'a str,
        input: &'a (impl Serialize + Sync),
        params: &'a WriteParams,
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        Box::pin(self.write_subresource((Method::POST, "create"), name, subresource, input, params))
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
        Box::pin(async move {
            self.replace_subresource_with(name, subresource, input, &WriteParams::default()).await
        })
    }

    /// [`replace_subresource`](Self::replace_subresource) with options.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`create_subresource`](Self::create_subresource).
    pub fn replace_subresource_with<'a, T>(
        &'a self,
        name: &'a str,
        subresource: &'a str,
        input: &'a (impl Serialize + Sync),
        params: &'a WriteParams,
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        Box::pin(self.write_subresource((Method::PUT, "replace"), name, subresource, input, params))
    }

    async fn write_subresource<T: DeserializeOwned>(
        &self,
        (method, verb): (Method, &str),
        name: &str,
        subresource: &str,
        input: &(impl Serialize + Sync),
        params: &WriteParams,
    ) -> Result<T> {
        let request = self.target.object(method, name, Some(subresource));
        let request = request.params(|query| params.add_to(query)).json(input);
        self.target.json(request, || self.target.about(verb, name, Some(subresource))).await
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

    /// Changes parts of a subresource of an object, by any patch, with options.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`create_subresource`](Self::create_subresource).
    pub fn patch_subresource_with<'a, T>(
        &'a self,
        name: &'a str,
        subresource: &'a str,
        patch: &'a Patch,
        params: &'a WriteParams,
    ) -> Answer<'a, T>
    where
        T: DeserializeOwned + Send + 'a,
    {
        Box::pin(self.patch_at(name, Some(subresource), patch, params))
    }
}
