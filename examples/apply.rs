//! Server-side apply: two programs own parts of the same objects, and nobody overwrites the other by accident.
//!
//! `cargo run --example apply` tells the story on an embedded API server; `-- --real` and `-- --kubeconfig FILE` on a real
//! one. Every claim is checked, and one that does not hold is an error.

use kubist::apply::{Partial, conflicts};
use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::k8s_openapi::api::core::v1::Namespace;
use kubist::prelude::*;
use kubist::rest::ApplyParams;
use kubist_examples::Cluster;

/// A web site served from a bucket.
#[derive(Clone, Debug, Resource, Apply)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, short = "web")]
pub struct Website {
    metadata: ObjectMeta,
    spec: WebsiteSpec,
    status: Option<WebsiteStatus>,
}

/// What is wanted of a site.
#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteSpec {
    /// Where the pages are.
    bucket: String,
    #[serde(default = "one")]
    replicas: i32,
    /// Under which names the site is reached; each program may add its own.
    #[serde(default)]
    #[schema(list = map(host))]
    hosts: Vec<Host>,
}

/// A name of a site.
#[derive(Clone, Debug, Serialize, Deserialize, Schema, Apply)]
pub struct Host {
    #[schema(key)]
    host: String,
    certificate: Option<String>,
}

/// What is there of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema, Apply)]
#[serde(default)]
pub struct WebsiteStatus {
    ready: i32,
}

fn one() -> i32 {
    1
}

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let cluster = Cluster::from_args().await?;
    let client = cluster.client();
    println!("kubist apply on {}\n", cluster.description());
    client.install(&[Website::crd()]).await?;
    let namespaces = client.cluster::<Namespace>();
    let mut shop = Namespace::default();
    shop.metadata.generate_name = Some("shop-".into());
    let shop = namespaces.create(&shop).await?.metadata.name.unwrap_or_default();

    custom_kind(&client.namespaced(&shop)).await?;
    built_in_kind(&client.namespaced(&shop)).await?;

    namespaces.delete(&shop).await?;
    println!("\nDone.");
    Ok(())
}

/// Two field managers and a kind of one's own: `WebsiteApply` has every field of `Website`, and none is sent unless set.
async fn custom_kind(sites: &Api<Website>) -> kubist::Result<()> {
    let (owner, issuer) = (ApplyParams::manager("owner"), ApplyParams::manager("issuer"));

    println!(
        "The owner of a site applies what it wants. It does not mention the certificate, so it does not own it."
    );
    let spec =
        WebsiteSpecApply::new().bucket("gs://a").replicas(2).hosts([HostApply::new("shop.example.com")]);
    let mine = WebsiteApply::new("front").label("team", "shop").spec(spec);
    sites.apply("front", &mine, &owner).await?;

    println!("A certificate issuer fills in a field of the same host, and the status.");
    let host = HostApply::new("shop.example.com").certificate("cert-7");
    let certificate = WebsiteApply::new("front").spec(WebsiteSpecApply::new().hosts([host]));
    let shared = sites.apply("front", &certificate, &issuer).await?;
    assert_eq!((shared.spec.hosts.len(), shared.spec.replicas), (1, 2), "merged by the key of the host");
    sites.apply_status("front", WebsiteStatusApply::new().ready(1), &issuer).await?;

    println!("The issuer wants fewer replicas, which the owner has set: that is a conflict.");
    let fewer =
        WebsiteSpecApply::new().hosts([HostApply::new("shop.example.com").certificate("cert-7")]).replicas(1);
    let fewer = WebsiteApply::new("front").spec(fewer);
    let refused = sites.apply("front", &fewer, &issuer).await.expect_err("the owner has set it to 2");
    assert!(refused.is_conflict(), "{refused:?}");
    println!("    {refused:#}");
    for conflict in conflicts(&refused) {
        println!("    that is: {conflict}");
    }

    println!("By force the issuer takes it over; from then on it is the owner's conflict.");
    let forced = sites.apply("front", &fewer, &issuer.clone().force()).await?;
    assert_eq!(forced.spec.replicas, 1, "taken over");
    let refused = sites.apply("front", &mine, &owner).await.expect_err("the issuer has set it to 1");
    println!("    {refused:#}");

    println!("Each can be told what it owns, change it and apply it again.");
    let extracted = WebsiteApply::extract(&forced, "owner")?;
    println!("    the owner: {}", serde_json::to_string(&extracted.spec).unwrap_or_default());
    println!(
        "    the issuer: {}",
        serde_json::to_string(&WebsiteApply::extract(&forced, "issuer")?.spec).unwrap_or_default()
    );
    let spec = extracted.spec.clone().unwrap_or_default();
    assert_eq!(spec.replicas, None, "the owner has lost it");
    let moved = extracted.spec(spec.bucket("gs://b"));
    let moved = sites.apply("front", moved, &owner).await?;
    assert_eq!(
        (moved.spec.bucket.as_str(), moved.spec.replicas),
        ("gs://b", 1),
        "one field changed, the others did not"
    );

    println!("What an owner no longer applies is removed.");
    let stored = sites
        .apply("front", WebsiteApply::new("front").spec(WebsiteSpecApply::new().bucket("gs://b")), &owner)
        .await?;
    assert!(!stored.metadata.labels.unwrap_or_default().contains_key("team"), "the label is gone");
    assert_eq!(stored.spec.hosts.len(), 1, "the host stays: the issuer applies it too");
    Ok(())
}

/// The same with a built-in kind: `apply!` is checked against the struct of `k8s-openapi`.
async fn built_in_kind(deployments: &Api<Deployment>) -> kubist::Result<()> {
    let (owner, scaler) = (ApplyParams::manager("owner"), ApplyParams::manager("scaler"));
    let (app, image) = ("front", format!("registry.example.com/web:{}", 7));

    println!("\nThe same with a Deployment, written as a part: names and types are those of the struct.");
    let part = apply!(Deployment {
        spec: {
            replicas: 2,
            selector: { match_labels: { "app": app } },
            template: {
                metadata: { labels: { "app": app } },
                spec: { containers: [
                    { name: "web", image, ports: [{ container_port: 80 }], resources: { limits: { "cpu": "500m" } } },
                ] },
            },
        },
    });
    deployments.apply("front", part, &owner).await?;

    println!(
        "An autoscaler takes the replicas over; then the owner gives them up by no longer applying them."
    );
    deployments.apply("front", apply!(Deployment { spec: { replicas: 5 } }), &scaler.force()).await?;
    let live = deployments.get("front").await?;
    let mine = Partial::<Deployment>::extract(&live, "owner")?;
    assert!(mine.as_json()["spec"].get("replicas").is_none(), "taken over");
    let stored = deployments.apply("front", mine, &owner).await?;
    assert_eq!(stored.spec.replicas, Some(5), "the owner's next apply leaves them alone");
    println!("    5 replicas, whatever the owner applies from now on");
    Ok(())
}
