use serde_json::{Value, json};

use super::*;
use crate::builtin::types;

fn fields(value: Value) -> Fields {
    value.as_object().cloned().unwrap()
}

fn merge(kind: (&str, &str), before: Value, change: Value) -> Result<Value, (u16, String)> {
    let meta = Meta::Struct(types::of_gvk(kind.0, kind.1).unwrap());
    patch(fields(before), &mut fields(change), &meta)
        .map(Value::Object)
        .map_err(|failure| (failure.code, failure.text))
}

fn pod(before: Value, change: Value) -> Result<Value, (u16, String)> {
    merge(("v1", "Pod"), json!({ "spec": before }), json!({ "spec": change })).map(|pod| pod["spec"].clone())
}

#[test]
fn elements_of_a_list_are_merged_by_their_key() {
    let before =
        json!({"containers": [{"name": "a", "image": "1", "args": ["x"]}, {"name": "b", "image": "2"}]});
    let change =
        json!({"containers": [{"name": "c", "image": "3"}, {"name": "a", "image": "9", "args": ["y"]}]});
    let expected = json!({"containers": [
        {"name": "c", "image": "3"},
        {"name": "a", "image": "9", "args": ["y"]},
        {"name": "b", "image": "2"},
    ]});
    assert_eq!(pod(before, change), Ok(expected));
}

#[test]
fn null_removes_and_new_values_have_no_nulls() {
    let before =
        json!({"nodeName": "n", "containers": [{"name": "a", "env": [{"name": "x", "value": "1"}]}]});
    let change = json!({"nodeName": null, "priority": null, "securityContext": {"runAsUser": 1, "fsGroup": null},
        "containers": [{"name": "a", "env": [{"name": "x", "value": null}, {"name": "y", "value": null}]}]});
    let expected = json!({"securityContext": {"runAsUser": 1},
        "containers": [{"name": "a", "env": [{"name": "x"}, {"name": "y", "value": null}]}]});
    assert_eq!(pod(before, change), Ok(expected));
}

#[test]
fn directives_delete_and_replace() {
    let before = json!({"containers": [{"name": "a"}, {"name": "b"}], "securityContext": {"runAsUser": 1}});
    for (change, expected) in [
        (
            json!({"containers": [{"name": "a", "$patch": "delete"}]}),
            json!({"containers": [{"name": "b"}], "securityContext": {"runAsUser": 1}}),
        ),
        (
            json!({"containers": [{"name": "c"}, {"$patch": "replace"}]}),
            json!({"containers": [{"name": "c"}], "securityContext": {"runAsUser": 1}}),
        ),
        (
            json!({"securityContext": {"$patch": "replace", "fsGroup": 2}}),
            json!({"containers": [{"name": "a"}, {"name": "b"}], "securityContext": {"fsGroup": 2}}),
        ),
        (
            json!({"securityContext": {"$patch": "delete"}}),
            json!({"containers": [{"name": "a"}, {"name": "b"}], "securityContext": {}}),
        ),
        (json!({"$patch": "replace", "nodeName": "n"}), json!({"nodeName": "n"})),
    ] {
        assert_eq!(pod(before.clone(), change.clone()), Ok(expected), "{change}");
    }
}

#[test]
fn lists_of_scalars_are_sets_where_they_are_merged_and_values_where_not() {
    let before = json!({"metadata": {"finalizers": ["a", "b", "c"]}, "spec": {"containers": [{"name": "a", "args": ["1"]}]}});
    let change = json!({"metadata": {"finalizers": ["d", "b"]}, "spec": {"containers": [{"name": "a", "args": ["2"]}]}});
    let expected = json!({"metadata": {"finalizers": ["d", "a", "b", "c"]}, "spec": {"containers": [{"name": "a", "args": ["2"]}]}});
    assert_eq!(merge(("v1", "Pod"), before.clone(), change), Ok(expected));
    let change = json!({"metadata": {"$deleteFromPrimitiveList/finalizers": ["a", "x"]}});
    let merged = merge(("v1", "Pod"), before.clone(), change).unwrap();
    assert_eq!(merged["metadata"], json!({"finalizers": ["b", "c"]}));
    let change = json!({"metadata": {"$setElementOrder/finalizers": ["c", "a"], "finalizers": ["c"]}});
    let merged = merge(("v1", "Pod"), before, change).unwrap();
    assert_eq!(merged["metadata"]["finalizers"], json!(["b", "c", "a"]));
}

#[test]
fn the_order_that_is_asked_for_comes_before_that_of_the_list() {
    let named = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    let before = json!({"containers": named(&["a", "b", "c"])});
    for (order, change, expected) in [
        (&["c", "a"][..], &[][..], &["b", "c", "a"][..]),
        (&["d", "a", "b"], &["d"], &["d", "a", "b", "c"]),
        (&["a", "d"], &["d"], &["a", "d", "b", "c"]),
    ] {
        let change = if change.is_empty() {
            json!({"$setElementOrder/containers": named(order)})
        } else {
            json!({"$setElementOrder/containers": named(order), "containers": named(change)})
        };
        assert_eq!(pod(before.clone(), change), Ok(json!({"containers": named(expected)})), "{order:?}");
    }
    let wrong = json!({"$setElementOrder/containers": named(&["a", "b"]), "containers": named(&["b", "a"])});
    let (code, why) = pod(before, wrong).unwrap_err();
    assert_eq!(code, 500);
    assert!(why.starts_with("The order in patch list:\n[map[name:b] map[name:a]]\n doesn't match"), "{why}");
}

#[test]
fn new_elements_of_a_replaced_list_come_first() {
    let named = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    let change = json!({"$setElementOrder/volumes": [],
        "volumes": [{"name": "b"}, {"$patch": "replace"}, {"name": "a"}, {"name": "c"}]});
    let merged = pod(json!({"volumes": named(&["a", "b"])}), change);
    assert_eq!(merged, Ok(json!({"volumes": named(&["c", "a", "b"])})));
    let keyless = json!({"volumes": [{"$patch": "replace"}, {"x": 1}]});
    assert!(pod(json!({"volumes": named(&["a"])}), keyless).is_err());
}

#[test]
fn an_element_that_takes_the_place_of_a_deleted_one_has_its_order() {
    let named = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    let change = json!({"$setElementOrder/volumes": [{"name": "c"}],
        "volumes": [{"name": "b", "$patch": "delete"}, {"name": "c"}]});
    let merged = pod(json!({"volumes": named(&["a", "b"])}), change);
    assert_eq!(merged, Ok(json!({"volumes": named(&["a", "c"])})));
}

#[test]
fn retained_keys_are_all_that_stays() {
    let before = json!({"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}});
    let deployment = |before: &Value, change: Value| {
        merge(("apps/v1", "Deployment"), json!({ "spec": before }), json!({ "spec": change }))
            .map(|merged| merged["spec"].clone())
    };
    let change = json!({"strategy": {"$retainKeys": ["type"], "type": "Recreate"}});
    assert_eq!(deployment(&before, change), Ok(json!({"strategy": {"type": "Recreate"}})));
    for wrong in [json!({"$retainKeys": ["type"], "rollingUpdate": {}}), json!({"$retainKeys": "type"})] {
        let refused = Err((400, "invalid patch format of retainKeys".to_owned()));
        assert_eq!(deployment(&before, json!({ "strategy": wrong })), refused);
    }
}

#[test]
fn what_cannot_be_merged_is_told_why() {
    let before = json!({"containers": [{"name": "a"}], "tolerations": [{"key": "x"}], "nodeName": "n"});
    for (change, code, expected) in [
        (
            json!({"containers": [{"image": "x"}]}),
            500,
            "map: map[image:x] does not contain declared merge key: name",
        ),
        (json!({"containers": ["x"]}), 500, "list element types are not identical: [[map[name:a]] [x]]"),
        (json!({"containers": [["x"]]}), 500, "list element types are not identical: [[map[name:a]] [[x]]]"),
        (
            json!({"containers": [{"name": "a", "$patch": "merge"}]}),
            500,
            "merging lists cannot yet be specified in the patch",
        ),
        (json!({"$patch": "nope"}), 500, "unknown patch type: nope in map: map[$patch:nope]"),
        (json!({"$deleteFromPrimitiveList": []}), 400, "invalid patch format of primitive list"),
        (json!({"$setElementOrdercontainers": []}), 400, "invalid patch format of setElementOrder list"),
        (
            json!({"$setElementOrder/containers": {}}),
            500,
            "expected a []interface {}, but received a map[string]interface {}",
        ),
        (
            json!({"$setElementOrder/nope": []}),
            500,
            "unable to find api field in struct PodSpec for the json field \"nope\"",
        ),
    ] {
        assert_eq!(pod(before.clone(), change.clone()), Err((code, expected.to_owned())), "{change}");
    }
    let lists = pod(json!({"containers": []}), json!({"containers": [["x"]]}));
    assert_eq!(lists, Err((422, "lists of lists are not supported".to_owned())));
}

#[test]
fn a_merged_object_is_converted_to_its_struct() {
    let of = types::of_gvk("apps/v1", "Deployment").unwrap();
    let mut object = json!({"spec": {"replicas": 2.0, "foo": 1, "paused": null, "template": {"spec": {"containers": [{"bar": 1}]}}}});
    let unknown = convert(of, &mut object).unwrap();
    assert_eq!(unknown, ["spec.foo", "spec.template.spec.containers[0].bar"]);
    assert_eq!(object["spec"]["replicas"].to_string(), "2");
    for (spec, expected) in [
        (json!({"replicas": 1.5}), "cannot convert float64 to int32"),
        (json!({"replicas": "1"}), "unrecognized type: int32"),
        (json!({"paused": 1}), "unrecognized type: bool"),
        (json!({"selector": "x"}), "cannot restore struct from: string"),
        (json!({"selector": {"matchLabels": [1]}}), "cannot restore map from slice"),
        (json!({"selector": {"matchLabels": {"a": 1}}}), "cannot convert int64 to string"),
        (json!({"selector": {"matchExpressions": {}}}), "cannot restore slice from map"),
        (
            json!({"strategy": {"rollingUpdate": {"maxSurge": true}}}),
            "json: cannot unmarshal bool into Go value of type int32",
        ),
        (
            json!({"template": {"metadata": {"creationTimestamp": 5}}}),
            "json: cannot unmarshal number into Go value of type string",
        ),
    ] {
        let mut object = json!({ "spec": spec });
        assert_eq!(convert(of, &mut object), Err(expected.to_owned()), "{object}");
    }
}
