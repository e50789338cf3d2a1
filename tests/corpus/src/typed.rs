//! What an entry does through its Rust type, behind one trait for all types.

use std::marker::PhantomData;

use arbitrary::{Arbitrary, Unstructured};
use futures_util::future::BoxFuture;
use kubist::Client;
use kubist::crd::CustomResourceDefinition;
use kubist::resource::ObjectMeta;
use kubist::rest::ApplyParams;
use serde_json::Value;

use crate::kind::Kind;

/// Judges a value that came back.
type Judge = Box<dyn Fn(&Value) -> Result<(), String>>;

/// A random value of the Rust type.
pub struct Sample {
    /// As serde writes it.
    pub spec: Value,
    /// Says what is wrong when JSON does not decode to the same value.
    pub comes_back: Judge,
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.spec.fmt(f)
    }
}

pub(crate) trait Typed: Send + Sync {
    fn definition(&self) -> CustomResourceDefinition;

    /// The values that must be accepted, as serde writes them.
    fn accepted(&self) -> Vec<Value>;

    /// Creates, reads and applies each of them.
    fn write<'a>(&'a self, client: &'a Client, namespace: &'a str) -> BoxFuture<'a, Result<(), String>>;

    /// What is left of JSON that went through the Rust type.
    fn decode(&self, spec: &Value) -> Result<Value, String>;

    /// The value that these bytes stand for; `None` when there are too few.
    fn random(&self, bytes: &[u8]) -> Option<Sample>;
}

pub(crate) struct Of<K: Kind> {
    accepted: Vec<K::Spec>,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Of<K> {
    pub(crate) fn new(accepted: Vec<K::Spec>) -> Self {
        Self { accepted, kind: PhantomData }
    }

    async fn write_one(
        &self,
        client: &Client,
        namespace: &str,
        number: usize,
        spec: &K::Spec,
    ) -> Result<(), String> {
        let api = client.namespaced::<K>(namespace);
        let name = format!("value-{number}");
        api.create(&K::named(&name, spec.clone())).await.map_err(|error| format!("{spec:?}: {error:#}"))?;
        let read = api.get(&name).await.map_err(|error| format!("{spec:?} does not come back: {error:#}"))?;
        same(spec, &read.clone().into_spec())?;
        // With its resourceVersion it replaces itself.
        api.replace(&read).await.map_err(|error| format!("{spec:?} replaced: {error:#}"))?;
        let applied = K::named(&format!("applied-{number}"), spec.clone());
        let name = format!("applied-{number}");
        let stored = api.apply(&name, &applied, &ApplyParams::manager("corpus")).await;
        same(spec, &stored.map_err(|error| format!("{spec:?} applied: {error:#}"))?.into_spec())
            .map_err(|problem| format!("applied: {problem}"))
    }
}

fn same<T: PartialEq + std::fmt::Debug>(sent: &T, received: &T) -> Result<(), String> {
    if sent == received { Ok(()) } else { Err(format!("sent {sent:?}, received {received:?}")) }
}

/// Through the root, as an answer of the server is.
fn decode<K: Kind>(spec: &Value) -> Result<K::Spec, String> {
    let meta = K::META;
    let object = serde_json::json!({
        "apiVersion": meta.api_version(), "kind": meta.kind,
        "metadata": ObjectMeta { name: Some("decoded".to_owned()), ..ObjectMeta::default() },
        "spec": spec,
    });
    K::deserialize(&object).map(K::into_spec).map_err(|error| error.to_string())
}

fn encode<K: Kind>(spec: K::Spec) -> Value {
    let object = serde_json::to_value(K::named("encoded", spec)).expect("a corpus type has a form in JSON");
    object["spec"].clone()
}

impl<K: Kind> Typed for Of<K> {
    fn definition(&self) -> CustomResourceDefinition {
        kubist::crd::definition::<K>()
    }

    fn accepted(&self) -> Vec<Value> {
        self.accepted.iter().cloned().map(encode::<K>).collect()
    }

    fn write<'a>(&'a self, client: &'a Client, namespace: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            for (number, spec) in self.accepted.iter().enumerate() {
                self.write_one(client, namespace, number, spec).await?;
            }
            Ok(())
        })
    }

    fn decode(&self, spec: &Value) -> Result<Value, String> {
        decode::<K>(spec).map(encode::<K>)
    }

    fn random(&self, bytes: &[u8]) -> Option<Sample> {
        let sent = K::Spec::arbitrary(&mut Unstructured::new(bytes)).ok()?;
        let spec = encode::<K>(sent.clone());
        Some(Sample {
            spec,
            comes_back: Box::new(move |spec| same(&sent, &decode::<K>(spec)?)),
        })
    }
}
