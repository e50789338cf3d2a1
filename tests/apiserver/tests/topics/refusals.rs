//! Objects of built-in kinds that the real server refused, with its words: `data/refusals.jsonl` has objects that are
//! right, and below each what was made wrong in it.

use http::Method;
use kubist_apiserver::ApiServer;
use serde_json::{Map, Value, json};

use crate::support::Client;

const CASES: &str = include_str!("../data/refusals.jsonl");

/// What a case begins with.
struct Base {
    path: String,
    object: Value,
}

impl Base {
    fn name(&self) -> &str {
        self.object["metadata"]["name"].as_str().unwrap()
    }
}

#[tokio::test]
async fn wrong_objects_are_refused_in_the_words_of_the_real_server() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    for namespace in ["right", "limits"] {
        client.post("/api/v1/namespaces", &json!({"metadata": {"name": namespace}})).await;
    }
    let mut base = Base { path: String::new(), object: Value::Null };
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines() {
        let case: Map<String, Value> = serde_json::from_str(line).unwrap();
        if let Some(object) = case.get("object") {
            base = Base { path: case["path"].as_str().unwrap().to_owned(), object: object.clone() };
            let reply = client.post(&base.path, object).await;
            assert!([201, 409].contains(&reply.code), "{}: {}", base.name(), reply.message());
            continue;
        }
        count += 1;
        let reply = ask(&client, &base, &case).await;
        let (_, words) = reply.split_once(" is invalid: ").unwrap_or(("", &reply));
        if words != case["says"] {
            wrong.push(format!("{line}\n  {words}"));
        }
    }
    assert!(count > 400, "{count} cases");
    assert!(wrong.is_empty(), "{} of {count} answers differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// The message that a case is answered with.
async fn ask(client: &Client, base: &Base, case: &Map<String, Value>) -> String {
    let mut object = base.object.clone();
    let is_new = case.contains_key("create");
    let edits = &case[if is_new { "create" } else { "update" }];
    for edit in edits.as_array().unwrap() {
        change(&mut object, edit[0].as_str().unwrap(), edit.get(1));
    }
    let (method, path) = if is_new {
        // The object that is right has the name.
        let name = object["metadata"]["name"].as_str().unwrap_or_default().replace("base", "new");
        if object["metadata"].get("name").is_some() {
            object["metadata"]["name"] = name.into();
        }
        (Method::POST, format!("{}?dryRun=All", base.path))
    } else {
        (Method::PUT, format!("{}/{}?dryRun=All", base.path, base.name()))
    };
    let reply = client.send(method, &path, "application/json", object.to_string()).await;
    format!("{} {}", reply.code, reply.message())
}

/// Sets the value at a pointer, or takes it away.
fn change(object: &mut Value, pointer: &str, value: Option<&Value>) {
    if let Some(place) = object.pointer_mut(pointer)
        && let Some(value) = value
    {
        *place = value.clone();
        return;
    }
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = object.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(last, value.clone()),
        None => parent.remove(&last),
    };
}
