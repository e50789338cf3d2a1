//! Objects of a custom resource that the program knows by group, version and resource, and has no type for: created,
//! watched, changed, refused by the schema, deleted. Prints each change as the informer tells it.
//!
//! `cargo run --example dynamic_crd` runs on an embedded API server, `-- --real` and `-- --kubeconfig FILE` on a real one.

use std::time::Duration;

use kubist::api::Patch;
use kubist::dynamic::from_yaml;
use kubist::prelude::*;
use kubist::resource::GroupVersionResource;
use kubist::rest::ApplyParams;
use kubist::{DynamicObject, Result};
use kubist_examples::Cluster;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(30);
const FILE: &str = include_str!("garden.yaml");

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(story).await
}

async fn story(cluster: &Cluster) -> Result<()> {
    let client = cluster.client();
    let mut objects = from_yaml(FILE)?;
    objects[1].metadata.namespace = Some(cluster.namespace().to_owned());
    // The definition and an object of it, in one file: the second waits for the first.
    for stored in client.apply_all(&objects, &ApplyParams::manager("gardener")).await? {
        println!("applied {stored:?}");
    }

    let resource = GroupVersionResource::new("d.example.com", "v1", "gardens");
    let gardens = client.dynamic(&resource).namespaced(cluster.namespace());
    let informer = gardens.informer().start();
    let (sender, mut changes) = mpsc::unbounded_channel();
    informer.on(move |change: Change<DynamicObject>| {
        let _ = sender.send(format!("{change}, {} trees", change.object()["spec"]["trees"]));
    });
    informer.synced_within(PATIENCE).await?;

    let mut back = DynamicObject::new("d.example.com/v1", "Garden", "back");
    back["spec"] = json!({"trees": 1});
    gardens.create(&back).await?;
    gardens.patch("back", &Patch::Merge(json!({"spec": {"trees": 7}}))).await?;
    back["spec"]["trees"] = json!(-1);
    back.metadata.name = Some("side".to_owned());
    let refused = gardens.create(&back).await.expect_err("a garden has no less than no trees");
    println!("refused: {refused:#}");
    gardens.delete("back").await?;
    for expected in ["added", "added", "updated", "deleted"] {
        let change =
            timeout(PATIENCE, changes.recv()).await.expect("a change in time").expect("the informer goes on");
        assert!(change.starts_with(expected), "expected {expected}, got {change}");
        println!("{change}");
    }
    let left = informer.lister().list();
    assert_eq!(left.len(), 1, "the cache has followed");
    println!("left: {:?}", left[0]);
    informer.stop().await;
    client.delete_all(&objects).await
}
