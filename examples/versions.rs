//! A kind gets a second version: one definition, conversion both ways, what the change breaks, and the way out of the
//! old version.
//!
//! `cargo run --example versions` tells what can be told without a kube-apiserver that calls webhooks; `-- --real` tells
//! all of it, on a real one.

use std::time::Duration;

use kubist::conversion::{ConversionWebhook, Converter};
use kubist::crd::CustomResourceDefinition;
use kubist::k8s_openapi::api::core::v1::Namespace;
use kubist::migration::{MigrationPlan, StorageMigration};
use kubist::prelude::*;
use kubist::upgrade::crd_diff;
use kubist_envtest::WebhookServer;
use kubist_examples::Cluster;

/// The version that the first release had. Objects are not stored in it any more.
mod v1alpha1 {
    use kubist::prelude::*;

    /// A web site served from a bucket.
    #[derive(Clone, Debug, Resource)]
    #[resource(
        group = "example.com", version = "v1alpha1", scope = Namespaced, short = "web",
        storage = false, deprecated = "use example.com/v1",
    )]
    pub(crate) struct Website {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: WebsiteSpec,
    }

    /// What is wanted of a site.
    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    pub(crate) struct WebsiteSpec {
        /// Bucket and folder, `gs://bucket/folder`.
        pub(crate) source: String,
    }
}

/// The version of today, in which objects are stored.
mod v1 {
    use kubist::prelude::*;

    /// A web site served from a bucket.
    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1", scope = Namespaced, short = "web")]
    pub(crate) struct Website {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: WebsiteSpec,
    }

    /// What is wanted of a site.
    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    pub(crate) struct WebsiteSpec {
        /// The bucket.
        pub(crate) bucket: String,
        /// The folder in the bucket; absent for all of it.
        pub(crate) folder: Option<String>,
    }
}

impl TryFrom<v1alpha1::Website> for v1::Website {
    type Error = String;

    fn try_from(old: v1alpha1::Website) -> Result<Self, String> {
        let Some(place) = old.spec.source.strip_prefix("gs://") else {
            return Err("`spec.source` does not begin with `gs://`".to_owned());
        };
        let (bucket, folder) = match place.split_once('/') {
            Some((bucket, folder)) => (bucket.to_owned(), Some(folder.to_owned())),
            None => (place.to_owned(), None),
        };
        Ok(Self { metadata: old.metadata, spec: v1::WebsiteSpec { bucket, folder } })
    }
}

impl From<v1::Website> for v1alpha1::Website {
    fn from(new: v1::Website) -> Self {
        let folder = new.spec.folder.map(|folder| format!("/{folder}")).unwrap_or_default();
        let source = format!("gs://{}{folder}", new.spec.bucket);
        Self { metadata: new.metadata, spec: v1alpha1::WebsiteSpec { source } }
    }
}

#[cfg(test)]
kubist::conversion_tests! {
    // A random text is no `gs://…`: those of v1alpha1 are given.
    v1alpha1_and_v1_lose_nothing: v1alpha1::Website => v1::Website, cases(0), samples(["gs://a", "gs://a/b/c"].map(|source| old("front", source)));
}

fn old(name: &str, source: &str) -> v1alpha1::Website {
    v1alpha1::Website::new(name, v1alpha1::WebsiteSpec { source: source.into() })
}

/// What the first release installed: objects were stored in its only version.
fn first_release() -> CustomResourceDefinition {
    v1alpha1::Website::crd()
}

/// What is installed today, with the webhook where it is in production.
fn definition() -> CustomResourceDefinition {
    kubist::crd! {
        v1alpha1::Website,
        v1::Website,
        conversion = ConversionWebhook::service("websites", "conversion").path("/convert"),
    }
}

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let cluster = Cluster::from_args().await?;
    println!("kubist versions on {}\n", cluster.description());

    println!("The definition of today, compared with that of the first release:");
    println!("{}\n", crd_diff(&first_release(), &definition()));

    let converter = Converter::<v1::Website>::new().version::<v1alpha1::Website>();
    converter.covers(&definition())?;
    println!("The converter answers reviews, bytes in and bytes out:");
    let review = br#"{"apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview", "request": {
        "uid": "42", "desiredAPIVersion": "example.com/v1", "objects": [{
            "apiVersion": "example.com/v1alpha1", "kind": "Website",
            "metadata": {"name": "front"}, "spec": {"source": "gs://shop/front"}
    }]}}"#;
    println!("    {}\n", String::from_utf8_lossy(&converter.handle(review)?));

    if cluster.calls_webhooks() {
        upgrade(&cluster.client(), &converter).await?;
    } else {
        println!("The rest needs a kube-apiserver that calls webhooks: run it with `--real`.");
    }
    println!("\nDone.");
    Ok(())
}

/// From the first release to the point where the old version is gone.
async fn upgrade(client: &Client, converter: &Converter<v1::Website>) -> kubist::Result<()> {
    println!("The first release: objects are stored in v1alpha1.");
    client.install(&[first_release()]).await?;
    let namespaces = client.cluster::<Namespace>();
    let mut shop = Namespace::default();
    shop.metadata.generate_name = Some("shop-".into());
    let shop = namespaces.create(&shop).await?.metadata.name.unwrap_or_default();
    let old_sites = client.namespaced::<v1alpha1::Website>(&shop);
    for (name, source) in [("front", "gs://shop/front"), ("blog", "gs://blog")] {
        let created = old_sites.create(&old(name, source)).await?;
        println!("    created {} from {source}", created.object_key());
    }

    println!(
        "\nThe release of today: two versions, and a webhook that converts between them; here it is in this process."
    );
    let server = WebhookServer::start(converter.service()).await.expect("a port for the webhook");
    let url = format!("{}/convert", server.url());
    let webhook = ConversionWebhook::url(&url).ca_bundle(server.ca_certificate().as_bytes());
    client.install(&[webhook.add_to(definition())?]).await?;
    let sites = client.namespaced::<v1::Website>(&shop);
    let front = sites.get("front").await?;
    println!(
        "    read in v1: {} has bucket {} and folder {:?}",
        front.object_key(),
        front.spec.bucket,
        front.spec.folder
    );
    assert_eq!((&*front.spec.bucket, front.spec.folder.as_deref()), ("shop", Some("front")));

    println!("\nWhat cannot be converted is refused, with the words of the conversion:");
    let refused = old_sites.create(&old("wrong", "s3://shop")).await.expect_err("the conversion fails");
    println!("    {refused:#}");
    assert!(format!("{refused:#}").contains("does not begin with `gs://`"));

    println!("\nThe way out of v1alpha1:");
    let migration = StorageMigration::new(client, "websites.example.com").settle(Duration::ZERO);
    let plan: MigrationPlan = migration.plan().await?;
    println!("{plan}");
    println!("    {}", plan.may_drop("v1alpha1").expect_err("objects are stored in it"));
    println!("    {}", migration.run().await?);
    migration.plan().await?.may_drop("v1alpha1")?;

    println!("\nThe release after: v1 alone, without a webhook.");
    client.install(&[v1::Website::crd()]).await?;
    drop(server);
    for site in client.namespaced::<v1::Website>(&shop).list().await?.items {
        println!("    {} has bucket {}", site.object_key(), site.spec.bucket);
    }
    namespaces.delete(&shop).await?;
    Ok(())
}
