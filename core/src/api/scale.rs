use http::Method;
use k8s_openapi::api::autoscaling::v1::Scale;
use serde_json::json;

use crate::api::{Api, Patch};
use crate::error::{Error, Result};
use crate::resource::{HasScale, Object};
use crate::rest::PatchParams;

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
    pub async fn scale(&self, name: &str, replicas: i32) -> Result<Scale>
    where
        K: HasScale,
    {
        if replicas < 0 {
            let error = Error::invalid(format!("{replicas} replicas are fewer than none"));
            return Err(error.during(self.target.about("patch", name, SCALE)));
        }
        let patch = Patch::Merge(json!({"spec": {"replicas": replicas}}));
        self.patch_scale(name, &patch).await
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
    pub async fn get_scale(&self, name: &str) -> Result<Scale>
    where
        K: HasScale,
    {
        let request = self.target.object(Method::GET, name, SCALE);
        let about = || self.target.about("get", name, SCALE);
        self.target.json(request, about).await
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
    pub async fn patch_scale(&self, name: &str, patch: &Patch) -> Result<Scale>
    where
        K: HasScale,
    {
        self.patch_at(name, SCALE, patch, &PatchParams::default()).await
    }
}
