//! The definitions of all entries, sent to a server.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use kubist::Client;
use kubist::crd::CustomResourceDefinition;
use kubist::rest::Request;
use kubist_corpus::{Entry, Refused, entries};

/// So many definitions are on the way at a time.
const AT_ONCE: usize = 8;
/// How long the server may take to serve all of them.
const DEADLINE: Duration = Duration::from_secs(120);

/// A definition that is served.
pub(crate) struct Installed {
    /// The path of the collection in a namespace, with `{namespace}` where that stands.
    pub(crate) path: String,
}

/// Installs all, and says what became of each.
pub(crate) async fn all(client: &Client) -> HashMap<&'static str, Result<Installed, String>> {
    stream::iter(entries())
        .map(|entry| async move { (entry.kind(), one(client, &entry).await) })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

async fn one(client: &Client, entry: &Entry) -> Result<Installed, String> {
    let crd = entry.definition();
    let request = Request::post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions").json(&crd);
    let answer = client.rest().send(request).await.map_err(|error| format!("refused: {error:#}"))?;
    let warnings: Vec<_> = answer.headers().get_all("warning").iter().collect();
    if !warnings.is_empty() {
        return Err(format!("accepted with warnings: {warnings:?}"));
    }
    // It is there and the same: nothing is written, and it is waited for.
    client
        .install_within(std::slice::from_ref(&crd), DEADLINE)
        .await
        .map_err(|error| format!("not served: {error:#}"))?;
    let name = crd.metadata.name.as_deref().unwrap_or_default();
    let stored = client.cluster::<CustomResourceDefinition>().get(name).await;
    established(&stored.map_err(|error| format!("{error:#}"))?)?;
    let version = &crd.spec.versions[0].name;
    let plural = &crd.spec.names.plural;
    Ok(Installed { path: format!("/apis/{}/{version}/namespaces/{{namespace}}/{plural}", crd.spec.group) })
}

/// Whether the server refuses a definition, and names these fields.
pub(crate) async fn refused(client: &Client, of: &Refused) -> Result<(), String> {
    let error = match client.cluster::<CustomResourceDefinition>().create(&of.definition).await {
        Ok(_) => return Err("accepted".to_owned()),
        Err(error) => error,
    };
    let causes = error.status().and_then(|status| status.details.as_ref()?.causes.as_deref());
    let mut fields: Vec<String> =
        causes.unwrap_or_default().iter().filter_map(|cause| cause.field.clone()).collect();
    fields.sort();
    fields.dedup();
    if fields == of.fields { Ok(()) } else { Err(format!("refused at {fields:?}: {error:#}")) }
}

fn established(stored: &CustomResourceDefinition) -> Result<(), String> {
    let conditions = stored.status.as_ref().and_then(|status| status.conditions.as_deref());
    let conditions = conditions.unwrap_or_default();
    let holds = |name: &str| conditions.iter().any(|c| c.type_ == name && c.status == "True");
    if holds("Established") && holds("NamesAccepted") && !holds("NonStructuralSchema") {
        return Ok(());
    }
    Err(format!("not established: {conditions:?}"))
}
