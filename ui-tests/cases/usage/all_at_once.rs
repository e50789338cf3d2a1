use kubist::k8s_openapi::api::core::v1::{ConfigMap, Node};
use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, skip_verbs(delete))]
struct Plain {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    bucket: String,
}

async fn run(client: Client) -> kubist::Result<()> {
    let sites = client.namespaced::<Plain>("shop");
    sites.delete("front").await?;
    sites.scale("front", 3).await?;
    let status = sites.get_status("front").await?;
    println!("{}", status.spec.bucket);
    let nodes = client.namespaced::<Node>("shop").list().await?;
    println!("{}", nodes.items.len());
    let map = client.cluster::<ConfigMap>().get("front").await?;
    println!("{:?}", map.data);
    let _ = client.namespaced::<String>("shop");
    Ok(())
}

fn main() {}
