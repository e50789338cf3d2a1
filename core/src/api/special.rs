//! What only service accounts, namespaces and signing requests have.

use http::Method;
use k8s_openapi::api::authentication::v1::{TokenRequest, TokenRequestSpec};
use k8s_openapi::api::certificates::v1::CertificateSigningRequest;
use k8s_openapi::api::core::v1::{Namespace, ServiceAccount};
use serde_json::json;

use crate::api::{Answer, Api, Patch};
use crate::rest::WriteParams;

const APPROVAL: Option<&str> = Some("approval");
const FINALIZE: Option<&str> = Some("finalize");
const TOKEN: Option<&str> = Some("token");

/// What only service accounts have.
impl Api<ServiceAccount> {
    /// Asks for a token of a service account. It is in the `status` of the answer.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kubist::k8s_openapi::api::authentication::v1::TokenRequestSpec;
    ///
    /// # async fn example(client: kubist::Client) -> kubist::Result<()> {
    /// let wanted = TokenRequestSpec { expiration_seconds: Some(3600), ..TokenRequestSpec::default() };
    /// let answer = client.core_v1().service_accounts("shop").create_token("builder", &wanted).await?;
    /// let token = answer.status.and_then(|status| status.token);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_token<'a>(
        &'a self,
        name: &'a str,
        wanted: &'a TokenRequestSpec,
    ) -> Answer<'a, TokenRequest> {
        Box::pin(async move {
            let wanted = TokenRequest { spec: Some(wanted.clone()), ..TokenRequest::default() };
            let request = self.target.object(Method::POST, name, TOKEN).json(&wanted);
            self.target.json(request, || self.target.about("create", name, TOKEN)).await
        })
    }
}

/// What only namespaces have.
impl Api<Namespace> {
    /// Replaces the finalizers in the spec of a namespace: without any, a namespace that is being deleted goes.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn finalize<'a>(
        &'a self,
        namespace: &'a Namespace,
        params: &'a WriteParams,
    ) -> Answer<'a, Namespace> {
        Box::pin(self.put(namespace, FINALIZE, params))
    }
}

/// What only signing requests have.
impl Api<CertificateSigningRequest> {
    /// Approves a signing request. `reason` is one word, as `AutoApproved`.
    ///
    /// # Errors
    ///
    /// [`is_invalid`](crate::Error::is_invalid) when it was denied before; otherwise as
    /// [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn approve<'a>(
        &'a self,
        name: &'a str,
        reason: &'a str,
        message: &'a str,
    ) -> Answer<'a, CertificateSigningRequest> {
        self.judge(name, "Approved", reason, message)
    }

    /// Denies a signing request. `reason` is one word, as `UnknownNode`.
    ///
    /// # Errors
    ///
    /// [`is_invalid`](crate::Error::is_invalid) when it was approved before; otherwise as
    /// [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn deny<'a>(
        &'a self,
        name: &'a str,
        reason: &'a str,
        message: &'a str,
    ) -> Answer<'a, CertificateSigningRequest> {
        self.judge(name, "Denied", reason, message)
    }

    fn judge<'a>(
        &'a self,
        name: &'a str,
        verdict: &'a str,
        reason: &'a str,
        message: &'a str,
    ) -> Answer<'a, CertificateSigningRequest> {
        Box::pin(async move {
            let condition = json!({"type": verdict, "status": "True", "reason": reason, "message": message});
            // Merged by the type of the condition.
            let patch = Patch::Strategic(json!({"status": {"conditions": [condition]}}));
            self.patch_at(name, APPROVAL, &patch, &WriteParams::default()).await
        })
    }

    /// Replaces the conditions of a signing request; nothing else of it is written.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn replace_approval<'a>(
        &'a self,
        request: &'a CertificateSigningRequest,
        params: &'a WriteParams,
    ) -> Answer<'a, CertificateSigningRequest> {
        Box::pin(self.put(request, APPROVAL, params))
    }

    /// Changes the conditions of a signing request by a patch of it.
    ///
    /// # Errors
    ///
    /// As [`patch`](Self::patch).
    ///
    /// # Cancel safety
    ///
    /// As [`patch`](Self::patch).
    pub fn patch_approval<'a>(
        &'a self,
        name: &'a str,
        patch: &'a Patch,
        params: &'a WriteParams,
    ) -> Answer<'a, CertificateSigningRequest> {
        Box::pin(self.patch_at(name, APPROVAL, patch, params))
    }
}
