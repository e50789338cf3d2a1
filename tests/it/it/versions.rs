//! Several versions of one kind, judged by the server.

use std::time::Duration;

use kubist::conversion::{ConversionWebhook, Converter};
use kubist::crd::CustomResourceDefinition;
use kubist::migration::StorageMigration;
use kubist::upgrade::{Severity, crd_diff};
use kubist_envtest::WebhookServer;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::sites::{converted, migrated, plain, served};
use crate::website::Website;

async fn definition(cluster: &Cluster, name: &str) -> CustomResourceDefinition {
    cluster.client.cluster::<CustomResourceDefinition>().get(name).await.unwrap()
}

pub(crate) async fn all_served_versions_answer_after_the_installation(cluster: Cluster) {
    let crd = kubist::crd! { served::v1alpha1::Site, served::v1::Site };
    cluster.client.install(&[crd]).await.unwrap();
    cluster.client.all::<served::v1alpha1::Site>().list().await.unwrap();
    cluster.client.all::<served::v1::Site>().list().await.unwrap();
    let stored = definition(&cluster, "serveds.v.example.com").await;
    assert_eq!(stored.status.unwrap().stored_versions.unwrap(), ["v1"]);
    let alpha = stored.spec.versions.iter().find(|version| version.name == "v1alpha1").unwrap();
    assert_eq!((alpha.deprecated, alpha.deprecation_warning.as_deref()), (Some(true), Some("use v1")));
}

pub(crate) async fn what_the_server_stores_does_not_differ_from_what_was_sent(cluster: Cluster) {
    let served = kubist::crd! { served::v1alpha1::Site, served::v1::Site };
    for crd in [served, Website::crd()] {
        cluster.client.install(std::slice::from_ref(&crd)).await.unwrap();
        let stored = definition(&cluster, crd.metadata.name.as_deref().unwrap()).await;
        let diff = crd_diff(&crd, &stored);
        assert!(diff.is_empty(), "{diff}");
    }
}

pub(crate) async fn what_is_said_to_be_refused_is_refused(cluster: Cluster) {
    let crd = kubist::crd! { served::v1alpha1::Site, served::v1::Site };
    cluster.client.install(&[crd]).await.unwrap();
    let stored = definition(&cluster, "serveds.v.example.com").await;
    let change = |change: fn(&mut CustomResourceDefinition)| {
        let mut new = stored.clone();
        change(&mut new);
        new
    };
    for new in [
        change(|crd| crd.spec.scope = "Cluster".to_owned()),
        change(|crd| crd.spec.names.kind = "Other".to_owned()),
        change(|crd| {
            crd.spec.versions.retain(|version| !version.storage);
            crd.spec.versions[0].storage = true;
        }),
    ] {
        let diff = crd_diff(&stored, &new);
        assert!(diff.changes().iter().any(|change| change.message.contains("the server refuses")), "{diff}");
        let dry = kubist::rest::WriteParams::default().dry_run();
        let definitions = cluster.client.cluster::<CustomResourceDefinition>();
        let error = definitions.replace_with(&new, &dry).await.unwrap_err();
        assert!(error.is_invalid(), "{diff}: {error:#}");
    }
    assert_eq!(crd_diff(&stored, &stored).worst(), None::<Severity>);
}

pub(crate) async fn an_old_version_without_a_webhook_is_migrated_and_leaves(cluster: Cluster) {
    let client = &cluster.client;
    let mut crd = kubist::crd! { plain::v1alpha1::Plain, plain::v1::Plain };
    for version in &mut crd.spec.versions {
        version.storage = version.name == "v1alpha1";
    }
    client.install(&[crd]).await.unwrap();
    let namespace = cluster.namespace().await;
    let old = client.namespaced::<plain::v1alpha1::Plain>(&namespace);
    for name in ["a", "b", "c"] {
        old.create(&plain::v1alpha1::Plain::new(name, name.to_owned())).await.unwrap();
    }
    client.install(&[kubist::crd! { plain::v1alpha1::Plain, plain::v1::Plain }]).await.unwrap();
    let migration = StorageMigration::new(client, "plains.v.example.com").page_size(2).settle(Duration::ZERO);
    assert_eq!(migration.plan().await.unwrap().stale(), ["v1alpha1"]);
    assert!(client.install(&[plain::v1::Plain::crd()]).await.unwrap_err().is_invalid());

    let report = migration.run().await.unwrap();
    // Which of the two it is shows what is in etcd, and the embedded server has none.
    assert_eq!(report.rewritten + report.unchanged, 3, "{report}");
    assert!(migration.plan().await.unwrap().may_drop("v1alpha1").is_ok());
    assert_eq!(migration.run().await.unwrap().stale, [""; 0]);
    client.install(&[plain::v1::Plain::crd()]).await.unwrap();
    let list = client.namespaced::<plain::v1::Plain>(&namespace).list().await.unwrap();
    assert_eq!(list.items.iter().map(|object| &*object.text).collect::<Vec<_>>(), ["a", "b", "c"]);
    let stored = definition(&cluster, "plains.v.example.com").await;
    assert_eq!(stored.status.unwrap().stored_versions.unwrap(), ["v1"]);
}

fn webhook_of(server: &WebhookServer, crd: CustomResourceDefinition) -> CustomResourceDefinition {
    let url = format!("{}/convert", server.url());
    let webhook = ConversionWebhook::url(&url).ca_bundle(server.ca_certificate().as_bytes());
    webhook.add_to(crd).unwrap()
}

pub(crate) async fn objects_are_converted_by_the_webhook(cluster: Cluster) {
    use converted::{v1, v1alpha1};
    let client = &cluster.client;
    let converter = Converter::<v1::Site>::new().version::<v1alpha1::Site>();
    let server = WebhookServer::start(converter.service()).await.unwrap();
    let crd = webhook_of(&server, kubist::crd! { v1alpha1::Site, v1::Site });
    converter.covers(&crd).unwrap();
    client.install(std::slice::from_ref(&crd)).await.unwrap();
    let namespace = cluster.namespace().await;
    let (old, new) =
        (client.namespaced::<v1alpha1::Site>(&namespace), client.namespaced::<v1::Site>(&namespace));

    // Written in one version, read in the other, both ways.
    let mut front = v1alpha1::Site::new("front", v1alpha1::SiteSpec { source: "a/b".into(), note: None });
    front.metadata.labels = Some([("app".to_owned(), "web".to_owned())].into());
    let created = old.create(&front).await.unwrap();
    let read = new.get("front").await.unwrap();
    assert_eq!((&*read.spec.bucket, read.spec.folder.as_deref()), ("a", Some("b")));
    assert_eq!(read.metadata.uid, created.metadata.uid);
    assert_eq!(read.metadata.labels, front.metadata.labels);
    let spec = v1::SiteSpec { bucket: "c".into(), folder: None, note: Some("n".into()) };
    new.create(&v1::Site::new("blog", spec)).await.unwrap();
    let sources: Vec<_> = old.list().await.unwrap().items.into_iter().map(|site| site.spec.source).collect();
    assert_eq!(sources, ["c", "a/b"]);

    // What is absent is absent, and no null.
    let path = format!("/apis/v.example.com/v1/namespaces/{namespace}/converteds/front");
    let raw: Value = client.rest().json(kubist::rest::Request::get(path)).await.unwrap();
    assert_eq!(raw["spec"], serde_json::json!({"bucket": "a", "folder": "b"}));

    // An update in one version is seen in the other.
    new.replace(&v1::Site { spec: v1::SiteSpec { folder: None, ..read.spec }, ..read }).await.unwrap();
    assert_eq!(old.get("front").await.unwrap().spec.source, "a");

    // A conversion that fails is an error with the text of its author.
    let slash = v1alpha1::Site::new("slash", v1alpha1::SiteSpec { source: "a/".into(), note: None });
    let error = old.create(&slash).await.unwrap_err();
    assert_eq!(error.code(), Some(500));
    let text = format!("{error:#}");
    let expected = format!(
        "conversion webhook for v.example.com/v1alpha1, Kind=Converted failed: \
         \"{namespace}/slash\" from v1alpha1 to v1: `spec.source` ends with a slash"
    );
    assert!(text.contains(&expected), "{text}");
}

pub(crate) async fn an_old_version_with_a_webhook_is_migrated_and_leaves(cluster: Cluster) {
    use migrated::{v1, v1alpha1};
    const NAME: &str = "migrateds.v.example.com";
    let client = &cluster.client;
    let converter = Converter::<v1::Site>::new().version::<v1alpha1::Site>();
    let server = WebhookServer::start(converter.service()).await.unwrap();
    let crd = webhook_of(&server, kubist::crd! { v1alpha1::Site, v1::Site });
    let mut before = crd.clone();
    for version in &mut before.spec.versions {
        version.storage = version.name == "v1alpha1";
    }
    client.install(&[before]).await.unwrap();
    let namespace = cluster.namespace().await;
    let old = client.namespaced::<v1alpha1::Site>(&namespace);
    for name in ["a", "b", "c", "d", "e"] {
        let spec = v1alpha1::SiteSpec { source: format!("{name}/x"), note: None };
        old.create(&v1alpha1::Site::new(name, spec)).await.unwrap();
    }

    client.install(&[crd]).await.unwrap();
    let migration = StorageMigration::new(client, NAME).page_size(2).settle(Duration::ZERO);
    assert_eq!(
        migration.plan().await.unwrap().to_string(),
        "migrateds.v.example.com to v1:\n  \
         1. write all objects again: some may be stored in v1alpha1\n  \
         2. take v1alpha1 out of status.storedVersions\n  \
         3. stop serving v1alpha1\n  \
         4. take v1alpha1 out of the definition"
    );
    let report = migration.run().await.unwrap();
    assert_eq!((report.rewritten, report.unchanged), (5, 0), "{report}");
    let stored = definition(&cluster, NAME).await;
    assert_eq!(stored.status.unwrap().stored_versions.unwrap(), ["v1"]);

    // Without the old version and without the webhook everything is still there: it was stored anew.
    client.install(&[v1::Site::crd()]).await.unwrap();
    drop(server);
    let sites = client.namespaced::<v1::Site>(&namespace).list().await.unwrap();
    let buckets: Vec<_> =
        sites.items.iter().map(|site| (&*site.spec.bucket, site.spec.folder.as_deref())).collect();
    assert_eq!(buckets, ["a", "b", "c", "d", "e"].map(|bucket| (bucket, Some("x"))));
}
