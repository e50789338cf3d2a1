use std::fmt;

use k8s_openapi::api::autoscaling::v1::Scale;
use serde_json::json;

use super::form::{AnyScale, write};
use crate::api::{Answer, Api, Patch};
use crate::dynamic::{DynamicClient, DynamicObject};
use crate::error::{Error, Result};
use crate::resource::ApiResource;
use crate::rest::{RestClient, WriteParams};

const SCALE: &str = "scale";

/// Scales objects of any kind in one namespace, by the name of their resource.
///
/// The resource is a [`GroupVersionResource`](crate::resource::GroupVersionResource), or what discovery tells of one: then
/// one that cannot be scaled is an error before anything is sent.
///
/// # Examples
///
/// ```no_run
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let scales = client.scales("shop");
/// let mapper = client.rest_mapper();
/// for (name, object) in [("deploy", "front"), ("sts", "db"), ("websites.example.com", "blog")] {
///     scales.scale(mapper.resource(name).await?, object, 3).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ScaleClient {
    rest: RestClient,
    namespace: String,
}

impl ScaleClient {
    /// Scales objects in this namespace.
    #[must_use]
    pub fn new(rest: RestClient, namespace: impl Into<String>) -> Self {
        Self { rest, namespace: namespace.into() }
    }

    /// Reads how many replicas an object should have, and has.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) when there is none, or its resource has no scale; otherwise as any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub fn get<'a>(&'a self, resource: impl Into<ApiResource>, name: &'a str) -> Answer<'a, Scale> {
        let resource = resource.into();
        Box::pin(async move {
            let scale: AnyScale = self.api(&resource, "get", name)?.get_subresource(name, SCALE).await?;
            Ok(scale.0)
        })
    }

    /// Sets how many replicas an object should have.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get); a negative number is invalid.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; it may have been carried out by then.
    pub fn scale<'a>(
        &'a self,
        resource: impl Into<ApiResource>,
        name: &'a str,
        replicas: i32,
    ) -> Answer<'a, Scale> {
        let resource = resource.into();
        Box::pin(async move {
            if replicas < 0 {
                let error = Error::invalid(format!("{replicas} replicas are fewer than none"));
                return Err(error.during(about(&resource, "patch", name)));
            }
            self.patch(resource, name, &Patch::Merge(json!({"spec": {"replicas": replicas}}))).await
        })
    }

    /// Changes the scale of an object by a patch of its `Scale`.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    ///
    /// # Cancel safety
    ///
    /// As [`scale`](Self::scale).
    pub fn patch<'a>(
        &'a self,
        resource: impl Into<ApiResource>,
        name: &'a str,
        patch: &'a Patch,
    ) -> Answer<'a, Scale> {
        let resource = resource.into();
        Box::pin(async move {
            let api = self.api(&resource, "patch", name)?;
            let scale: AnyScale = api.patch_at(name, Some(SCALE), patch, &WriteParams::default()).await?;
            Ok(scale.0)
        })
    }

    /// Replaces the scale of an object. With a resourceVersion in its metadata, only if the object was not changed
    /// since.
    ///
    /// # Errors
    ///
    /// [`is_conflict`](Error::is_conflict) when it was; otherwise as [`get`](Self::get).
    ///
    /// # Cancel safety
    ///
    /// As [`scale`](Self::scale).
    pub fn replace<'a>(&'a self, resource: impl Into<ApiResource>, scale: &'a Scale) -> Answer<'a, Scale> {
        let resource = resource.into();
        Box::pin(async move {
            let name = scale.metadata.name.as_deref().unwrap_or_default();
            let form = resource.subresource(SCALE).and_then(|scale| scale.gvk.as_ref());
            let body = write(scale, form);
            let api = self.api(&resource, "replace", name)?;
            let stored: AnyScale = api.replace_subresource(name, SCALE, &body).await?;
            Ok(stored.0)
        })
    }

    fn api(&self, resource: &ApiResource, verb: &str, name: &str) -> Result<Api<DynamicObject>> {
        // Whoever knows its verbs knows its subresources.
        if !resource.verbs.is_empty() && resource.subresource(SCALE).is_none() {
            let error = Error::invalid(format!("{resource} cannot be scaled: it has no scale subresource"));
            return Err(error.during(about(resource, verb, name)));
        }
        Ok(DynamicClient::new(self.rest.clone(), resource).namespaced(&self.namespace))
    }
}

fn about(resource: &ApiResource, verb: &str, name: &str) -> String {
    format!("{verb} {resource}/{SCALE} {name:?}")
}

impl fmt::Debug for ScaleClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScaleClient(in {:?})", self.namespace)
    }
}
