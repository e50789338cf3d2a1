use http::Method;
use k8s_openapi::api::autoscaling::v1::Scale;
use serde_json::json;

use crate::api::{Answer, Api, Patch};
use crate::error::Error;
use crate::resource::{HasScale, Object};
use crate::rest::{ApplyParams, PatchType, WriteParams};

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

    /// [`patch_scale`](Self::patch_scale) with options.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_scale_with<'a>(
        &'a self,
        name: &'a str,
        patch: &'a Patch,
        params: &'a WriteParams,
    ) -> Answer<'a, Scale>
    where
        K: HasScale,
    {
        Box::pin(self.patch_at(name, SCALE, patch, params))
    }

    /// Replaces the scale of an object. With a resourceVersion in its metadata, the write succeeds only if nobody else
    /// changed the object since.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn replace_scale<'a>(
        &'a self,
        name: &'a str,
        scale: &'a Scale,
        params: &'a WriteParams,
    ) -> Answer<'a, Scale>
    where
        K: HasScale,
    {
        Box::pin(async move {
            let request = self.target.object(Method::PUT, name, SCALE);
            let request = request.params(|query| params.add_to(query)).json(scale);
            self.target.json(request, || self.target.about("replace", name, SCALE)).await
        })
    }

    /// Server-side apply of the number of replicas, and of nothing else. Built-in kinds only: for a custom kind
    /// kube-apiserver answers with an internal error, up to v1.37 at least.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    ///
    /// # Cancel safety
    ///
    /// As [`apply`](Self::apply).
    pub fn apply_scale<'a>(
        &'a self,
        name: &'a str,
        replicas: i32,
        params: &'a ApplyParams,
    ) -> Answer<'a, Scale>
    where
        K: HasScale,
    {
        Box::pin(async move {
            let scale = json!({
                "apiVersion": "autoscaling/v1",
                "kind": "Scale",
                "metadata": {"name": name},
                "spec": {"replicas": replicas},
            });
            let request = self.target.object(Method::PATCH, name, SCALE).params(|query| params.add_to(query));
            let request = request.patch_body(PatchType::Apply, scale.to_string());
            self.target.json(request, || self.target.about("apply", name, SCALE)).await
        })
    }
}
