use http::Method;

use crate::api::{Answer, Api};
use crate::error::Error;
use crate::resource::{Allows, Object, verb};
use crate::rest::GetParams;

impl<K: Object> Api<K> {
    /// Reads one object.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) when there is none; otherwise as any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub fn get<'a>(&'a self, name: &'a str) -> Answer<'a, K>
    where
        K: Allows<verb::Get>,
    {
        Box::pin(async move { self.get_with(name, &GetParams::default()).await })
    }

    /// [`get`](Self::get) with options.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    ///
    /// # Cancel safety
    ///
    /// As [`get`](Self::get).
    pub fn get_with<'a>(&'a self, name: &'a str, params: &'a GetParams) -> Answer<'a, K>
    where
        K: Allows<verb::Get>,
    {
        Box::pin(async move {
            let request = self.target.object(Method::GET, name, None).params(|query| params.add_to(query));
            let about = || self.target.about("get", name, None);
            self.target.json(request, about).await
        })
    }

    /// Reads one object, if it exists.
    ///
    /// # Errors
    ///
    /// As any call. That the server does not know the kind is an error, not `None`.
    ///
    /// # Cancel safety
    ///
    /// As [`get`](Self::get).
    pub fn get_opt<'a>(&'a self, name: &'a str) -> Answer<'a, Option<K>>
    where
        K: Allows<verb::Get>,
    {
        Box::pin(async move {
            match self.get(name).await {
                Ok(object) => Ok(Some(object)),
                Err(error) if is_object_missing(&error) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}

/// Whether an object is missing, and not its whole kind: then the server names the object.
pub(super) fn is_object_missing(error: &Error) -> bool {
    let details = error.status().and_then(|status| status.details.as_ref());
    let name = details.and_then(|details| details.name.as_deref());
    error.is_not_found() && name.is_some_and(|name| !name.is_empty())
}
