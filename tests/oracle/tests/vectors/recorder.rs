//! A client whose requests are kept instead of sent, as those of client-go are for the table.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use http::{Request, Response, header};
use http_body_util::BodyExt;
use kubist::Client;
use kubist::transport::Body;
use serde::Deserialize;
use serde_json::Value;

/// A request on the wire.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) accept: String,
    pub(crate) content_type: String,
    pub(crate) body: Value,
}

/// What was sent, in its order.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Vec<Sent>>>);

impl Recorder {
    /// A client of the cluster at `base`, which answers everything with an empty object.
    pub(crate) fn client(base: &str) -> kubist::Result<(Client, Self)> {
        let recorder = Self::default();
        let kept = recorder.clone();
        let service = tower::service_fn(move |request: Request<Body>| {
            let kept = kept.clone();
            let answer: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(async move {
                let sent = sent(request).await;
                kept.0.lock().unwrap().push(sent);
                let answer = Response::builder().header(header::CONTENT_TYPE, "application/json");
                Ok::<_, Infallible>(answer.body("{}".to_owned()).unwrap())
            });
            answer
        });
        Ok((Client::from_service(service, base, "default")?, recorder))
    }

    /// The one request since the last call; `None` when nothing was sent.
    pub(crate) fn take(&self) -> Option<Sent> {
        let mut all = std::mem::take(&mut *self.0.lock().unwrap());
        assert!(all.len() < 2, "one call, two requests: {all:?}");
        all.pop()
    }
}

async fn sent(request: Request<Body>) -> Sent {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let text = |name| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    Sent {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: pairs(parts.uri.query().unwrap_or_default()),
        accept: text(header::ACCEPT),
        content_type: text(header::CONTENT_TYPE),
        body: if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() },
    }
}

/// The pairs of a query, decoded as a server does it, in the order of the table.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    pairs.sort_by_key(|(name, value)| format!("{name}={value}"));
    pairs
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next().unwrap()).to_digit(16).unwrap();
                u8::try_from(16 * digit() + digit()).unwrap()
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
