//! The clientset lists the pods, deployments and daemon sets of a namespace, page after page, and prints their names.
//!
//! ```text
//! pods in default:
//!     api-0
//!     ...
//! 7 pods
//! ```
//!
//! `cargo run --example list_clientset` asks an embedded API server, `-- --real` and `-- --kubeconfig FILE` a real one;
//! `--namespace NAME` is another namespace than that of the kubeconfig.

use kubist::api::ListStream;
use kubist::prelude::*;
use kubist::rest::ListParams;
use kubist::{Error, Result};
use kubist_examples::Cluster;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(list).await
}

async fn list(cluster: &Cluster) -> Result<()> {
    let (client, namespace) = (cluster.client(), cluster.namespace());
    if cluster.is_own() {
        fill(&client, namespace).await?;
    }

    let (core, apps) = (client.core_v1(), client.apps_v1());
    // Objects are read while they arrive, and the next page is asked for when it is needed.
    let page = ListParams::default().limit(3);
    let pods = print("pods", namespace, core.pods(namespace).list_stream(&page)).await?;
    let deployments = print("deployments", namespace, apps.deployments(namespace).list_stream(&page)).await?;
    let daemon_sets = print("daemon sets", namespace, apps.daemon_sets(namespace).list_stream(&page)).await?;

    if cluster.is_own() {
        assert_eq!((pods, deployments, daemon_sets), (7, 4, 1), "all that were made");
    }
    Ok(())
}

/// Prints the names of the objects of a list; gives their number.
async fn print<K: Object>(what: &str, namespace: &str, mut objects: ListStream<K>) -> Result<usize> {
    println!("{what} in {namespace}:");
    let mut count = 0;
    while let Some(object) = objects.try_next().await? {
        println!("    {}", object.object_key().name());
        count += 1;
    }
    println!("{count} {what}\n");
    Ok(count)
}

/// Makes something to be listed.
async fn fill(client: &Client, namespace: &str) -> Result<()> {
    let (core, apps) = (client.core_v1(), client.apps_v1());
    for number in 0..7 {
        core.pods(namespace).create(&object(&format!("api-{number}"), pod_spec())?).await?;
    }
    for name in ["back", "cron", "front", "mail"] {
        apps.deployments(namespace).create(&object(name, with_template(name))?).await?;
    }
    apps.daemon_sets(namespace).create(&object("logs", with_template("logs"))?).await?;
    Ok(())
}

fn object<K: DeserializeOwned>(name: &str, spec: Value) -> Result<K> {
    let object = json!({"metadata": {"name": name}, "spec": spec});
    serde_json::from_value(object)
        .map_err(|error| Error::invalid("this is no such object").with_source(error))
}

fn pod_spec() -> Value {
    json!({"containers": [{"name": "main", "image": "registry.example.com/main:1"}]})
}

fn with_template(app: &str) -> Value {
    let labels = json!({"app": app});
    json!({"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod_spec()}})
}
