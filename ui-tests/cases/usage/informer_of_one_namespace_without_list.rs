use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, verbs(get, create))]
struct Plain {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
}

async fn run(client: Client) -> kubist::Result<()> {
    let informer = client.namespaced::<Plain>("shop").informer().start();
    informer.synced().await?;
    Ok(())
}

fn main() {}
