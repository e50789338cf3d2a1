//! What a schema can say: alternatives, rules, lists that merge, defaults. The server refuses what the types cannot hold.
//!
//! `cargo run --example enums_and_validation` tells the story on an embedded API server; `-- --real` and
//! `-- --kubeconfig FILE` on a real one. Every claim is checked, and one that does not hold is an error.

use kubist::k8s_openapi::api::core::v1::Namespace;
use kubist::prelude::*;
use kubist::rest::Request;
use kubist_examples::Cluster;
use serde_json::{Value, json};

/// Copies of data, made now and then.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "bak",
    column("From", spec.volume),
    column("Keep", spec.keep),
    selectable(volume = spec.volume),
)]
struct Backup {
    metadata: ObjectMeta,
    spec: BackupSpec,
}

/// What is wanted of a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
#[schema(rule(
    "self.hours.size() <= self.keep",
    message = "more copies are made in a day than are kept",
    field_path = hours,
))]
struct BackupSpec {
    /// The volume; a backup stays with it.
    #[schema(pattern = "^[a-z][a-z0-9-]*$", max_length = 63, immutable)]
    volume: String,
    /// Where the copies go.
    target: Target,
    /// The hours at which a copy is made.
    #[schema(list = set, min_items = 1, max_items = 24, items(minimum = 0, maximum = 23))]
    hours: Vec<i32>,
    /// How many copies are kept.
    #[serde(default = "seven")]
    #[schema(minimum = 1, maximum = 365)]
    keep: i32,
    /// Who is told of a failure; each team adds its own.
    #[serde(default)]
    #[schema(max_items = 16)]
    notify: Vec<Contact>,
    #[serde(default)]
    compression: Compression,
}

fn seven() -> i32 {
    7
}

/// One of several places, told apart by `type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Target {
    /// A bucket of an object store.
    Bucket {
        /// Which one.
        #[schema(pattern = "^(gs|s3)://")]
        url: String,
        /// How fast it must be found again.
        storage_class: Option<String>,
    },
    /// Another volume of the cluster.
    Volume {
        /// Which one.
        #[schema(min_length = 1)]
        name: String,
    },
    /// Nowhere: a rehearsal.
    DryRun,
}

/// How copies are packed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "kebab-case")]
enum Compression {
    /// As they are.
    #[default]
    None,
    /// Known everywhere.
    Gzip,
    /// Smaller and faster.
    Zstd,
}

/// Who is told of a failure: exactly one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
#[schema(exactly_one_of(mail, channel))]
struct Contact {
    /// By it the lists of several managers merge.
    #[schema(key)]
    team: String,
    #[schema(format = "email")]
    mail: Option<String>,
    channel: Option<String>,
}

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let cluster = Cluster::from_args().await?;
    let client = cluster.client();
    println!("kubist enums_and_validation on {}\n", cluster.description());
    client.install(&[Backup::crd()]).await?;
    let namespaces = client.cluster::<Namespace>();
    let mut shop = Namespace::default();
    shop.metadata.generate_name = Some("shop-".into());
    let shop = namespaces.create(&shop).await?.metadata.name.unwrap_or_default();

    accepted(&client.namespaced(&shop)).await?;
    refused(&client, &shop).await?;
    unchangeable(&client.namespaced(&shop)).await?;

    namespaces.delete(&shop).await?;
    println!("\nDone.");
    Ok(())
}

fn nightly() -> Backup {
    let target = Target::Bucket { url: "gs://copies".into(), storage_class: None };
    let team = Contact { team: "storage".into(), mail: Some("storage@example.com".into()), channel: None };
    Backup::new(
        "nightly",
        BackupSpec {
            volume: "orders".into(),
            target,
            hours: vec![1, 13],
            keep: 7,
            notify: vec![team],
            compression: Compression::Zstd,
        },
    )
}

/// What the types can hold is accepted, and read as it was written.
async fn accepted(backups: &Api<Backup>) -> kubist::Result<()> {
    println!("What the types can hold is accepted, in each of its forms.");
    let written = nightly();
    let stored = backups.create(&written).await?;
    assert_eq!(stored.spec, written.spec, "read as it was written");
    for (name, target) in [("copied", Target::Volume { name: "spare".into() }), ("rehearsed", Target::DryRun)]
    {
        let mut backup = nightly();
        backup.metadata.name = Some(name.into());
        backup.spec.target = target;
        let stored = backups.create(&backup).await?;
        let target = serde_json::to_string(&stored.spec.target).unwrap_or_default();
        println!("    {name}: {target}");
    }
    let of_orders = backups.clone().fields(Backup::FIELD_VOLUME.equals("orders")).list().await?;
    println!("    {} of them are of the volume orders", of_orders.items.len());
    Ok(())
}

/// What they cannot hold is refused, with the field.
async fn refused(client: &Client, namespace: &str) -> kubist::Result<()> {
    println!("\nWhat they cannot hold is refused, whoever writes it.");
    let path = format!("/apis/example.com/v1/namespaces/{namespace}/backups");
    let write = async |change: Value| -> kubist::Result<Value> {
        let mut spec = json!({"volume": "orders", "target": {"type": "dryRun"}, "hours": [1]});
        for (key, value) in change.as_object().into_iter().flatten() {
            spec[key] = value.clone();
        }
        let object = json!({
            "apiVersion": "example.com/v1", "kind": "Backup",
            "metadata": {"generateName": "wrong-"}, "spec": spec,
        });
        client.rest().json(Request::post(&path).json(&object)).await
    };
    let stored = write(json!({})).await?;
    assert_eq!(
        (&stored["spec"]["keep"], &stored["spec"]["compression"]),
        (&json!(7), &json!("none")),
        "serde's defaults are the server's"
    );
    println!("    (what is left out has serde's default: keep {})", stored["spec"]["keep"]);
    for (change, field) in [
        (json!({"target": {"type": "tape"}}), "spec.target.type"),
        (json!({"target": {"type": "volume", "name": ""}}), "spec.target"),
        (json!({"target": {"type": "bucket"}}), "spec.target"),
        (json!({"hours": [1, 1]}), "spec.hours[1]"),
        (json!({"hours": [24]}), "spec.hours[0]"),
        (json!({"hours": [1, 2, 3], "keep": 2}), "spec.hours"),
        (json!({"compression": "rar"}), "spec.compression"),
        (
            json!({"notify": [{"team": "a", "mail": "a@example.com"}, {"team": "a", "channel": "#a"}]}),
            "spec.notify[1]",
        ),
        (json!({"notify": [{"team": "a"}]}), "spec.notify[0]"),
        (json!({"notify": [{"team": "a", "mail": "nobody"}]}), "spec.notify[0].mail"),
    ] {
        let error = write(change.clone()).await.expect_err("the type cannot hold it");
        assert!(error.is_invalid(), "{error:?}");
        let causes =
            error.status().and_then(|status| status.details.clone()).and_then(|details| details.causes);
        let causes = causes.unwrap_or_default();
        let found = causes.iter().any(|cause| cause.field.as_deref() == Some(field));
        let message = causes.first().and_then(|cause| cause.message.clone()).unwrap_or_default();
        assert!(found || format!("{error:?}").contains(field), "{field} is not named: {error:?}");
        println!("    {change}\n        {field}: {message}");
    }
    Ok(())
}

/// A rule that compares with what was there.
async fn unchangeable(backups: &Api<Backup>) -> kubist::Result<()> {
    println!("\nWhat is immutable stays what it is.");
    let mut backup = backups.get("nightly").await?;
    backup.spec.volume = "customers".into();
    let error = backups.replace(&backup).await.expect_err("the volume is immutable");
    println!("    {error:#}");
    assert!(error.is_invalid(), "{error:?}");
    backup.spec.volume = "orders".into();
    backup.spec.keep = 30;
    let stored = backups.replace(&backup).await?;
    assert_eq!(stored.spec.keep, 30, "the rest can change");
    Ok(())
}
