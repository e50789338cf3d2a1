use kubist::crd::CustomResourceDefinition;
use serde_json::{Value, json};

use crate::website::{converter, v1, v1alpha1};

pub(crate) fn review(desired: &str, objects: &Value) -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
        "request": {"uid": "705ab4f5", "desiredAPIVersion": desired, "objects": objects},
    })
}

fn website(version: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": format!("example.com/{version}"), "kind": "Website",
        "metadata": {
            "name": "front", "namespace": "shop", "uid": "1", "resourceVersion": "7", "generation": 2,
            "labels": {"app": "web"}, "annotations": {"a": "b"}, "newInKubernetes2": [1],
            "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:spec": {}}}],
        },
        "spec": spec,
    })
}

fn answer(desired: &str, objects: &Value) -> Value {
    let answer = converter().handle(review(desired, objects).to_string().as_bytes()).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["apiVersion"], "apiextensions.k8s.io/v1");
    assert_eq!(answer["kind"], "ConversionReview");
    assert_eq!(answer["response"]["uid"], "705ab4f5");
    answer["response"].clone()
}

fn failure(desired: &str, objects: &Value) -> String {
    let response = answer(desired, objects);
    assert_eq!(response["result"]["status"], "Failed");
    assert_eq!(response["convertedObjects"], json!([]));
    response["result"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn objects_come_back_in_order_in_the_version_asked_for() {
    let objects = json!([
        website("v1alpha1", &json!({"source": "a/b"})),
        website("v1", &json!({"bucket": "c", "note": null, "unknown": 1})),
        website("v1alpha1", &json!({"source": "d", "note": "n"})),
    ]);
    let response = answer("example.com/v1", &objects);
    assert_eq!(response["result"], json!({"status": "Success"}));
    let converted = &response["convertedObjects"];
    assert_eq!(converted[0]["apiVersion"], "example.com/v1");
    assert_eq!(converted[0]["spec"], json!({"bucket": "a", "folder": "b"}));
    assert_eq!(converted[1], objects[1], "what has the version already is not touched");
    assert_eq!(converted[2]["spec"], json!({"bucket": "d", "note": "n"}));
    // From one version to another it goes by way of the hub.
    let response = answer("example.com/v1beta1", &json!([website("v1alpha1", &json!({"source": "a/b"}))]));
    assert_eq!(response["convertedObjects"][0]["spec"], json!({"bucket": "a"}));
    assert_eq!(response["convertedObjects"][0]["apiVersion"], "example.com/v1beta1");
}

#[test]
fn the_metadata_stays_as_it_was_but_for_labels_and_annotations() {
    let object = website("v1alpha1", &json!({"source": "a"}));
    let response = answer("example.com/v1", &json!([object]));
    assert_eq!(response["convertedObjects"][0]["metadata"], object["metadata"]);
}

#[test]
fn a_conversion_that_fails_or_loses_the_metadata_is_told_to_the_user() {
    let slash = json!([website("v1alpha1", &json!({"source": "a/"}))]);
    assert_eq!(
        failure("example.com/v1", &slash),
        "\"shop/front\" from v1alpha1 to v1: `spec.source` ends with a slash"
    );
    assert_eq!(
        failure("example.com/v1", &json!([website("v1beta1", &json!({"bucket": "a"}))])),
        "\"shop/front\" from v1beta1 to v1: the conversion lost the metadata; it should carry it over: \
         `metadata: old.metadata`"
    );
}

#[test]
fn an_object_that_does_not_decode_is_named_and_not_quoted() {
    let message = failure("example.com/v1", &json!([website("v1alpha1", &json!({"source": {"secret": 1}}))]));
    assert!(message.starts_with("\"shop/front\" from v1alpha1 to v1: it cannot be decoded: "), "{message}");
    assert!(!message.contains("secret"), "{message}");
}

#[test]
fn an_unknown_version_or_another_kind_is_named() {
    let site = website("v1", &json!({"bucket": "a"}));
    assert_eq!(
        failure("example.com/v2", &json!([site])),
        "\"example.com/v2\" cannot be converted; the versions of Website in example.com are v1, v1alpha1, v1beta1"
    );
    let mut other = site.clone();
    other["apiVersion"] = "other.com/v1".into();
    assert!(failure("example.com/v1", &json!([other])).contains("\"other.com/v1\" cannot be converted"));
    let mut other = site;
    other["kind"] = "Webpage".into();
    assert_eq!(
        failure("example.com/v1", &json!([other])),
        "\"shop/front\" from v1 to v1: its kind is not Website"
    );
}

#[test]
fn a_body_that_is_no_review_is_an_error() {
    for (body, problem) in [
        ("", "the conversion review cannot be decoded"),
        ("[]", "the conversion review cannot be decoded"),
        (r#"{"kind": "ConversionReview"}"#, "the body is not a ConversionReview of apiextensions.k8s.io/v1"),
        (
            r#"{"kind": "ConversionReview", "apiVersion": "apiextensions.k8s.io/v1beta1"}"#,
            "the body is not a ConversionReview of apiextensions.k8s.io/v1",
        ),
        (
            r#"{"kind": "ConversionReview", "apiVersion": "apiextensions.k8s.io/v1"}"#,
            "the conversion review has no request",
        ),
    ] {
        let error = converter().handle(body.as_bytes()).unwrap_err();
        assert!(format!("{error:#}").starts_with(problem), "{body}: {error:#}");
    }
    let mut no_objects = review("example.com/v1", &json!([]));
    no_objects["request"].as_object_mut().unwrap().remove("objects");
    assert!(converter().handle(no_objects.to_string().as_bytes()).is_ok());
}

#[test]
fn a_converter_knows_which_versions_of_a_definition_it_lacks() {
    let mut crd: CustomResourceDefinition = v1::Website::crd();
    assert!(converter().covers(&crd).is_ok());
    crd.spec.versions[0].name = "v2".to_owned();
    let error = converter().covers(&crd).unwrap_err();
    assert!(error.to_string().starts_with("\"example.com/v2\" cannot be converted"), "{error}");
    let twice = converter().version::<v1alpha1::Website>();
    assert_eq!(twice.versions().collect::<Vec<_>>(), ["v1", "v1alpha1", "v1beta1"]);
}
