//! The forms of an answer: tables, metadata, YAML, and none.

use crate::support::{Client, SITES, config_map, website, with_websites};
use kubist_apiserver::ApiServer;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";
const TABLE: &str = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

async fn start(accept: &str) -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server).header("accept", accept);
    (server, client)
}

fn cells(table: &Value) -> Vec<&Value> {
    table["rows"].as_array().unwrap().iter().map(|row| &row["cells"]).collect()
}

#[tokio::test]
async fn a_list_is_shown_as_a_table_of_its_own_columns() {
    let (_server, client) = start(TABLE).await;
    let made = client.post(MAPS, &config_map("a", "1")).await;
    assert_eq!((made.code, &made.body["kind"]), (201, &json!("Table")));
    client.post(MAPS, &config_map("b", "1")).await;
    let list = client.get(&format!("{MAPS}?limit=1")).await.body;
    let heads: Vec<&Value> =
        list["columnDefinitions"].as_array().unwrap().iter().map(|column| &column["name"]).collect();
    assert_eq!(heads, ["Name", "Data", "Age"]);
    assert_eq!((&cells(&list)[0][0], &cells(&list)[0][1]), (&json!("a"), &json!(1)));
    assert_eq!(list["metadata"]["remainingItemCount"], 1);
    assert_eq!(list["rows"][0]["object"]["kind"], "PartialObjectMetadata");
    let bare = client.get(&format!("{MAPS}?includeObject=None")).await.body;
    assert_eq!(bare["rows"][1]["object"], Value::Null);
    assert_eq!(client.get(&format!("{MAPS}?includeObject=All")).await.code, 400);
}

#[tokio::test]
async fn only_the_first_table_of_a_watch_explains_its_columns() {
    let (_server, client) = start(TABLE).await;
    client.post(MAPS, &config_map("a", "1")).await;
    let mut events = client.watch(MAPS).await;
    client.delete(&format!("{MAPS}/a")).await;
    let first = events.next().await.unwrap();
    assert_eq!(first["object"]["columnDefinitions"].as_array().map(Vec::len), Some(3));
    let second = events.next().await.unwrap();
    assert_eq!((&second["type"], &second["object"]["columnDefinitions"]), (&json!("DELETED"), &Value::Null));
    assert_eq!(cells(&second["object"])[0][0], "a");
}

#[tokio::test]
async fn metadata_alone_is_given_where_it_is_asked_for() {
    let (server, _client) = with_websites().await;
    let plain = Client::new(&server);
    plain.post(SITES, &website("a", "gs://b")).await;
    let one = plain.header("accept", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
    let reply = one.get(&format!("{SITES}/a")).await;
    assert_eq!((reply.code, &reply.body["kind"]), (200, &json!("PartialObjectMetadata")));
    assert_eq!(reply.body.get("spec"), None);
    assert_eq!(one.get(SITES).await.code, 406);
    let mut events = one.watch(SITES).await;
    let event = events.next().await.unwrap();
    assert_eq!((&event["object"]["metadata"]["name"], event["object"].get("spec")), (&json!("a"), None));
}

#[tokio::test]
async fn yaml_is_written_for_objects_and_failures_but_not_for_watches() {
    let (_server, client) = start("application/yaml").await;
    client.post(MAPS, &config_map("a", "1")).await;
    let reply = client.get(&format!("{MAPS}/a")).await;
    assert_eq!(reply.headers["content-type"], "application/yaml");
    assert!(reply.text.contains("\nkind: ConfigMap\n"), "{}", reply.text);
    assert!(client.get(&format!("{MAPS}/b")).await.text.contains("reason: NotFound"));
    assert_eq!(client.get(&format!("{MAPS}?watch=1")).await.code, 406);
}

#[tokio::test]
async fn who_takes_nothing_that_there_is_gets_a_readable_406() {
    let (_server, client) = start("text/html").await;
    let reply = client.get(MAPS).await;
    assert_eq!((reply.code, &reply.body["reason"]), (406, &json!("NotAcceptable")));
    assert!(reply.text.starts_with("{\n  \""), "{}", reply.text);
}
