//! CustomResourceDefinitions and discovery.

use crate::support::{Client, DEFINITIONS, SITES, website, website_definition, with_websites};
use kubist_apiserver::ApiServer;
use serde_json::{Value, json};

const WEBSITES: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/websites.example.com";

#[tokio::test]
async fn a_definition_is_completed_and_established_at_once() {
    let (_server, client) = with_websites().await;
    let definition = client.get(WEBSITES).await.body;
    assert_eq!(definition["spec"]["names"]["listKind"], "WebsiteList");
    assert_eq!(definition["spec"]["names"]["singular"], "website");
    assert_eq!(definition["spec"]["conversion"]["strategy"], "None");
    let conditions = definition["status"]["conditions"].as_array().unwrap();
    let types: Vec<&str> =
        conditions.iter().filter(|c| c["status"] == "True").filter_map(|c| c["type"].as_str()).collect();
    assert_eq!(types, ["NamesAccepted", "Established"]);
    assert_eq!(definition["status"]["storedVersions"], json!(["v1"]));
    assert_eq!(definition["status"]["acceptedNames"]["plural"], "websites");
    assert_eq!(client.get(SITES).await.body["kind"], "WebsiteList");
}

#[tokio::test]
async fn broken_definitions_are_refused_at_the_field() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    for (pointer, value, field) in [
        ("/metadata/name", json!("websites.other.com"), "metadata.name"),
        ("/spec/group", json!("example"), "metadata.name"),
        ("/spec/scope", json!("Everywhere"), "spec.scope"),
        ("/spec/names/plural", json!("Websites"), "metadata.name"),
        ("/spec/names/shortNames", json!(["Web"]), "spec.names.shortNames[0]"),
        ("/spec/versions/0/name", json!("1"), "spec.versions[0].name"),
        ("/spec/versions/0/schema", json!({}), "spec.versions[0].schema.openAPIV3Schema"),
        (
            "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/note",
            json!({"type": "array"}),
            "spec.validation.openAPIV3Schema.properties[spec].properties[note].items",
        ),
        (
            "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/note",
            json!({"type": "string", "pattern": "(?=a)"}),
            "spec.validation.openAPIV3Schema.properties[spec].properties[note].pattern",
        ),
        (
            "/spec/versions/0/subresources/scale/specReplicasPath",
            json!(".replicas"),
            "spec.subresources.scale.specReplicasPath",
        ),
        (
            "/spec/versions/0/selectableFields",
            json!([{"jsonPath": ".metadata.x"}]),
            "spec.selectableFields[0].jsonPath",
        ),
    ] {
        let mut definition = website_definition();
        *definition.pointer_mut(pointer).unwrap() = value;
        let reply = client.post(DEFINITIONS, &definition).await;
        assert_eq!(reply.code, 422, "{pointer}: {}", reply.text);
        assert_eq!(reply.body["details"]["causes"][0]["field"], field, "{}", reply.text);
    }
}

#[tokio::test]
async fn what_identifies_a_definition_is_immutable() {
    let (_server, client) = with_websites().await;
    for (pointer, value) in [("/spec/scope", json!("Cluster")), ("/spec/names/kind", json!("Site"))] {
        let mut definition = client.get(WEBSITES).await.body;
        *definition.pointer_mut(pointer).unwrap() = value;
        let reply = client.put(WEBSITES, &definition).await;
        assert_eq!(reply.code, 422);
        assert!(reply.message().contains("field is immutable"), "{}", reply.text);
    }
    let short = client.merge(WEBSITES, &json!({"spec": {"names": {"shortNames": ["ws"]}}})).await;
    assert_eq!((short.code, &short.body["metadata"]["generation"]), (200, &json!(2)));
}

#[tokio::test]
async fn names_that_are_taken_in_the_group_are_not_established() {
    let (_server, client) = with_websites().await;
    let mut clash = website_definition();
    clash["metadata"]["name"] = "sites.example.com".into();
    clash["spec"]["names"]["plural"] = "sites".into();
    let reply = client.post(DEFINITIONS, &clash).await;
    assert_eq!((reply.code, &reply.body["status"]["conditions"]), (201, &json!(null)));
    let judged = client.get(&format!("{DEFINITIONS}/sites.example.com")).await.body;
    let accepted = &judged["status"]["conditions"][0];
    assert_eq!((&accepted["status"], &accepted["reason"]), (&json!("False"), &json!("ListKindConflict")));
    assert_eq!(accepted["message"], "\"WebsiteList\" is already in use");
    assert_eq!(judged["status"]["acceptedNames"]["plural"], "sites");
    assert_eq!(client.get("/apis/example.com/v1/sites").await.code, 404);
}

#[tokio::test]
async fn every_served_version_shows_the_same_objects() {
    let (_server, client) = with_websites().await;
    client.post(SITES, &website("front", "gs://a")).await;
    let mut definition = client.get(WEBSITES).await.body;
    let mut second = definition["spec"]["versions"][0].clone();
    second["name"] = "v2".into();
    second["storage"] = false.into();
    second["deprecated"] = true.into();
    definition["spec"]["versions"].as_array_mut().unwrap().push(second);
    assert_eq!(client.put(WEBSITES, &definition).await.code, 200);
    let site = client.get("/apis/example.com/v2/namespaces/default/websites/front").await;
    assert_eq!(
        (&site.body["apiVersion"], &site.body["spec"]["bucket"]),
        (&json!("example.com/v2"), &json!("gs://a"))
    );
    assert_eq!(site.warnings(), ["299 - \"example.com/v2 Website is deprecated\""]);
    let group = client.get("/apis/example.com").await.body;
    assert_eq!(group["preferredVersion"]["version"], "v2");
    let versions = &mut definition["spec"]["versions"];
    versions[0]["storage"] = false.into();
    versions[1]["storage"] = true.into();
    definition["metadata"] = client.get(WEBSITES).await.body["metadata"].take();
    let moved = client.put(WEBSITES, &definition).await;
    assert_eq!(moved.body["status"]["storedVersions"], json!(["v1", "v2"]));
    definition["spec"]["versions"].as_array_mut().unwrap().remove(0);
    definition["metadata"] = moved.body["metadata"].clone();
    let removed = client.put(WEBSITES, &definition).await;
    assert_eq!(
        (removed.code, &removed.body["details"]["causes"][0]["field"]),
        (422, &json!("status.storedVersions[0]"))
    );
}

fn resource<'a>(list: &'a Value, key: &str, name: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|resource| resource[key] == name).unwrap()
}

#[tokio::test]
async fn discovery_in_both_forms_shows_custom_resources() {
    let (_server, client) = with_websites().await;
    let legacy = client.get("/apis/example.com/v1").await.body;
    assert_eq!(resource(&legacy["resources"], "name", "websites")["shortNames"], json!(["web"]));
    assert_eq!(resource(&legacy["resources"], "name", "websites/scale")["kind"], "Scale");
    let aggregated = client.clone().header(
        "accept",
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
    );
    let all = aggregated.get("/apis").await;
    assert_eq!(
        all.headers["content-type"],
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
    );
    let group = all.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["metadata"]["name"] == "example.com")
        .unwrap();
    let websites = resource(&group["versions"][0]["resources"], "resource", "websites");
    assert_eq!((&websites["scope"], &websites["categories"]), (&json!("Namespaced"), &json!(["all"])));
    assert_eq!(websites["subresources"].as_array().map(Vec::len), Some(2));
    let core = aggregated.get("/api").await.body;
    assert_eq!(
        resource(&core["items"][0]["versions"][0]["resources"], "resource", "pods")["responseKind"]["kind"],
        "Pod"
    );
    assert_eq!(client.get("/api").await.body["versions"], json!(["v1"]));
    assert_eq!(client.get("/version").await.body["gitVersion"], "v1.37.2");
    assert_eq!(client.get("/readyz").await.text, "ok");
}
