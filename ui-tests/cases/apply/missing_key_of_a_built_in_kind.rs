use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::*;

fn main() {
    let _ = apply!(Deployment {
        spec: { template: { spec: { containers: [{ image: "web", ports: [{ name: "http" }] }] } } },
    });
}
