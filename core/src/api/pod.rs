use http::Method;
use k8s_openapi::api::core::v1::Pod;
use serde_json::json;

use crate::api::{Answer, Api, Patch};
use crate::rest::{DeleteParams, RetryPolicy, WriteParams};

const BINDING: Option<&str> = Some("binding");
const EPHEMERAL_CONTAINERS: Option<&str> = Some("ephemeralcontainers");
const EVICTION: Option<&str> = Some("eviction");
const RESIZE: Option<&str> = Some("resize");

/// What only pods have.
impl Api<Pod> {
    /// Deletes a pod, unless a `PodDisruptionBudget` is against it.
    ///
    /// # Errors
    ///
    /// [`is_too_many_requests`](crate::Error::is_too_many_requests) when a budget is against it: at once, for the caller
    /// to try again later; otherwise as [`delete`](Self::delete).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the pod may have been deleted by then.
    pub fn evict<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        Box::pin(async move { self.evict_with(name, &DeleteParams::default()).await })
    }

    /// [`evict`](Self::evict) with options.
    ///
    /// # Errors
    ///
    /// As [`evict`](Self::evict); [`is_conflict`](crate::Error::is_conflict) when a precondition does not hold.
    ///
    /// # Cancel safety
    ///
    /// As [`evict`](Self::evict).
    pub fn evict_with<'a>(&'a self, name: &'a str, params: &'a DeleteParams) -> Answer<'a, ()> {
        Box::pin(async move {
            let mut eviction =
                json!({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": name}});
            if !params.is_default() {
                eviction["deleteOptions"] = json!(params);
            }
            let request = self.target.object(Method::POST, name, EVICTION).json(&eviction);
            // A budget says no with a 429, and that is an answer.
            let request = request.retry(RetryPolicy::default().throttled_tries(1));
            self.target.done(request, || self.target.about("evict", name, EVICTION)).await
        })
    }

    /// Gives a pod its node, as a scheduler does.
    ///
    /// # Errors
    ///
    /// [`is_conflict`](crate::Error::is_conflict) when it has one; otherwise as [`create`](Self::create).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the pod may be bound by then.
    pub fn bind<'a>(&'a self, name: &'a str, node: &'a str) -> Answer<'a, ()> {
        Box::pin(async move { self.bind_with(name, node, &WriteParams::default()).await })
    }

    /// [`bind`](Self::bind) with options.
    ///
    /// # Errors
    ///
    /// As [`bind`](Self::bind).
    ///
    /// # Cancel safety
    ///
    /// As [`bind`](Self::bind).
    pub fn bind_with<'a>(&'a self, name: &'a str, node: &'a str, params: &'a WriteParams) -> Answer<'a, ()> {
        Box::pin(async move {
            let binding = json!({
                "apiVersion": "v1",
                "kind": "Binding",
                "metadata": {"name": name},
                "target": {"apiVersion": "v1", "kind": "Node", "name": node},
            });
            let request = self.target.object(Method::POST, name, BINDING);
            let request = request.params(|query| params.add_to(query)).json(&binding);
            self.target.done(request, || self.target.about("bind", name, BINDING)).await
        })
    }

    /// Replaces the ephemeral containers of a pod, which can only be added to; nothing else of it is written.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn replace_ephemeral_containers<'a>(
        &'a self,
        pod: &'a Pod,
        params: &'a WriteParams,
    ) -> Answer<'a, Pod> {
        Box::pin(self.put(pod, EPHEMERAL_CONTAINERS, params))
    }

    /// Adds ephemeral containers to a pod by a patch, most simply a strategic one of
    /// `{"spec": {"ephemeralContainers": [...]}}`.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_ephemeral_containers<'a>(
        &'a self,
        name: &'a str,
        patch: &'a Patch,
        params: &'a WriteParams,
    ) -> Answer<'a, Pod> {
        Box::pin(self.patch_at(name, EPHEMERAL_CONTAINERS, patch, params))
    }

    /// Replaces the resources of a pod's containers; nothing else of it is written.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn replace_resize<'a>(&'a self, pod: &'a Pod, params: &'a WriteParams) -> Answer<'a, Pod> {
        Box::pin(self.put(pod, RESIZE, params))
    }

    /// Changes the resources of a pod's containers by a patch of the pod.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_resize<'a>(
        &'a self,
        name: &'a str,
        patch: &'a Patch,
        params: &'a WriteParams,
    ) -> Answer<'a, Pod> {
        Box::pin(self.patch_at(name, RESIZE, patch, params))
    }
}
