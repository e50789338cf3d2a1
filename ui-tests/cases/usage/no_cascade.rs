use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, verbs(get, create), index(bucket = spec.bucket))]
struct Plain {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
}

async fn run(client: Client) -> kubist::Result<()> {
    let sites = client.all::<Plain>();
    for site in sites.list().await? {
        println!("{}", site.spec.bucket);
    }
    let informer = sites.informer().start();
    informer.on(|change: Change<Plain>| println!("{change}"));
    informer.synced().await?;
    let lister = informer.lister();
    let found = lister.by(Plain::BY_BUCKET, "gs://a");
    let one = lister.namespace("shop").get("front");
    println!("{} {}", found.len(), one.is_some());
    Ok(())
}

fn main() {}
