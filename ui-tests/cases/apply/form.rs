use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::*;

fn main() {
    let _ = apply!(Deployment);
    let _ = apply!(Deployment { spec: {} }, 1);
    let _ = apply!(Deployment { spec: { replicas: 1, replicas: 2 } });
    let _ = apply!(Deployment { spec: { replicas = 1 } });
}
