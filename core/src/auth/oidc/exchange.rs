//! What is said between the program and an OpenID Connect provider.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header;
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::auth::clean::clean;
use crate::auth::oidc::{problem, unusable};
use crate::error::Result;
use crate::transport::{Body, Caller, Credential, Deadlines, Secret, TlsSettings, Transport, connect};

/// The longest answer of a provider that is read.
const ANSWER_BYTES_MAX: usize = 1 << 20;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const DEADLINES: Deadlines =
    Deadlines::unary().headers(Some(Duration::from_secs(10))).total(Some(Duration::from_secs(20)));

/// A provider, and who asks it.
pub(crate) struct Exchange {
    pub(crate) issuer: Uri,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<Secret>,
    pub(crate) tls: TlsSettings,
}

/// What a provider says about itself, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    token_endpoint: String,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
    refresh_token: Option<String>,
}

/// The error of RFC 6749, section 5.2.
#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// The tokens that a provider gave.
pub(crate) struct Answer {
    pub(crate) id_token: Secret,
    pub(crate) refresh_token: Option<Secret>,
}

impl Exchange {
    /// Asks for an ID token with a refresh token.
    ///
    /// The secret is sent as a header, as every provider must understand; one that does not gets it once
    /// more in the form.
    pub(crate) async fn refresh(&self, refresh_token: &Secret) -> Result<Answer> {
        let endpoint = self.token_endpoint().await?;
        let transport = self.transport(&endpoint)?;
        let tokens: Tokens = match &self.client_secret {
            None => self.ask(&transport, &endpoint, refresh_token, false).await?,
            Some(_) => match self.ask(&transport, &endpoint, refresh_token, true).await {
                Ok(tokens) => tokens,
                Err(Failure::Refused(_)) => self.ask(&transport, &endpoint, refresh_token, false).await?,
                Err(failure) => return Err(failure.into()),
            },
        };
        let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map(Secret::new);
        let id_token = text(tokens.id_token).ok_or_else(|| {
            unusable(
                "it gave no ID token: the scope openid was not asked for, or it does not renew ID tokens",
            )
        })?;
        Ok(Answer { id_token, refresh_token: text(tokens.refresh_token) })
    }

    async fn token_endpoint(&self) -> Result<Uri> {
        let issuer = self.issuer.to_string();
        let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let url: Uri = url.parse().map_err(|_| unusable("its URL cannot be extended"))?;
        let mut request = Request::new(Body::default());
        *request.uri_mut() = url;
        let metadata: Metadata = answer(&self.transport(&self.issuer)?, request).await?;
        secure_url(&metadata.token_endpoint, "its token_endpoint")
    }

    async fn ask(
        &self,
        transport: &Transport,
        endpoint: &Uri,
        refresh_token: &Secret,
        secret_in_header: bool,
    ) -> Result<Tokens, Failure> {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
        let mut request = Request::new(Body::default());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = endpoint.clone();
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        match &self.client_secret {
            Some(secret) if secret_in_header => {
                let (id, secret) = (escape(&self.client_id), escape(secret.as_str()));
                let packed = STANDARD.encode(format!("{id}:{secret}"));
                headers.insert(header::AUTHORIZATION, Secret::header(format!("Basic {packed}"))?);
            }
            Some(secret) => {
                form.extend([("client_id", &*self.client_id), ("client_secret", secret.as_str())])
            }
            None => form.push(("client_id", &self.client_id)),
        }
        let form: Vec<_> = form.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        *request.body_mut() = Body::new(Bytes::from(form.join("&")));
        answer(transport, request).await
    }

    fn transport(&self, url: &Uri) -> Result<Transport> {
        let caller = Caller { credentials: Arc::new(Credential::default()), user_agent: None };
        connect(url, &self.tls, caller, None, Some(CONNECT_TIMEOUT))
    }
}

/// Why a provider gave nothing.
enum Failure {
    /// It answered, and said no.
    Refused(crate::error::Error),
    Other(crate::error::Error),
}

impl From<crate::error::Error> for Failure {
    fn from(error: crate::error::Error) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for crate::error::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) | Failure::Other(error) => error,
        }
    }
}

/// Sends a request and decodes the answer. A redirect is a failure: who is asked is not the answer's to say.
async fn answer<T: DeserializeOwned>(transport: &Transport, request: Request<Body>) -> Result<T, Failure> {
    let what =
        if request.method() == Method::POST { "it gave no tokens" } else { "it says nothing of itself" };
    let failed = |error: crate::error::Error| Failure::Other(unusable(what).with_source(error));
    let (parts, body) = transport.send(request, DEADLINES).await.map_err(failed)?.into_parts();
    let body = body.collect(ANSWER_BYTES_MAX).await.map_err(failed)?;
    if parts.status == StatusCode::OK {
        // Without a source: it could quote a token.
        let decoded = serde_json::from_slice(&body);
        return decoded
            .map_err(|_| Failure::Other(unusable(format!("{what}: its answer is not understood"))));
    }
    // The code of the error is one of a few words; the description is for people.
    let refusal = serde_json::from_slice::<Refusal>(&body).ok().map(|refusal| {
        let description = refusal.error_description.unwrap_or_default();
        let text = clean(&format!("{} {description}", refusal.error));
        text.chars().take(200).collect::<String>()
    });
    let refused = match refusal {
        Some(refusal) => unusable(format!("{what} ({}): {refusal}", parts.status.as_u16())),
        None => unusable(format!("{what} ({})", parts.status.as_u16())),
    };
    if parts.status.is_client_error() { Err(Failure::Refused(refused)) } else { Err(Failure::Other(refused)) }
}

/// A URL that secrets may be sent to.
pub(crate) fn secure_url(url: &str, what: &str) -> Result<Uri> {
    let uri: Uri = url.parse().map_err(|_| problem(format!("{what} is not a URL")))?;
    let host = uri.host().unwrap_or_default();
    let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(problem(format!("{what} must not hold a user or password")));
    }
    match uri.scheme_str() {
        Some("https") if !host.is_empty() => Ok(uri),
        Some("http") if local => Ok(uri),
        _ => Err(problem(format!("{what} must start with https://"))),
    }
}

/// As forms are written.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => {
                escaped.push('%');
                for digit in [byte >> 4, byte & 15] {
                    escaped
                        .extend(char::from_digit(digit.into(), 16).map(|digit| digit.to_ascii_uppercase()));
                }
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_tls_or_stay_on_this_machine() {
        for good in
            ["https://login.example.com/x", "http://localhost:8080", "http://127.0.0.1", "http://[::1]"]
        {
            secure_url(good, "x").unwrap();
        }
        for wrong in
            ["", "login", "http://login.example.com", "https://me:hunter2@host", "ftp://x", "https://"]
        {
            let error = format!("{:#}", secure_url(wrong, "x").unwrap_err());
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_form_can_hold_anything() {
        assert_eq!(escape("a-b.c_d~e"), "a-b.c_d~e");
        assert_eq!(escape("a b&c=d+é"), "a%20b%26c%3Dd%2B%C3%A9");
    }
}
