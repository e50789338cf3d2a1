use http::Method;

use crate::api::Api;
use crate::error::{Error, Result};
use crate::resource::Object;

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
    pub async fn get(&self, name: &str) -> Result<K> {
        let request = self.target.object(Method::GET, name, None);
        let about = || self.target.about("get", name, None);
        self.target.json(request, about).await
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
    pub async fn get_opt(&self, name: &str) -> Result<Option<K>> {
        match self.get(name).await {
            Ok(object) => Ok(Some(object)),
            Err(error) if is_object_missing(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether an object is missing, and not its whole kind: then the server names the object.
fn is_object_missing(error: &Error) -> bool {
    let details = error.status().and_then(|status| status.details.as_ref());
    let name = details.and_then(|details| details.name.as_deref());
    error.is_not_found() && name.is_some_and(|name| !name.is_empty())
}
