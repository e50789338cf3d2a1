use http::Method;
use k8s_openapi::api::autoscaling::v1::Scale;
use serde_json::json;

use crate::api::{Answer, Api, Patch};
use crate::error::Error;
use crate::resource::{HasScale, Object};
use crate::rest::WriteParams;

const SCALE: Option<&str> = Some("scale");

impl<K: Object> Api<K> {
    /// Sets how many replicas an object should have.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch); a negative number is invalid.
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn scale<'a>(&'a self, name: &'a str, replicas: i32) -> Answer<'a, Scale>
    where
        K: HasScale,
    {
        Box::pin(async move {
            if replicas < 0 {
                let error = Error::invalid(format!("{replicas} replicas are fewer than none"));
                return Err(error.during(self.target.about("patch", name, SCALE)));
            }
            let patch = Patch::Merge(json!({"spec": {"replicas": replicas}}));
            self.patch_scale(name, &patch).await
        })
    }

    /// Reads how many replicas an object should have, and has.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub fn get_scale<'a>(&'a self, name: &'a str) -> Answer<'a, Scale>
    where
        K: HasScale,
    {
        Box::pin(async move {
            let request = self.target.object(Method::GET, name, SCALE);
            self.target.json(request, || self.target.about("get", name, SCALE)).await
        })
    }

    /// Changes the scale of an object by a patch of its `Scale`.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_scale<'a>(&'a self, name: &'a str, patch: &'a Patch) -> Answer<'a, Scale>
    where
        K: HasScale,
    {
        Box::pin(async move { self.patch_at(name, SCALE, patch, &WriteParams::default()).await })
    }
}
