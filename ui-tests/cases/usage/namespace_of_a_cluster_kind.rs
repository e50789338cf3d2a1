use kubist::k8s_openapi::api::core::v1::Node;
use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, index(bucket = spec.bucket))]
struct Plain {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
}

async fn run(client: Client) -> kubist::Result<()> {
    client.namespaced::<Node>("shop").list().await?;
    Ok(())
}

fn main() {}
