//! A Deployment out of a YAML file is created, listed, converted to its type, changed and deleted, all by a client that
//! learns what it is from the file. Prints the object after each step.
//!
//! `cargo run --example dynamic_yaml` runs on an embedded API server, `-- --real` and `-- --kubeconfig FILE` on a real
//! one.

use kubist::dynamic::{from_yaml, to_yaml};
use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::{DynamicObject, Result};
use kubist_examples::Cluster;
use serde_json::json;

const FILE: &str = include_str!("deployment.yaml");

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(story).await
}

async fn story(cluster: &Cluster) -> Result<()> {
    let client = cluster.client();
    let object = from_yaml(FILE)?.remove(0);
    let resource = client.rest_mapper().mapping(&object.gvk()).await?;
    println!("{} is served as {resource}", object.gvk());
    let deployments = client.dynamic(resource).namespaced(cluster.namespace());

    let created = deployments.create(&object).await?;
    println!("created {created:?} with {} replicas", created["spec"]["replicas"]);
    for listed in deployments.clone().labels("app=front").list().await? {
        println!("listed  {listed:?}");
    }

    let mut typed: Deployment = created.to_typed()?;
    println!("typed   {:?}", typed.spec.template.spec.as_ref().map(|pod| &pod.containers[0].name));
    typed.spec.replicas = Some(3);
    let changed = deployments.replace(&DynamicObject::from_typed(&typed)?).await?;
    println!("changed to {} replicas", changed["spec"]["replicas"]);
    assert_eq!(changed["spec"]["replicas"], 3, "what was written is what is stored");

    let mut changed = changed;
    changed["spec"]["template"]["spec"]["containers"][0]["image"] = json!("registry.example.com/web:2");
    let changed = deployments.replace(&changed).await?;
    let yaml = to_yaml(std::slice::from_ref(&changed));
    println!("changed to\n{}", yaml.lines().filter(|line| line.contains("image: ")).collect::<String>());

    deployments.delete("front").await?;
    assert!(deployments.get_opt("front").await?.is_none(), "it is gone");
    println!("deleted {changed:?}");
    Ok(())
}
