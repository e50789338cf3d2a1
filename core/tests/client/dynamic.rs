use k8s_openapi::api::core::v1::Pod;
use kubist::api::Patch;
use kubist::dynamic::PartialObjectMetadata;
use kubist::resource::GroupVersionResource;
use kubist::rest::{DeleteParams, ListParams};
use kubist::watch::{ListWatch, WatchRequest};
use serde_json::json;

use crate::fake::{Answer, Fake};

const ONE: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
const MANY: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

#[tokio::test]
async fn metadata_is_asked_for_in_the_form_of_each_answer() {
    let object = json!({"metadata": {"name": "a"}});
    let fake = Fake::new(move |seen| {
        let list = json!({"metadata": {}, "items": []});
        Answer::json(
            200,
            if seen.line.contains("/a") && seen.line != "GET /api/v1/pods" { &object } else { &list },
        )
    });
    let client = fake.client();
    let pods = GroupVersionResource::new("", "v1", "pods");
    let dynamic = client.metadata(&pods).namespaced("shop");
    dynamic.get("a").await.unwrap();
    dynamic.list().await.unwrap();
    dynamic.patch("a", &Patch::Merge(json!({}))).await.unwrap();
    dynamic.delete("a").await.unwrap();
    dynamic.delete_collection(&DeleteParams::default(), &ListParams::default()).await.unwrap();
    dynamic.list_watch().watch(WatchRequest::default()).await.unwrap();
    client.all::<PartialObjectMetadata<Pod>>().list().await.unwrap();
    client.dynamic(&pods).namespaced("shop").get("a").await.unwrap();
    let accepts: Vec<_> =
        fake.seen().iter().map(|seen| seen.headers["accept"].to_str().unwrap().to_owned()).collect();
    assert_eq!(accepts, [ONE, MANY, ONE, ONE, MANY, ONE, MANY, "application/json"]);
}

#[tokio::test]
async fn a_server_that_does_not_know_metadata_alone_answers_with_whole_objects() {
    let pod = json!({"metadata": {"name": "a", "uid": "u"}, "spec": {"containers": []}});
    let list =
        json!({"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"}, "items": [pod]});
    let fake = Fake::script([Answer::json(200, &list)]);
    let pods = fake.client().all::<PartialObjectMetadata<Pod>>().list().await.unwrap();
    assert_eq!(pods.items[0].metadata.uid.as_deref(), Some("u"));
}
