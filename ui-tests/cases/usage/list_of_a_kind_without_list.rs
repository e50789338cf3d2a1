use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, verbs(get))]
struct Plain {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
}

async fn run(client: Client) -> kubist::Result<()> {
    client.all::<Plain>().list().await?;
    Ok(())
}

fn main() {}
