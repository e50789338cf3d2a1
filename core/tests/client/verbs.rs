use futures_util::StreamExt;
use k8s_openapi::api::core::v1::{ConfigMap, Node};
use kubist::api::{Api, Patch};
use kubist::rest::{
    ApplyParams, DeleteParams, DeletionPropagation, FieldValidation, ListParams, Request, WriteParams,
};
use kubist::watch::{ListRequest, ListWatch, VersionMatch, WatchRequest};
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, status};
use crate::website::Website;

const SITES: &str = "/apis/example.com/v1/namespaces/shop/websites";

fn stored() -> Value {
    json!({
        "apiVersion": "example.com/v1", "kind": "Website",
        "metadata": {"name": "front", "namespace": "shop", "resourceVersion": "7", "uid": "u"},
        "spec": {"bucket": "gs://a", "replicas": 1},
    })
}

fn scale() -> Value {
    json!({
        "apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "front"},
        "spec": {"replicas": 3}, "status": {"replicas": 1},
    })
}

fn answering(body: &Value) -> (Fake, Api<Website>) {
    let body = body.clone();
    let fake = Fake::new(move |_| Answer::json(200, &body));
    let api = fake.client().namespaced("shop");
    (fake, api)
}

#[tokio::test]
async fn each_write_returns_what_the_server_stored() {
    let (fake, api) = answering(&stored());
    let site = Website::new("front", "gs://a");
    let merge = Patch::Merge(json!({"spec": {"replicas": 1}}));
    let json_patch = Patch::Json(vec![json!({"op": "remove", "path": "/spec/replicas"})]);
    let written = [
        api.create(&site).await.unwrap(),
        api.replace(&site).await.unwrap(),
        api.patch("front", &merge).await.unwrap(),
        api.patch("front", &json_patch).await.unwrap(),
        api.replace_status(&site).await.unwrap(),
        api.patch_status("front", &merge).await.unwrap(),
        api.get_status("front").await.unwrap(),
        api.get("front").await.unwrap(),
    ];
    for site in written {
        assert_eq!(site.metadata.resource_version.as_deref(), Some("7"));
        assert_eq!(site.spec.replicas, Some(1));
    }
    let one = format!("{SITES}/front");
    assert_eq!(
        fake.lines(),
        [
            format!("POST {SITES}"),
            format!("PUT {one}"),
            format!("PATCH {one}"),
            format!("PATCH {one}"),
            format!("PUT {one}/status"),
            format!("PATCH {one}/status"),
            format!("GET {one}/status"),
            format!("GET {one}"),
        ]
    );
    let seen = fake.seen();
    assert_eq!(seen[0].headers["content-type"], "application/json");
    assert_eq!(seen[0].json()["kind"], "Website");
    assert_eq!(seen[0].json()["spec"]["bucket"], "gs://a");
    assert_eq!(seen[2].headers["content-type"], "application/merge-patch+json");
    assert_eq!(seen[2].json(), json!({"spec": {"replicas": 1}}));
    assert_eq!(seen[3].headers["content-type"], "application/json-patch+json");
    assert_eq!(seen[3].json()[0]["op"], "remove");
    assert!(seen[7].body.is_empty() && !seen[7].headers.contains_key("content-type"));
}

#[tokio::test]
async fn options_of_a_write_are_parameters() {
    let (fake, api) = answering(&stored());
    let params =
        WriteParams::default().dry_run().field_manager("me & you").field_validation(FieldValidation::Strict);
    api.create_with(&Website::new("front", "b"), &params).await.unwrap();
    let params = WriteParams::default().field_manager("me");
    api.replace_with(&Website::new("front", "b"), &params).await.unwrap();
    assert_eq!(
        fake.lines(),
        [
            format!("POST {SITES}?dryRun=All&fieldManager=me%20%26%20you&fieldValidation=Strict"),
            format!("PUT {SITES}/front?fieldManager=me"),
        ]
    );
}

#[tokio::test]
async fn an_apply_body_has_no_null_no_status_and_nothing_of_the_servers() {
    let (fake, api) = answering(&stored());
    let mut site = Website::new("front", "gs://a");
    site.metadata.resource_version = Some("7".to_owned());
    site.metadata.managed_fields = Some(Vec::new());
    let params = ApplyParams::manager("me").force();
    api.apply("front", &site, &params).await.unwrap();
    api.apply_status("front", json!({"ready": 1}), &ApplyParams::manager("me")).await.unwrap();
    let seen = fake.seen();
    assert_eq!(seen[0].line, format!("PATCH {SITES}/front?fieldManager=me&force=true"));
    assert_eq!(seen[0].headers["content-type"], "application/apply-patch+yaml");
    assert_eq!(
        seen[0].json(),
        json!({
            "apiVersion": "example.com/v1", "kind": "Website",
            "metadata": {"name": "front"}, "spec": {"bucket": "gs://a"},
        })
    );
    assert_eq!(seen[1].line, format!("PATCH {SITES}/front/status?fieldManager=me"));
    assert_eq!(seen[1].json()["status"], json!({"ready": 1}));
}

#[tokio::test]
async fn a_delete_tells_a_gone_object_from_one_that_is_still_ending() {
    let gone = json!({"kind": "Status", "apiVersion": "v1", "status": "Success", "details": {"uid": "u"}});
    let fake = Fake::script([Answer::json(200, &gone), Answer::json(200, &stored())]);
    let api = fake.client().namespaced::<Website>("shop");
    assert!(api.delete("front").await.unwrap().is_none());
    let params = DeleteParams::default().propagation(DeletionPropagation::Foreground).uid("u");
    let ending = api.delete_with("front", &params).await.unwrap().unwrap();
    assert_eq!(ending.metadata.uid.as_deref(), Some("u"));
    let seen = fake.seen();
    assert_eq!(seen[0].line, format!("DELETE {SITES}/front"));
    assert!(seen[0].body.is_empty());
    assert_eq!(seen[1].json(), json!({"propagationPolicy": "Foreground", "preconditions": {"uid": "u"}}));
}

#[tokio::test]
async fn delete_collection_keeps_to_the_selectors_of_the_handle_and_of_the_call() {
    let (fake, api) = answering(&json!({"kind": "WebsiteList", "items": []}));
    api.labels("app=web")
        .fields("metadata.name!=x")
        .delete_collection(&DeleteParams::default(), &ListParams::default().labels("tier"))
        .await
        .unwrap();
    assert_eq!(
        fake.lines(),
        [format!("DELETE {SITES}?labelSelector=tier%2Capp%3Dweb&fieldSelector=metadata.name%21%3Dx")]
    );
}

#[tokio::test]
async fn scaling_goes_through_the_scale_subresource() {
    let (fake, api) = answering(&scale());
    assert_eq!(api.scale("front", 3).await.unwrap().spec.unwrap().replicas, Some(3));
    assert_eq!(api.get_scale("front").await.unwrap().status.unwrap().replicas, 1);
    assert!(api.scale("front", -1).await.unwrap_err().is_invalid());
    let seen = fake.seen();
    assert_eq!(fake.lines(), [format!("PATCH {SITES}/front/scale"), format!("GET {SITES}/front/scale")]);
    assert_eq!(seen[0].json(), json!({"spec": {"replicas": 3}}));
}

fn page(names: &[&str], version: &str, token: &str) -> Answer {
    let items: Vec<_> = names
        .iter()
        .map(|name| json!({"metadata": {"name": name}, "spec": {"bucket": "b", "replicas": null}}))
        .collect();
    let metadata = json!({"resourceVersion": version, "continue": token});
    Answer::json(200, &json!({"kind": "WebsiteList", "metadata": metadata, "items": items}))
}

fn names(list: kubist::resource::List<Website>) -> Vec<String> {
    list.into_iter().map(|site| site.metadata.name.unwrap()).collect()
}

#[tokio::test]
async fn a_list_goes_through_all_pages() {
    let fake = Fake::script([page(&["a", "b"], "7", "t&1"), page(&["c"], "7", "")]);
    let list = fake.client().namespaced::<Website>("shop").labels("x").list().await.unwrap();
    assert_eq!(list.metadata.resource_version, "7");
    assert_eq!(names(list), ["a", "b", "c"]);
    assert_eq!(
        fake.lines(),
        [
            format!("GET {SITES}?labelSelector=x&limit=500"),
            format!("GET {SITES}?labelSelector=x&limit=500&continue=t%261"),
        ]
    );
}

#[tokio::test]
async fn a_list_whose_token_expires_starts_again_and_reads_all_at_once() {
    let fake = Fake::script([
        page(&["a", "b"], "7", "t"),
        Answer::status(410, "Expired"),
        page(&["a", "c"], "9", ""),
    ]);
    let list = fake.client().all::<Website>().list().await.unwrap();
    assert_eq!(list.metadata.resource_version, "9");
    assert_eq!(names(list), ["a", "c"]);
    assert_eq!(fake.lines()[2], "GET /apis/example.com/v1/websites");
}

#[tokio::test]
async fn get_opt_tells_a_missing_object_from_a_missing_kind() {
    let missing_kind = Answer::Http(404, vec![("content-type", "text/plain")], "404 page not found".into());
    let fake = Fake::script([Answer::json(404, &status(404, "NotFound", "front")), missing_kind]);
    let api = fake.client().namespaced::<Website>("shop");
    assert!(api.get_opt("front").await.unwrap().is_none());
    assert!(api.get_opt("front").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn built_in_kinds_have_the_same_handles() {
    let fake = Fake::script([
        Answer::json(
            200,
            &json!({"kind": "NodeList", "apiVersion": "v1", "metadata": {}, "items": [{"metadata": {"name": "n"}}]}),
        ),
        Answer::json(201, &json!({"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "c"}})),
        Answer::json(200, &json!({"kind": "NodeList", "metadata": {}, "items": null})),
    ]);
    let client = fake.client();
    let nodes = client.cluster::<Node>().list_with(&ListParams::default().limit(1)).await.unwrap();
    assert_eq!(nodes.items[0].metadata.name.as_deref(), Some("n"));
    let mut map = ConfigMap::default();
    map.metadata.generate_name = Some("c-".to_owned());
    client.namespaced("shop").create(&map).await.unwrap();
    let request = Request::get("/api/v1/nodes").query("limit", "100");
    let raw: kubist::resource::List<Node> = client.rest().json(request).await.unwrap();
    assert!(raw.items.is_empty());
    assert_eq!(
        fake.lines(),
        [
            "GET /api/v1/nodes?limit=1",
            "POST /api/v1/namespaces/shop/configmaps",
            "GET /api/v1/nodes?limit=100",
        ]
    );
}

#[tokio::test]
async fn a_list_watch_asks_for_what_the_reflector_wants_and_gives_bytes() {
    let (fake, api) = answering(&json!({"items": []}));
    let source = api.labels("app=web").list_watch();
    assert_eq!(source.description(), "websites.example.com in \"shop\"");

    let mut request = ListRequest::default();
    request.limit = Some(500);
    request.resource_version = Some("0".to_owned());
    request.version_match = Some(VersionMatch::NotOlderThan);
    let mut body = source.list(request).await.unwrap();
    assert_eq!(body.next().await.unwrap().unwrap(), r#"{"items":[]}"#);
    assert!(body.next().await.is_none());

    let mut request = WatchRequest::default();
    request.resource_version = Some("7".to_owned());
    request.timeout = Some(std::time::Duration::from_secs(300));
    request.bookmarks = true;
    source.watch(request.clone()).await.unwrap();
    request.resource_version = None;
    request.send_initial_events = Some(true);
    source.watch(request).await.unwrap();

    let base = format!("GET {SITES}?labelSelector=app%3Dweb");
    assert_eq!(
        fake.lines(),
        [
            format!("{base}&limit=500&resourceVersion=0&resourceVersionMatch=NotOlderThan"),
            format!("{base}&watch=true&resourceVersion=7&timeoutSeconds=300&allowWatchBookmarks=true"),
            format!(
                "{base}&watch=true&timeoutSeconds=300&allowWatchBookmarks=true\
                 &sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            ),
        ]
    );
    let all = fake.client().all::<Website>().list_watch();
    assert_eq!(all.description(), "websites.example.com");
}
