//! Prints every resource with its group and version, whether that is the preferred one, its short names and categories;
//! then asks once more, as a second run of the program would, and is answered from the disk.
//!
//! `cargo run --example discovery` asks an embedded API server, `-- --real` and `-- --kubeconfig FILE` a real one.

use kubist::discovery::DiscoveryClient;
use kubist::{Error, Result};
use kubist_examples::Cluster;

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(story).await
}

async fn story(cluster: &Cluster) -> Result<()> {
    let client = cluster.client();
    // A real program takes a folder that stays, for example `~/.cache/gardener`.
    let folder = tempfile::tempdir().map_err(|error| Error::invalid("no folder").with_source(error))?;
    let run = || DiscoveryClient::new(client.rest().clone()).disk_cache(folder.path());

    let discovery = run();
    println!("the server is {}", discovery.server_version().await?.git_version);
    let served = discovery.resources().await?;
    let preferred = served.preferred_resources();
    for resource in served.resources() {
        let mark = if preferred.contains(&resource) { "*" } else { " " };
        let names = [resource.short_names.join(","), resource.categories.join(",")].join(" ");
        let line = format!("{mark} {:<34} {:<34} {names}", resource.gvr.resource, resource.api_version());
        println!("{}", line.trim_end());
    }
    println!("{} groups, {} resources preferred", served.groups().len(), preferred.len());
    for failure in served.failures() {
        println!("not known: {failure}: {:#}", failure.error);
    }

    let second = run();
    let cached = second.resources().await?;
    let from = if second.is_fresh() { "the server" } else { "the disk" };
    println!("the second run is answered from {from}");
    // What is not complete is not kept.
    assert_eq!(second.is_fresh(), served.complete().is_err());
    assert_eq!(cached.groups(), served.groups(), "and hears the same");

    second.invalidate();
    second.resources().await?;
    assert!(second.is_fresh(), "what was forgotten is asked for again");
    Ok(())
}
