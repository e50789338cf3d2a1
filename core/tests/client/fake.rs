//! A service that answers as it is told and remembers what it was asked.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use kubist::client::Client;
use kubist::transport::Body;
use serde_json::{Value, json};
use tower::Service;

/// One request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What the service does with a request.
#[derive(Clone)]
pub(crate) enum Answer {
    Broken,
    Http(u16, Vec<(&'static str, &'static str)>, Bytes),
    Never,
}

impl Answer {
    pub(crate) fn json(code: u16, body: &Value) -> Self {
        let body = body.to_string().into();
        Self::Http(code, vec![("content-type", "application/json")], body)
    }

    pub(crate) fn status(code: u16, reason: &str) -> Self {
        Self::json(code, &status(code, reason, "widget"))
    }

    pub(crate) fn with_header(self, name: &'static str, value: &'static str) -> Self {
        match self {
            Self::Http(code, mut headers, body) => {
                headers.push((name, value));
                Self::Http(code, headers, body)
            }
            Self::Broken | Self::Never => self,
        }
    }
}

/// A `Status` about an object of this name.
pub(crate) fn status(code: u16, reason: &str, name: &str) -> Value {
    json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": format!("answered {code}"), "reason": reason, "code": code,
        "details": {"name": name},
    })
}

type Handler = dyn Fn(&Seen) -> Answer + Send + Sync;

#[derive(Clone)]
pub(crate) struct Fake {
    handler: Arc<Handler>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Fake {
    /// Asks the function for each answer.
    pub(crate) fn new(handler: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        Self { handler: Arc::new(handler), seen: Arc::default() }
    }

    /// Gives these answers, one after the other.
    pub(crate) fn script(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers: Mutex<VecDeque<_>> = Mutex::new(answers.into_iter().collect());
        Self::new(move |seen| {
            let next = answers.lock().unwrap().pop_front();
            next.unwrap_or_else(|| panic!("one request too many: {}", seen.line))
        })
    }

    pub(crate) fn client(&self) -> Client {
        Client::from_service(self.clone(), "http://fake", "default").unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The request lines, `GET /version`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }
}

impl Service<Request<Body>> for Fake {
    type Response = Response<Full<Bytes>>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let fake = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            assert_eq!(parts.uri.authority().unwrap(), "fake");
            let seen = Seen {
                line: format!("{} {}", parts.method, parts.uri.path_and_query().unwrap()),
                headers: parts.headers,
                body: body.collect().await.unwrap().to_bytes(),
            };
            let answer = (fake.handler)(&seen);
            fake.seen.lock().unwrap().push(seen);
            match answer {
                Answer::Broken => Err(io::ErrorKind::ConnectionReset.into()),
                Answer::Never => std::future::pending().await,
                Answer::Http(code, headers, body) => {
                    let mut response = Response::builder().status(code);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(Full::new(body)).unwrap())
                }
            }
        })
    }
}
