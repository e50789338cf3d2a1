//! What an entry does through its Rust type, behind one trait for all types.

use std::marker::PhantomData;

use arbitrary::{Arbitrary, Unstructured};
use futures_util::future::BoxFuture;
use kubist::Client;
use kubist::crd::CustomResourceDefinition;
use kubist::rest::{ApplyParams, Request};
use serde_json::{Value, json};

use crate::kind::Kind;

/// Judges a value that came back.
type Judge = Box<dyn Fn(&Value) -> Result<(), String>>;

/// A random value of the Rust type.
#[non_exhaustive]
pub struct Sample {
    /// As serde writes it.
    pub value: Value,
    /// Says what is wrong when JSON does not decode to the same value.
    pub comes_back: Judge,
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

pub(crate) trait Typed: Send + Sync {
    fn definition(&self) -> CustomResourceDefinition;

    /// The field of the root that the entry is about.
    fn part(&self) -> &'static str;

    /// The values that must be accepted, as serde writes them.
    fn accepted(&self) -> Vec<Value>;

    /// Creates, reads and applies each of them.
    fn write<'a>(&'a self, client: &'a Client, namespace: &'a str) -> BoxFuture<'a, Result<(), String>>;

    /// What is left of JSON that went through the Rust type.
    fn decode(&self, value: &Value) -> Result<Value, String>;

    /// The value that these bytes stand for; `None` when there are too few.
    fn random(&self, bytes: &[u8]) -> Option<Sample>;
}

pub(crate) struct Of<K: Kind> {
    accepted: Vec<K::Part>,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Of<K> {
    pub(crate) fn new(accepted: Vec<K::Part>) -> Self {
        Self { accepted, kind: PhantomData }
    }

    /// By create, replace and apply.
    async fn write_one(
        &self,
        client: &Client,
        namespace: &str,
        number: usize,
        part: &K::Part,
    ) -> Result<(), String> {
        let failed = |verb: &str, error: kubist::Error| format!("{verb} {part:?}: {error:#}");
        let api = client.namespaced::<K>(namespace);
        let name = format!("value-{number}");
        let sent = K::named(&name, part.clone());
        let created = api.create(&sent).await.map_err(|error| failed("create", error))?;
        if K::PART == "status" {
            write_status(client, namespace, &name, &created, &sent)
                .await
                .map_err(|error| failed("write", error))?;
        }
        let read = api.get(&name).await.map_err(|error| failed("get", error))?;
        same(part, read.clone().into_part())?;
        // With its resourceVersion it replaces itself.
        let replaced = api.replace(&read).await.map_err(|error| failed("replace", error))?;
        same(part, replaced.into_part())?;
        if K::PART == "status" {
            return Ok(());
        }
        let name = format!("applied-{number}");
        let applied = api.apply(&name, &K::named(&name, part.clone()), &ApplyParams::manager("corpus")).await;
        same(part, applied.map_err(|error| failed("apply", error))?.into_part())
    }
}

/// Writes what `sent` has as its status to what was created.
async fn write_status<K: Kind>(
    client: &Client,
    namespace: &str,
    name: &str,
    created: &K,
    sent: &K,
) -> kubist::Result<()> {
    let meta = K::META;
    let path = format!("/apis/{}/namespaces/{namespace}/{}/{name}/status", meta.api_version(), meta.plural);
    let mut object = serde_json::to_value(created).expect("an object");
    object["status"] = serde_json::to_value(sent).expect("an object")["status"].take();
    client.rest().json::<Value>(Request::put(path).json(&object)).await.map(drop)
}

fn same<T: PartialEq + std::fmt::Debug>(sent: &T, received: Option<T>) -> Result<(), String> {
    if Some(sent) == received.as_ref() {
        return Ok(());
    }
    Err(format!("sent {sent:?}, received {received:?}"))
}

/// Through the root, as an answer of the server is.
fn decode<K: Kind>(part: &Value) -> Result<K::Part, String> {
    let meta = K::META;
    let object = json!({
        "apiVersion": meta.api_version(), "kind": meta.kind, "metadata": {"name": "decoded"},
        "spec": {}, K::PART: part,
    });
    let object = K::deserialize(&object).map_err(|error| error.to_string())?;
    object.into_part().ok_or_else(|| format!("no {}", K::PART))
}

fn encode<K: Kind>(part: K::Part) -> Value {
    let mut object =
        serde_json::to_value(K::named("encoded", part)).expect("a corpus type has a form in JSON");
    object[K::PART].take()
}

impl<K: Kind> Typed for Of<K> {
    fn definition(&self) -> CustomResourceDefinition {
        kubist::crd::definition::<K>()
    }

    fn part(&self) -> &'static str {
        K::PART
    }

    fn accepted(&self) -> Vec<Value> {
        self.accepted.iter().cloned().map(encode::<K>).collect()
    }

    fn write<'a>(&'a self, client: &'a Client, namespace: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            for (number, part) in self.accepted.iter().enumerate() {
                self.write_one(client, namespace, number, part).await?;
            }
            Ok(())
        })
    }

    fn decode(&self, value: &Value) -> Result<Value, String> {
        decode::<K>(value).map(encode::<K>)
    }

    fn random(&self, bytes: &[u8]) -> Option<Sample> {
        // Through the root, which may have something to say.
        let sent = K::Part::arbitrary(&mut Unstructured::new(bytes)).ok()?;
        let sent = K::named("random", sent).into_part()?;
        let value = encode::<K>(sent.clone());
        Some(Sample { value, comes_back: Box::new(move |value| same(&sent, decode::<K>(value).map(Some)?)) })
    }
}
