//! Requests with the credentials of whoever sends them.

use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use http::header;
use http::{HeaderValue, Request, Response, StatusCode};
use tower::Service;

use crate::error::{Delivery, Error, Result};
use crate::transport::auth::{Credential, CredentialSource};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::connections::Connections;
use crate::transport::peer::Connector;
use crate::transport::stage::Stage;

/// Adds what says who sends a request. One that the server does not accept (401) or that has no
/// connection because of TLS is sent once more, if there are other credentials or certificates by then.
pub(crate) struct Identified<B>(Arc<Inner<B>>);

struct Inner<B> {
    connections: Connections<B>,
    credentials: Arc<dyn CredentialSource>,
    user_agent: HeaderValue,
}

impl<B> Clone for Identified<B> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<B: Connector> Identified<B> {
    pub(crate) fn new(
        connections: Connections<B>,
        credentials: Arc<dyn CredentialSource>,
        user_agent: HeaderValue,
    ) -> Self {
        Self(Arc::new(Inner { connections, credentials, user_agent }))
    }
}

impl<B: Connector> Inner<B> {
    async fn exchange(&self, mut request: Request<Body>) -> Result<Response<ResponseBody>> {
        request.headers_mut().entry(header::USER_AGENT).or_insert_with(|| self.user_agent.clone());
        // A layer above may have chosen another identity for this request.
        if request.headers().contains_key(header::AUTHORIZATION) {
            return self.connections.current(None)?.send(request).await;
        }
        let stage = request.extensions().get::<Stage>().cloned().unwrap_or_default();
        stage.waits_for(Some(self.credentials.origin()));
        let credential = self.credentials.current().await?;
        stage.waits_for(None);
        let connections = self.connections.current(credential.identity.as_ref())?;
        let first = connections.send(with(&request, &credential)).await;
        if !is_refused(&first) {
            return first;
        }
        self.connections.expire();
        stage.waits_for(Some(self.credentials.origin()));
        let other = match self.credentials.refused(&credential).await {
            Ok(other) => other.unwrap_or_else(|| credential.clone()),
            Err(error) => {
                let error = format!("{error:#}");
                tracing::warn!(error, "no other credentials for the ones that were refused");
                credential.clone()
            }
        };
        stage.waits_for(None);
        let Ok(again) = self.connections.current(other.identity.as_ref()) else {
            return first;
        };
        if other == credential && again.is(&connections) {
            return first;
        }
        drop(first);
        tracing::debug!("sent once more, with other credentials");
        again.send(with(&request, &other)).await
    }
}

/// Neither did anything: authentication comes before all else.
fn is_refused(answer: &Result<Response<ResponseBody>>) -> bool {
    match answer {
        Ok(answer) => answer.status() == StatusCode::UNAUTHORIZED,
        Err(error) => error.delivery() == Delivery::Refused,
    }
}

fn with(request: &Request<Body>, credential: &Credential) -> Request<Body> {
    let mut request = request.clone();
    if let Some(value) = &credential.authorization {
        request.headers_mut().insert(header::AUTHORIZATION, value.clone());
    }
    request
}

impl<B: Connector> Service<Request<Body>> for Identified<B> {
    type Response = Response<ResponseBody>;
    type Error = Error;
    type Future = BoxFuture<'static, Result<Self::Response>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { inner.exchange(request).await })
    }
}
