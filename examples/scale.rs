//! Scales a Deployment through its scale subresource: by its type, which does not compile for a kind without a scale,
//! and by the name that a person typed, which works for every kind that has one. Prints the replicas after each.
//!
//! `cargo run --example scale` runs on an embedded API server, `-- --real` and `-- --kubeconfig FILE` on a real one.

use kubist::Result;
use kubist::dynamic::from_yaml;
use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::k8s_openapi::api::autoscaling::v1::Scale;
use kubist_examples::Cluster;

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(story).await
}

fn replicas(scale: &Scale) -> i32 {
    scale.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or_default()
}

async fn story(cluster: &Cluster) -> Result<()> {
    let (client, namespace) = (cluster.client(), cluster.namespace());
    let deployments = client.namespaced::<Deployment>(namespace);
    let front: Deployment = from_yaml(include_str!("deployment.yaml"))?[0].to_typed()?;
    deployments.create(&front).await?;

    let scale = deployments.scale("front", 3).await?;
    println!("by its type: {}", replicas(&scale));

    let (mapper, scales) = (client.rest_mapper(), client.scales(namespace));
    for (name, wanted) in [("deploy", 4), ("deployments.apps", 5)] {
        let resource = mapper.resource(name).await?;
        let scale = scales.scale(&resource, "front", wanted).await?;
        println!("as {name}: {}", replicas(&scale));
    }
    let stored = deployments.get("front").await?;
    assert_eq!(stored.spec.replicas, Some(5), "the deployment itself has changed");

    let pods = mapper.resource("po").await?;
    let error = scales.scale(&pods, "front", 1).await.expect_err("a pod is one pod");
    println!("{error:#}");
    deployments.delete("front").await?;
    Ok(())
}
