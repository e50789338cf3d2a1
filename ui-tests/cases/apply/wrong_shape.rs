use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::*;

fn main() {
    let _ = apply!(Deployment {
        metadata: { labels: { app: "front" } },
        spec: {
            replicas: [3],
            selector: { "app": "front" },
        },
    });
}
