//! A conversion webhook over HTTP.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::Body;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use tower::Service;

use super::converter::Converter;
use crate::crd::CustomResource;

/// How many bytes a review may have: 64 MiB. The API server sends the objects of one list, or of one page of it,
/// together.
pub const REVIEW_BYTES_MAX: usize = 64 << 20;

/// Answers conversion reviews over HTTP: a [`tower::Service`] to mount in axum, hyper or any other server.
///
/// It answers 200 with the review, also when an object cannot be converted; 400 to what is not a review, 405 to
/// anything but POST, 413 to more than [`REVIEW_BYTES_MAX`], each with a text. It does not look at the path and never
/// fails. The API server calls it over HTTPS only: the certificate is the server's matter.
///
/// # Examples
///
/// With axum: `Router::new().route_service("/convert", converter.service())`; with hyper:
/// `TowerToHyperService::new(converter.service())` of hyper-util.
pub struct ConversionService<H> {
    converter: Converter<H>,
    bytes_max: usize,
}

/// An answer, when the whole request is there.
type Answer = Pin<Box<dyn Future<Output = Result<Response<Full<Bytes>>, Infallible>> + Send>>;

impl<H> ConversionService<H> {
    /// A service that answers with this converter.
    #[must_use]
    pub const fn new(converter: Converter<H>) -> Self {
        Self { converter, bytes_max: REVIEW_BYTES_MAX }
    }

    /// Sets how many bytes a review may have, instead of [`REVIEW_BYTES_MAX`].
    #[must_use]
    pub const fn bytes_max(mut self, bytes: usize) -> Self {
        self.bytes_max = bytes;
        self
    }
}

impl<H, B> Service<Request<B>> for ConversionService<H>
where
    H: CustomResource,
    B: Body<Error: Into<Box<dyn StdError + Send + Sync>>, Data: Send> + Send + 'static,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(service.answer(request).await) })
    }
}

impl<H: CustomResource> ConversionService<H> {
    async fn answer<B>(self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body<Error: Into<Box<dyn StdError + Send + Sync>>>,
    {
        if request.method() != Method::POST {
            let mut refused =
                text(StatusCode::METHOD_NOT_ALLOWED, "a conversion review is sent with POST".to_owned());
            refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
            return refused;
        }
        let body = match Limited::new(request.into_body(), self.bytes_max).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                let max = self.bytes_max;
                return text(StatusCode::PAYLOAD_TOO_LARGE, format!("the review is longer than {max} bytes"));
            }
            Err(_) => return text(StatusCode::BAD_REQUEST, "the request broke off".to_owned()),
        };
        match self.converter.handle(&body) {
            Ok(answer) => with(StatusCode::OK, "application/json", answer.into()),
            Err(error) => text(StatusCode::BAD_REQUEST, format!("{error:#}")),
        }
    }
}

fn text(code: StatusCode, text: String) -> Response<Full<Bytes>> {
    with(code, "text/plain; charset=utf-8", text.into())
}

fn with(code: StatusCode, media_type: &'static str, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = code;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

impl<H> Clone for ConversionService<H> {
    fn clone(&self) -> Self {
        Self { converter: self.converter.clone(), bytes_max: self.bytes_max }
    }
}

impl<H> fmt::Debug for ConversionService<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConversionService")
            .field("converter", &self.converter)
            .field("bytes_max", &self.bytes_max)
            .finish()
    }
}
