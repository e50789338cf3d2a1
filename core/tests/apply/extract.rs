//! `extract`, without a server.

use k8s_openapi::api::apps::v1::Deployment;
use kubist::apply::{Partial, conflicts, extract};
use serde_json::{Value, json};

use crate::derive::{Shop, ShopApply, ShopSpecApply, ShopStatusApply};

/// An object on which `me` has applied these fields.
fn managed(mut object: Value, fields: &Value) -> Value {
    object["metadata"]["managedFields"] = json!([
        {"manager": "other", "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:owner": {}}}},
        {"manager": "me", "operation": "Update", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:owner": {}}}},
        {"manager": "me", "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": fields},
        {
            "manager": "me", "operation": "Apply", "subresource": "status", "fieldsType": "FieldsV1",
            "fieldsV1": {"f:status": {"f:ready": {}}},
        },
    ]);
    object
}

fn shop(fields: &Value) -> Shop {
    let object = json!({
        "apiVersion": "example.com/v1", "kind": "Shop",
        "metadata": {"name": "front", "namespace": "n", "labels": {"a": "1", "b": "2"}, "uid": "u", "ownerReferences": [
            {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "q"},
        ]},
        "spec": {
            "maxReplicas": 3, "owner": "x", "labels": {"k": "v"}, "pages": [{"name": "a", "path": "/"}], "steps": [],
            "tags": [], "zones": [], "byName": {}, "patience": 5,
        },
        "status": {"ready": 1, "conditions": []},
    });
    serde_json::from_value(managed(object, fields)).unwrap()
}

#[test]
fn what_was_applied_comes_back_with_the_names_and_nothing_else() {
    let fields = json!({
        "f:metadata": {
            "f:labels": {"f:b": {}},
            "f:ownerReferences": {"k:{\"uid\":\"q\"}": {}},
        },
        "f:spec": {"f:maxReplicas": {}, "f:pages": {"k:{\"name\":\"a\"}": {".": {}, "f:name": {}}}},
    });
    let part = ShopApply::extract(&shop(&fields), "me").unwrap();
    assert_eq!(
        part.spec,
        Some(ShopSpecApply::new().max_replicas(3).pages([crate::derive::PageApply::new("a")]))
    );
    let metadata = json!({
        "name": "front", "namespace": "n", "labels": {"b": "2"},
        "ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "q"}],
    });
    assert_eq!(serde_json::to_value(&part.metadata).unwrap(), metadata);
    let status = ShopApply::extract_status(&shop(&fields), "me").unwrap();
    assert_eq!(status, ShopStatusApply::new().ready(1));
}

#[test]
fn a_manager_that_has_applied_nothing_owns_nothing() {
    let part = ShopApply::extract(&shop(&json!({})), "nobody").unwrap();
    assert_eq!((part.spec, part.metadata.labels), (None, None));
    assert_eq!(part.metadata.name.as_deref(), Some("front"));
    // An empty set of fields is no object that is owned whole.
    assert_eq!(ShopApply::extract(&shop(&json!({})), "me").unwrap().spec, None);
    assert_eq!(ShopApply::extract_status(&shop(&json!({})), "nobody").unwrap(), ShopStatusApply::new());
}

#[test]
fn an_object_without_managed_fields_is_an_error() {
    let mut object = shop(&json!({}));
    for fields in [None, Some(Vec::new())] {
        object.metadata.managed_fields = fields;
        let error = ShopApply::extract(&object, "me").unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains("no managedFields"), "{error:?}");
    }
    assert!(extract(&json!({"metadata": {"managedFields": null}}), "me", None).is_err());
}

#[test]
fn what_the_type_does_not_have_is_an_error_because_applying_again_would_remove_it() {
    let fields = json!({"f:spec": {"f:pages": {"k:{\"name\":\"a\"}": {"f:color": {}}}}});
    let error = ShopApply::extract(&shop(&fields), "me").unwrap_err();
    assert!(error.to_string().contains(".spec.pages[{\"name\":\"a\"}].color"), "{error}");
    let newer = json!({
        "metadata": {"name": "front", "managedFields": [
            {"manager": "me", "operation": "Apply", "fieldsV1": {"f:spec": {"f:fromTheFuture": {}}}},
        ]},
    });
    let newer: Deployment = serde_json::from_value(newer).unwrap();
    assert!(Partial::extract(&newer, "me").unwrap_err().to_string().contains(".spec.fromTheFuture"));
}

#[test]
fn a_container_that_was_applied_empty_does_not_take_what_others_have_put_there() {
    let fields = json!({"f:spec": {"f:labels": {}}});
    let part = ShopApply::extract(&shop(&fields), "me").unwrap();
    assert_eq!(serde_json::to_value(part.spec).unwrap(), json!({"labels": {}}));
}

#[test]
fn what_can_only_be_applied_whole_must_be_owned_whole() {
    let object = json!({
        "metadata": {"name": "front"},
        "spec": {"gate": {"open": true, "width": 1}, "maxReplicas": 3, "labels": {}, "pages": [], "steps": [], "tags": [],
            "zones": [], "byName": {}, "patience": 5},
    });
    let fields = json!({"f:spec": {"f:gate": {"f:open": {}}}});
    let object: Shop = serde_json::from_value(managed(object, &fields)).unwrap();
    let error = ShopApply::extract(&object, "me").unwrap_err();
    assert!(error.to_string().contains("what \"me\" has applied to this Shop"), "{error}");
}

#[test]
fn only_a_conflict_of_managers_has_conflicts() {
    assert!(conflicts(&kubist::Error::invalid("x")).is_empty());
}
