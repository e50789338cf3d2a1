//! One annotated struct becomes a kind of the cluster, a typed client and a live cache.
//!
//! `cargo run --example quickstart` tells the story on an embedded API server; `-- --real` and
//! `-- --kubeconfig FILE` on a real one. Every step is waited for, and one that does not happen is an error.

use std::time::Duration;

use kubist::k8s_openapi::api::core::v1::Namespace;
use kubist::prelude::*;
use kubist_examples::Cluster;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// How long a step may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A web site served from a bucket.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "web", category = "all",
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Desired", spec.replicas),
    column("Ready", status?.ready),
    index(bucket = spec.bucket),
)]
pub struct Website {
    metadata: ObjectMeta,
    spec: WebsiteSpec,
    status: Option<WebsiteStatus>,
}

/// What is wanted of a site.
#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteSpec {
    /// Where the pages are.
    #[schema(pattern = "^gs://")]
    bucket: String,
    #[serde(default = "one")]
    #[schema(minimum = 0, maximum = 100)]
    replicas: i32,
}

/// What is there of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase", default)]
pub struct WebsiteStatus {
    ready: i32,
    conditions: Vec<Condition>,
}

fn one() -> i32 {
    1
}

fn website(name: &str, bucket: &str, replicas: i32) -> Website {
    Website::new(name, WebsiteSpec { bucket: bucket.into(), replicas })
}

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let cluster = Cluster::from_args().await?;
    let client = cluster.client();
    println!("kubist quickstart on {}\n", cluster.description());

    println!("Install the definition of Website, and wait until the cluster serves it.");
    client.install(&[Website::crd()]).await?;
    println!("    websites.example.com is established and served\n");

    println!("Create a namespace and two sites in it.");
    let namespaces = client.cluster::<Namespace>();
    let mut shop = Namespace::default();
    shop.metadata.generate_name = Some("shop-".into());
    let shop = namespaces.create(&shop).await?.metadata.name.unwrap_or_default();
    let sites = client.namespaced::<Website>(&shop);
    for site in [website("front", "gs://a", 2), website("blog", "gs://a", 1)] {
        println!("    created {}", sites.create(&site).await?.object_key());
    }

    println!("\nStart an informer: one list and one watch, any number of handlers.");
    let informer = sites.informer().start();
    let (sender, mut changes) = mpsc::unbounded_channel();
    informer.on(move |change: Change<Website>| {
        // The receiver is gone only when the story is over.
        let _ = sender.send(change);
    });
    informer.synced_within(PATIENCE).await?;
    expect(&mut changes, &[("front", "added"), ("blog", "added")]).await;

    println!("\nScale one site, report the status of the other, delete it; the watch streams.");
    sites.scale("front", 3).await?;
    let status = WebsiteStatus { ready: 1, ..WebsiteStatus::default() };
    let blog = sites.get("blog").await?;
    sites.replace_status(&Website { status: Some(status), ..blog }).await?;
    sites.delete("blog").await?;
    expect(&mut changes, &[("front", "updated"), ("blog", "updated"), ("blog", "deleted")]).await;

    println!("\nThe lister answers from memory.");
    let lister = informer.lister();
    let front = lister.namespace(&shop).get("front").expect("the cache holds what was created");
    assert_eq!(front.spec.replicas, 3, "the cache has followed the scale");
    println!("    {}: bucket {}, {} replicas", front.object_key(), front.spec.bucket, front.spec.replicas);
    let same = lister.by(Website::BY_BUCKET, "gs://a");
    assert_eq!(same.len(), 1, "the index has followed the delete");
    println!("    in bucket gs://a: {} site", same.len());

    println!("\nThe schema that the struct has is the one the server enforces.");
    let refused = sites.create(&website("huge", "gs://a", 101)).await.expect_err("101 is above the maximum");
    assert!(refused.is_invalid(), "{refused:?}");
    println!("    {refused:#}");

    namespaces.delete(&shop).await?;
    println!("\nDone.");
    Ok(())
}

/// Prints the next changes that the handler was given, and checks that those of each object are the expected ones.
/// Between two objects there is no order.
async fn expect(changes: &mut mpsc::UnboundedReceiver<Change<Website>>, expected: &[(&str, &str)]) {
    let mut expected = expected.to_vec();
    while !expected.is_empty() {
        let change = timeout(PATIENCE, changes.recv()).await.expect("a change in time");
        let change = change.expect("the informer goes on");
        println!("    {change}");
        let next = expected.iter().position(|(name, _)| *name == change.key().name());
        let (_, kind) = expected.remove(next.unwrap_or_else(|| panic!("not expected: {change}")));
        assert!(change.to_string().starts_with(kind), "expected {kind}, got {change}");
    }
}
