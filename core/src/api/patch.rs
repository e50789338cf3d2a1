use bytes::Bytes;
use http::Method;
use serde_json::Value;

use crate::api::{Answer, Api};
use crate::apply::PartOf;
use crate::error::{Error, Result};
use crate::resource::{Allows, Object, verb};
use crate::rest::{ApplyParams, PatchType, WriteParams};

/// A change to an object, as the server understands it.
///
/// # Examples
///
/// ```
/// use kubist::api::Patch;
/// use serde_json::json;
///
/// let merge = Patch::Merge(json!({"spec": {"replicas": 3}}));
/// let json = Patch::Json(vec![json!({"op": "remove", "path": "/metadata/labels/old"})]);
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Patch {
    /// Operations, one after the other; all or none (RFC 6902).
    Json(Vec<Value>),
    /// A partial object: null removes a member, a list replaces a list (RFC 7386).
    Merge(Value),
    /// A partial object merged by the list keys of the kind; built-in kinds only.
    Strategic(Value),
}

impl Patch {
    fn encode(&self) -> Result<(PatchType, Bytes)> {
        let (patch_type, body) = match self {
            Self::Json(operations) => (PatchType::Json, serde_json::to_vec(operations)),
            Self::Merge(object) => (PatchType::Merge, serde_json::to_vec(object)),
            Self::Strategic(object) => (PatchType::Strategic, serde_json::to_vec(object)),
        };
        let body = body.map_err(|_| Error::invalid("the patch cannot be written as JSON"))?;
        Ok((patch_type, body.into()))
    }
}

/// Shows the kind of patch, not what it holds.
impl std::fmt::Debug for Patch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Json(_) => "Json(..)",
            Self::Merge(_) => "Merge(..)",
            Self::Strategic(_) => "Strategic(..)",
        })
    }
}

impl<K: Object> Api<K> {
    /// Changes parts of an object and returns it as the server stored it.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) when there is no such object;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the connection broke after sending;
    /// otherwise as any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the patch may have been applied by then.
    pub fn patch<'a>(&'a self, name: &'a str, patch: &'a Patch) -> Answer<'a, K>
    where
        K: Allows<verb::Patch>,
    {
        Box::pin(async move { self.patch_with(name, patch, &WriteParams::default()).await })
    }

    /// [`patch`](Self::patch) with options.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_with<'a>(&'a self, name: &'a str, patch: &'a Patch, params: &'a WriteParams) -> Answer<'a, K>
    where
        K: Allows<verb::Patch>,
    {
        Box::pin(async move { self.patch_at(name, None, patch, params).await })
    }

    pub(crate) async fn patch_at<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
        subresource: Option<&str>,
        patch: &Patch,
        params: &WriteParams,
    ) -> Result<T> {
        let mut request =
            self.target.object(Method::PATCH, name, subresource).params(|query| params.add_to(query));
        match patch.encode() {
            Ok((patch_type, body)) => request = request.patch_body(patch_type, body),
            Err(error) => request.refuse(error),
        }
        let about = || self.target.about("patch", name, subresource);
        self.target.json(request, about).await
    }

    /// Server-side apply: creates the object or sets the fields that are given, as their owner, and
    /// returns the object as the server stored it. What the same manager applied before and no longer gives is removed.
    ///
    /// Takes a reference to a whole object, the apply type that `#[derive(Apply)]` writes, what
    /// [`apply!`](crate::apply!) makes of a built-in kind, or JSON. What the server alone writes (`managedFields`,
    /// `resourceVersion`, …) and an absent `status` are left out, and so is null where the kind's
    /// schema has no null; `apiVersion`, `kind` and the name are put in.
    ///
    /// # Errors
    ///
    /// [`is_conflict`](Error::is_conflict) when another manager owns a field with another value: the message names both,
    /// [`conflicts`](crate::apply::conflicts) reads them, [`ApplyParams::force`] takes them over; otherwise as
    /// [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the object may have been changed by then.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::k8s_openapi::api::core::v1::ConfigMap;
    /// # use kubist::api::Api;
    /// use kubist::apply;
    /// use kubist::rest::ApplyParams;
    ///
    /// # async fn example(api: Api<ConfigMap>) -> kubist::Result<()> {
    /// let part = apply!(ConfigMap { data: { "color": "blue" } });
    /// let stored = api.apply("front", part, &ApplyParams::manager("painter")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn apply<'a>(
        &'a self,
        name: &'a str,
        object: impl PartOf<K>,
        params: &'a ApplyParams,
    ) -> Answer<'a, K>
    where
        K: Allows<verb::Patch>,
    {
        Box::pin(self.apply_at(name, None, object.into_part(), params))
    }

    pub(crate) async fn apply_at(
        &self,
        name: &str,
        subresource: Option<&str>,
        object: Result<Value>,
        params: &ApplyParams,
    ) -> Result<K> {
        let mut request =
            self.target.object(Method::PATCH, name, subresource).params(|query| params.add_to(query));
        let body = object.and_then(|object| self.target.apply_body(object, name));
        match body {
            Ok(body) => request = request.patch_body(PatchType::Apply, body),
            Err(error) => request.refuse(error),
        }
        let about = || self.target.about("apply", name, subresource);
        self.target.json(request, about).await
    }
}
