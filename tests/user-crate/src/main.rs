//! The program of the front page, as a user writes it.
#![deny(warnings)]

use kubist::prelude::*;

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

#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase", default)]
pub struct WebsiteStatus {
    ready: i32,
    conditions: Vec<Condition>,
}

fn one() -> i32 {
    1
}

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let client = Client::try_default().await?;
    client.install(&[Website::crd()]).await?;

    let sites = client.namespaced::<Website>("default");
    sites.create(&Website::new("front", WebsiteSpec { bucket: "gs://a".into(), replicas: 2 })).await?;
    sites.scale("front", 3).await?;

    let informer = client.all::<Website>().informer().start();
    informer.on(|change: Change<Website>| println!("{change}"));
    informer.synced().await?;
    let lister = informer.lister();
    let site = lister.namespace("default").get("front");
    let same = lister.by(Website::BY_BUCKET, "gs://a");
    println!("{}, {} in the same bucket", site.is_some(), same.len());
    Ok(())
}
