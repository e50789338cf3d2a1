use k8s_openapi::api::core::v1::Secret;
use kubist::api::Patch;
use kubist::client::Client;
use kubist::rest::{ApplyParams, Request};
use kubist::{Error, ErrorKind};
use serde_json::json;

use crate::fake::{Answer, Fake};
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
            api.apply(name, &json!({}), &apply).await.unwrap_err(),
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
