use std::time::Duration;

use futures_util::StreamExt;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::Secret;
use kubist::api::Patch;
use kubist::client::Client;
use kubist::rest::{ApplyParams, DeleteParams, ListParams, Request};
use kubist::watch::{ListRequest, ListWatch, WatchEvent, WatchRequest};
use kubist::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, status};
use crate::website::Website;

const BAD_NAMES: [&str; 9] =
    ["", ".", "..", "../secrets/db", "x/status", "a%2e%2e", "x?dryRun=All", "x#y", "a\nb"];

#[tokio::test]
async fn a_bad_name_is_refused_before_anything_is_sent() {
    let fake = Fake::script([]);
    let client = fake.client();
    let api = client.namespaced::<Website>("shop");
    for name in BAD_NAMES {
        let site = Website::new(name, "b");
        let patch = Patch::Merge(json!({}));
        let apply = ApplyParams::manager("me");
        let errors = [
            api.get(name).await.unwrap_err(),
            api.get_opt(name).await.unwrap_err(),
            api.create(&site).await.unwrap_err(),
            api.replace(&site).await.unwrap_err(),
            api.patch(name, &patch).await.unwrap_err(),
            api.apply(name, json!({}), &apply).await.unwrap_err(),
            api.delete(name).await.unwrap_err(),
            api.get_status(name).await.unwrap_err(),
            api.scale(name, 1).await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error:#}");
        }
    }
    assert!(fake.seen().is_empty());
}

#[tokio::test]
async fn a_bad_namespace_is_kept_and_returned_by_each_call() {
    let fake = Fake::script([]);
    for namespace in BAD_NAMES {
        let api = fake.client().namespaced::<Website>(namespace);
        let errors = [
            api.list().await.unwrap_err(),
            api.create(&Website::new("front", "b")).await.unwrap_err(),
            api.get("front").await.unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_invalid(), "{error:#}");
        }
    }
    let error = fake.client().namespaced::<Website>("").list().await.unwrap_err();
    assert_eq!(format!("{error:#}"), "list websites.example.com in \"\": namespace must not be empty");
    assert!(fake.seen().is_empty());
}

#[tokio::test]
async fn an_error_names_verb_resource_and_object() {
    let fake = Fake::new(|_| Answer::status(409, "AlreadyExists"));
    let client = fake.client();
    let api = client.namespaced::<Website>("shop");
    let site = Website::new("front", "b");
    let error = api.create(&site).await.unwrap_err();
    assert_eq!(error.to_string(), "create websites.example.com \"shop/front\"");
    assert_eq!(format!("{error:?}"), "create websites.example.com \"shop/front\": answered 409");
    assert!(error.is_already_exists());
    let table = [
        (api.replace(&site).await.unwrap_err(), "replace websites.example.com \"shop/front\""),
        (api.replace_status(&site).await.unwrap_err(), "replace websites.example.com/status \"shop/front\""),
        (api.scale("front", 2).await.unwrap_err(), "patch websites.example.com/scale \"shop/front\""),
        (api.delete("front").await.unwrap_err(), "delete websites.example.com \"shop/front\""),
        (api.list().await.unwrap_err(), "list websites.example.com in \"shop\""),
        (client.all::<Website>().list().await.unwrap_err(), "list websites.example.com"),
        (client.cluster::<k8s_openapi::api::core::v1::Node>().get("n").await.unwrap_err(), "get nodes \"n\""),
    ];
    for (error, expected) in table {
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn each_failing_answer_is_a_typed_error() {
    type Question = fn(&Error) -> bool;
    let table: [(u16, &str, Question); 8] = [
        (401, "Unauthorized", Error::is_unauthorized),
        (403, "Forbidden", Error::is_forbidden),
        (404, "NotFound", Error::is_not_found),
        (409, "Conflict", Error::is_conflict),
        (410, "Expired", Error::is_gone),
        (422, "Invalid", Error::is_invalid),
        (429, "TooManyRequests", Error::is_too_many_requests),
        (500, "InternalError", |error| error.code() == Some(500)),
    ];
    for (code, reason, question) in table {
        // With the server's own words, and from a proxy that has none of them.
        for answer in [
            Answer::status(code, reason),
            Answer::Http(code, vec![("content-type", "text/html")], "<html>hunter2</html>".into()),
        ] {
            let fake = Fake::new(move |_| answer.clone());
            let api = fake.client().namespaced::<Website>("shop");
            let error = api.replace(&Website::new("front", "b")).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Status, "{error:?}");
            assert_eq!(error.code(), Some(code));
            assert!(question(&error), "{error:?}");
            assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        }
    }
}

const PAGE_NOT_FOUND: &str = "404 page not found\n";

fn unknown_path() -> Answer {
    Answer::Http(404, vec![("content-type", "text/plain; charset=utf-8")], PAGE_NOT_FOUND.into())
}

#[tokio::test]
async fn a_kind_that_the_cluster_does_not_serve_is_named_with_what_may_be_missing() {
    let fake = Fake::new(|_| unknown_path());
    let client = fake.client();
    let api = client.namespaced::<Website>("shop");
    let source = api.list_watch();
    let errors = [
        api.list().await.unwrap_err(),
        api.get_opt("front").await.unwrap_err(),
        api.create(&Website::new("front", "b")).await.unwrap_err(),
        api.scale("front", 1).await.unwrap_err(),
        api.delete("front").await.unwrap_err(),
        api.delete_collection(&DeleteParams::default(), &ListParams::default()).await.unwrap_err(),
        api.watch("1").await.unwrap_err(),
        source.list(ListRequest::default()).await.err().unwrap().during("list"),
        source.watch(WatchRequest::default()).await.err().unwrap().during("watch"),
    ];
    for error in errors {
        let text = format!("{error:#}");
        let said = ": the cluster does not serve websites.example.com/v1; is its definition installed?";
        assert!(text.ends_with(said), "{text}");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Status, Some(404)));
        assert!(error.is_not_found());
    }
}

#[tokio::test]
async fn a_404_that_says_no_such_thing_keeps_its_words() {
    let object = Fake::new(|_| Answer::json(404, &status(404, "NotFound", "front")));
    let error = object.client().namespaced::<Website>("shop").get("front").await.unwrap_err();
    assert_eq!(format!("{error:#}"), "get websites.example.com \"shop/front\": answered 404");

    let page = Fake::new(|_| Answer::Http(404, vec![("content-type", "text/html")], "<html>".into()));
    let error = page.client().all::<Website>().list().await.unwrap_err();
    assert!(format!("{error:#}").ends_with("404 Not Found with text/html instead of a Status object"));

    // Built-in kinds have no definition that could be missing.
    let client = Fake::new(|_| unknown_path()).client();
    let error = client.namespaced::<Deployment>("shop").list().await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "list deployments.apps in \"shop\": the server does not serve this path"
    );
    assert!(error.is_not_found());
}

#[tokio::test]
async fn what_goes_wrong_in_a_watch_is_said_with_what_was_watched() {
    let expired = json!({"type": "ERROR", "object": status(410, "Expired", "")});
    let fake = Fake::new(move |_| Answer::Http(200, vec![], format!("{expired}\nnonsense\n").into()));
    let client = fake.client();
    let mut events = client.namespaced::<Website>("shop").watch("1").await.unwrap();
    let Some(Ok(WatchEvent::Error(error))) = events.next().await else { panic!("no error event") };
    assert!(error.is_gone());
    assert_eq!(format!("{error:#}"), "watch websites.example.com in \"shop\": answered 410");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.to_string(), "watch websites.example.com in \"shop\"");
    assert!(events.next().await.is_none());

    let mut events = client.all::<Website>().watch("1").await.unwrap();
    let Some(Ok(WatchEvent::Error(error))) = events.next().await else { panic!("no error event") };
    assert_eq!(error.to_string(), "watch websites.example.com");
}

#[tokio::test(start_paused = true)]
async fn an_informer_says_once_what_it_was_doing() {
    let fake = Fake::new(|_| unknown_path());
    let informer = fake.client().all::<Website>().informer().start();
    let error = informer.synced_within(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "websites.example.com not synced within 5s: list websites.example.com: \
         the cluster does not serve websites.example.com/v1; is its definition installed?"
    );
}

#[tokio::test]
async fn html_with_the_code_200_is_a_decoding_error_that_says_so() {
    let fake = Fake::new(|_| {
        Answer::Http(200, vec![("content-type", "text/html; charset=utf-8")], "<html>hunter2".into())
    });
    let error = fake.client().server_version().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        format!("{error:#}"),
        "get the server's version: the server answered with text/html instead of JSON"
    );
}

#[tokio::test]
async fn neither_the_body_that_was_sent_nor_one_that_came_is_in_an_error() {
    let bad = json!({
        "kind": "Secret", "apiVersion": "v1",
        "metadata": {"name": "s", "creationTimestamp": "hunter2"},
        "data": {"password": "hunter2"},
    });
    let fake = Fake::script([Answer::json(200, &bad), Answer::status(422, "Invalid")]);
    let api = fake.client().namespaced::<Secret>("shop");
    let error = api.get("s").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");

    let mut secret = Secret::default();
    secret.metadata.name = Some("s".to_owned());
    secret.string_data = Some([("password".to_owned(), "hunter2".to_owned())].into());
    let error = api.create(&secret).await.unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

fn site(name: &str, replicas: Value) -> Value {
    json!({
        "apiVersion": "example.com/v1", "kind": "Website",
        "metadata": {"name": name, "namespace": "shop"}, "spec": {"bucket": "b", "replicas": replicas},
    })
}

#[tokio::test]
async fn a_list_names_the_object_in_it_that_cannot_be_decoded() {
    let items = [site("good", json!(1)), site("bad", json!("hunter2")), site("worse", json!([]))];
    let list = json!({"kind": "WebsiteList", "metadata": {"resourceVersion": "7"}, "items": items});
    let fake = Fake::new(move |_| Answer::json(200, &list));
    let error = fake.client().all::<Website>().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = format!("{error:#}");
    let said = "list websites.example.com: \"shop/bad\" cannot be decoded: a value does not fit, expected i32 (line 1, ";
    assert!(text.starts_with(said), "{text}");
    let error =
        fake.client().namespaced::<Website>("shop").list_with(&ListParams::default()).await.unwrap_err();
    assert!(format!("{error:#}").contains(" \"shop\": \"shop/bad\" cannot"), "{error:#}");

    // What is wrong with the list itself is told as it is.
    let fake = Fake::new(|_| Answer::json(200, &json!({"metadata": 7, "items": []})));
    let error = fake.client().all::<Website>().list().await.unwrap_err();
    assert!(format!("{error:#}").contains(": the answer cannot be decoded: "), "{error:#}");
}

#[tokio::test]
async fn a_write_whose_answer_cannot_be_decoded_says_that_it_was_carried_out() {
    let fake = Fake::new(|_| Answer::json(200, &site("front-x7k", json!("hunter2"))));
    let api = fake.client().namespaced::<Website>("shop");
    let mut new = Website::new("front", "b");
    let errors = [
        (api.replace(&new).await.unwrap_err(), "replace websites.example.com \"shop/front\""),
        (api.apply("front", json!({}), &ApplyParams::manager("me")).await.unwrap_err(), "apply "),
        (api.patch_status("front", &Patch::Merge(json!({}))).await.unwrap_err(), "patch "),
        (api.delete("front").await.unwrap_err(), "delete "),
        (
            {
                new.metadata.name = None;
                new.metadata.generate_name = Some("front-".to_owned());
                api.create(&new).await.unwrap_err()
            },
            "create websites.example.com \"shop/front-\"",
        ),
    ];
    for (error, verb) in errors {
        let text = format!("{error:#}");
        let said = ": the request was carried out for \"front-x7k\", but the answer cannot be decoded: \
                    a value does not fit, expected i32 (line 1, ";
        assert!(text.starts_with(verb) && text.contains(said), "{text}");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(!error.is_outcome_unknown());
    }
    let read = api.get("front").await.unwrap_err();
    assert!(!format!("{read:#}").contains("carried out"), "{read:#}");

    // Who answers something else was not the API server.
    let portal = Fake::new(|_| Answer::Http(200, vec![("content-type", "text/html")], "<html>".into()));
    let login = Fake::new(|_| Answer::json(200, &json!({"login": "please"})));
    for fake in [portal, login] {
        let error = fake.client().namespaced("shop").create(&Website::new("front", "b")).await.unwrap_err();
        assert!(!format!("{error:#}").contains("carried out"), "{error:#}");
    }
}

#[tokio::test]
async fn a_raw_path_with_two_meanings_is_refused() {
    let fake = Fake::script([]);
    for path in ["api", "/api/../x", "/namespaces//configmaps", "/a?b=c", "/a#b"] {
        let error = fake.client().rest().bytes(Request::get(path)).await.unwrap_err();
        assert!(error.is_invalid(), "{path}");
    }
}

#[test]
fn a_client_over_a_bad_url_is_a_config_error() {
    let error = Client::from_service(Fake::script([]), "hunter2", "default").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!format!("{error:?}").contains("hunter2"));
}
