use kubist::k8s_openapi::api::apps::v1::Deployment;
use kubist::prelude::*;

fn main() {
    let _ = apply!(Deployment { spec: { replcas: 3, template: { spec: { host_pod: true } } } });
}
