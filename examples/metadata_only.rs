//! Counts the objects of every kind by their label `app`, and asks for nothing but metadata to do so. Prints the counts, and
//! how many bytes that saved: for this alone it asks for the whole objects too.
//!
//! `cargo run --example metadata_only` asks an embedded API server, `-- --real` and `-- --kubeconfig FILE` a real one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kubist::dynamic::{DynamicClient, from_yaml};
use kubist::prelude::*;
use kubist::rest::{ApplyParams, Metrics, Try};
use kubist::{DynamicObject, Result};
use kubist_examples::Cluster;

/// How many bytes were received.
#[derive(Clone, Default)]
struct Received(Arc<AtomicUsize>);

impl Metrics for Received {
    fn tried(&self, it: &Try<'_>) {
        self.0.fetch_add(it.response_bytes, Ordering::Relaxed);
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(story).await
}

async fn story(cluster: &Cluster) -> Result<()> {
    let client = cluster.client();
    let mut objects = Vec::new();
    if cluster.is_own() {
        objects = fill(&client).await?;
    }

    let (small, large) = (Received::default(), Received::default());
    let mut counts = BTreeMap::<(String, String), usize>::new();
    for resource in client.discovery().resources().await?.preferred_resources() {
        if !resource.has_verb("list") {
            continue;
        }
        let rest = client.rest().clone().with_metrics(small.clone());
        for object in DynamicClient::metadata(rest, resource).all().list().await? {
            if let Some(app) = object.metadata.labels.unwrap_or_default().remove("app") {
                *counts.entry((app, resource.to_string())).or_default() += 1;
            }
        }
        let rest = client.rest().clone().with_metrics(large.clone());
        DynamicClient::new(rest, resource).all().list().await?;
    }
    for ((app, resource), count) in &counts {
        println!("{app:<8} {count:>3} {resource}");
    }
    let (small, large) = (small.0.load(Ordering::Relaxed), large.0.load(Ordering::Relaxed));
    println!(
        "{small} bytes of metadata instead of {large} of objects: {} % saved",
        100 - 100 * small / large
    );

    if cluster.is_own() {
        let expected = [("back", "configmaps"), ("front", "configmaps"), ("front", "deployments.apps")];
        for ((app, resource), number) in expected.into_iter().zip([2, 1, 3]) {
            assert_eq!(counts[&(app.to_owned(), resource.to_owned())], number, "{app} {resource}");
        }
        assert!(small < large);
        client.delete_all(&objects).await?;
    }
    Ok(())
}

/// Makes something to be counted.
async fn fill(client: &Client) -> Result<Vec<DynamicObject>> {
    let deployment = from_yaml(include_str!("deployment.yaml"))?.remove(0);
    let mut objects = Vec::new();
    for (number, app) in ["front", "back", "back"].into_iter().enumerate() {
        let mut deployment = deployment.clone();
        deployment.metadata.name = Some(format!("front-{number}"));
        let mut map = DynamicObject::new("v1", "ConfigMap", format!("{app}-{number}"));
        map.metadata.labels = Some([("app".to_owned(), app.to_owned())].into());
        map["data"] = serde_json::json!({"text": "long ".repeat(100)});
        objects.extend([deployment, map]);
    }
    client.apply_all(&objects, &ApplyParams::manager("filler")).await?;
    Ok(objects)
}
