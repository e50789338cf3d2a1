use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::*;

fn main() {
    let tags = vec![1, 2];
    let _ = apply!(Deployment {
        spec: {
            replicas: "three",
            template: { spec: { containers: [{ name: "web", image: 7, args: tags }] } },
        },
    });
}
