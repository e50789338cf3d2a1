use http::Method;

use crate::api::{Answer, Api};
use crate::resource::{Allows, Object, verb};
use crate::rest::{DeleteParams, ListParams, Request, decode_deleted};

impl<K: Object> Api<K> {
    /// Deletes an object. Returns it as it was left where the server sends it: it may stay for a
    /// while, until its finalizers and grace period are over. `None` says that it is gone.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](crate::Error::is_not_found) when there is none; otherwise as any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the object may have been deleted by then.
    pub fn delete<'a>(&'a self, name: &'a str) -> Answer<'a, Option<K>>
    where
        K: Allows<verb::Delete>,
    {
        Box::pin(async move { self.delete_with(name, &DeleteParams::default()).await })
    }

    /// [`delete`](Self::delete) with options.
    ///
    /// # Errors
    ///
    /// [`is_conflict`](crate::Error::is_conflict) when a precondition does not hold; otherwise as
    /// [`delete`](Self::delete).
    ///
    /// # Cancel safety
    ///
    /// As [`delete`](Self::delete).
    pub fn delete_with<'a>(&'a self, name: &'a str, params: &'a DeleteParams) -> Answer<'a, Option<K>>
    where
        K: Allows<verb::Delete>,
    {
        Box::pin(async move {
            let request = with_body(self.target.object(Method::DELETE, name, None), params);
            let answer = self.target.rest().send(request).await;
            answer
                .and_then(|answer| decode_deleted(answer.headers(), answer.body()))
                .map_err(|error| self.target.explain(error).during(self.target.about("delete", name, None)))
        })
    }

    /// Deletes all objects that the handle's selectors and the params match.
    ///
    /// # Errors
    ///
    /// As any call; some objects may have been deleted by then.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; some objects may have been deleted by then.
    pub fn delete_collection<'a>(&'a self, params: &'a DeleteParams, which: &'a ListParams) -> Answer<'a, ()>
    where
        K: Allows<verb::DeleteCollection>,
    {
        Box::pin(async move {
            let which = self.target.within_selectors(which);
            let request = self.target.collection(Method::DELETE).params(|query| which.add_to(query));
            let answer = self.target.rest().send(with_body(request, params)).await;
            let about = || format!("delete all {}", self.target.description());
            answer.map(drop).map_err(|error| self.target.explain(error).during(about()))
        })
    }
}

fn with_body(request: Request, params: &DeleteParams) -> Request {
    if params.is_default() { request } else { request.json(params) }
}
