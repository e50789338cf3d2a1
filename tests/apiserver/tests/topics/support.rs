//! A tiny client for the tests: JSON in, JSON out, and watches line by line.

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kubist_apiserver::ApiServer;
use serde_json::{Value, json};

pub(crate) const DEFINITIONS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
pub(crate) const SITES: &str = "/apis/example.com/v1/namespaces/default/websites";

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn version(&self) -> String {
        self.body["metadata"]["resourceVersion"].as_str().unwrap().to_owned()
    }

    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn warnings(&self) -> Vec<&str> {
        self.headers.get_all("warning").iter().filter_map(|value| value.to_str().ok()).collect()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Client {
    url: String,
    headers: Vec<(&'static str, String)>,
    inner: HyperClient<HttpConnector, Full<Bytes>>,
}

impl Client {
    pub(crate) fn new(server: &ApiServer) -> Self {
        let inner = HyperClient::builder(TokioExecutor::new()).build_http();
        Self { url: server.url(), headers: vec![("user-agent", "tests/1.0".to_owned())], inner }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) async fn raw(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: impl Into<Bytes>,
    ) -> Result<http::Response<Incoming>, hyper_util::client::legacy::Error> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        self.inner.request(request.body(Full::new(body.into())).unwrap()).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: impl Into<Bytes>,
    ) -> Reply {
        let response = self.raw(method, path, content_type, body).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { code: parts.status.as_u16(), headers: parts.headers, body, text }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, "", "").await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, "application/json", body.to_string()).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, "application/json", body.to_string()).await
    }

    pub(crate) async fn merge(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, "application/merge-patch+json", body.to_string()).await
    }

    pub(crate) async fn json_patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, "application/json-patch+json", body.to_string()).await
    }

    /// Server-side apply; `path` may carry more parameters than the manager.
    pub(crate) async fn apply(&self, path: &str, manager: &str, body: &Value) -> Reply {
        let separator = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{separator}fieldManager={manager}");
        self.send(Method::PATCH, &path, "application/apply-patch+yaml", body.to_string()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, "", "").await
    }

    pub(crate) async fn watch(&self, path: &str) -> Events {
        let separator = if path.contains('?') { '&' } else { '?' };
        let response = self.raw(Method::GET, &format!("{path}{separator}watch=true"), "", "").await.unwrap();
        assert_eq!(response.status(), 200);
        Events { body: response.into_body(), buffer: Vec::new() }
    }
}

/// The events of a watch.
#[derive(Debug)]
pub(crate) struct Events {
    body: Incoming,
    buffer: Vec<u8>,
}

impl Events {
    /// The next event; nothing when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Some(serde_json::from_slice(&line).unwrap());
            }
            let frame = self.body.frame().await?.ok()?;
            if let Ok(data) = frame.into_data() {
                self.buffer.extend_from_slice(&data);
            }
        }
    }

    /// The next event as its type and the name of its object.
    pub(crate) async fn next_name(&mut self) -> (String, String) {
        let event = self.next().await.expect("the watch ended");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&event["type"]), text(&event["object"]["metadata"]["name"]))
    }
}

pub(crate) fn pair(kind: &str, name: &str) -> (String, String) {
    (kind.to_owned(), name.to_owned())
}

/// The definition that most tests use.
pub(crate) fn website_definition() -> Value {
    let pages = json!({
        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["path"],
        "items": {"type": "object", "required": ["path"],
            "properties": {"path": {"type": "string"}, "title": {"type": "string"}}},
    });
    let spec = json!({"type": "object", "required": ["bucket"], "properties": {
        "bucket": {"type": "string", "pattern": "^gs://"},
        "replicas": {"type": "integer", "format": "int32", "default": 1, "minimum": 0, "maximum": 100},
        "note": {"type": "string"},
        "maybe": {"type": "string", "nullable": true},
        "tags": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"},
        "pages": pages,
    }});
    let status = json!({"type": "object", "properties": {
        "ready": {"type": "integer", "format": "int32"}, "selector": {"type": "string"}}});
    let scale = json!({
        "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.ready",
        "labelSelectorPath": ".status.selector",
    });
    let schema =
        json!({"type": "object", "required": ["spec"], "properties": {"spec": spec, "status": status}});
    let version = json!({
        "name": "v1", "served": true, "storage": true, "subresources": {"status": {}, "scale": scale},
        "selectableFields": [{"jsonPath": ".spec.bucket"}], "schema": {"openAPIV3Schema": schema},
    });
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "websites.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"plural": "websites", "kind": "Website", "shortNames": ["web"], "categories": ["all"]},
            "versions": [version],
        },
    })
}

pub(crate) fn website(name: &str, bucket: &str) -> Value {
    json!({"apiVersion": "example.com/v1", "kind": "Website", "metadata": {"name": name}, "spec": {"bucket": bucket}})
}

pub(crate) fn config_map(name: &str, value: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"key": value}})
}

/// A server that serves websites, and a client for it.
pub(crate) async fn with_websites() -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    let reply = client.post(DEFINITIONS, &website_definition()).await;
    assert_eq!(reply.code, 201, "{}", reply.text);
    (server, client)
}
