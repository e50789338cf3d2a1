use kubist::crd::CustomResourceDefinition;
use kubist::upgrade::{CrdDiff, Severity, crd_diff};
use serde_json::{Value, json};

use crate::website::v1;

fn definition() -> Value {
    json!({
        "metadata": {"name": "websites.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Website", "plural": "websites", "shortNames": ["web"]},
            "versions": [
                {"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                    "type": "object",
                    "properties": {"spec": {
                        "type": "object",
                        "required": ["bucket"],
                        "properties": {
                            "bucket": {"type": "string", "pattern": "^gs://", "maxLength": 100},
                            "replicas": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 100, "default": 1},
                            "mode": {"type": "string", "enum": ["A", "B"]},
                            "pages": {
                                "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                                "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
                            },
                            "labels": {"type": "object", "additionalProperties": {"type": "string", "nullable": true}},
                            "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                        },
                        "x-kubernetes-validations": [{"rule": "self.replicas > 0", "message": "m"}],
                    }},
                }}},
                {"name": "v1alpha1", "served": false, "storage": false, "schema": {"openAPIV3Schema": {"type": "object"}}},
            ],
        },
    })
}

fn read(definition: Value) -> CustomResourceDefinition {
    serde_json::from_value(definition).unwrap()
}

/// The lines of the report after a change at a pointer; null takes the member away.
fn after(pointer: &str, value: Value) -> Vec<String> {
    let mut new = definition();
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let parent = new.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
    match parent {
        Value::Object(parent) if value.is_null() => {
            parent.remove(member).unwrap();
        }
        Value::Object(parent) => {
            parent.insert(member.to_owned(), value);
        }
        Value::Array(items) if value.is_null() => {
            items.remove(member.parse().unwrap());
        }
        Value::Array(items) => items.insert(member.parse().unwrap(), value),
        _ => panic!("{pointer}"),
    }
    lines(&crd_diff(&read(definition()), &read(new)))
}

fn lines(diff: &CrdDiff) -> Vec<String> {
    diff.changes().iter().map(ToString::to_string).collect()
}

const SPEC: &str = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

fn at(path: &str) -> String {
    format!("{SPEC}/properties/{path}")
}

#[test]
fn a_definition_does_not_differ_from_itself_or_from_what_the_server_makes_of_it() {
    assert!(crd_diff(&read(definition()), &read(definition())).is_empty());
    assert!(crd_diff(&v1::Website::crd(), &v1::Website::crd()).is_empty());
    let mut stored = definition();
    stored["metadata"]["resourceVersion"] = "7".into();
    stored["spec"]["names"]["singular"] = "website".into();
    stored["spec"]["names"]["listKind"] = "WebsiteList".into();
    stored["spec"]["conversion"] = json!({"strategy": "None"});
    let mut sent = definition();
    sent["spec"]["names"]["categories"] = json!([]);
    sent["spec"]["preserveUnknownFields"] = false.into();
    sent["spec"]["versions"][0]["deprecated"] = false.into();
    sent["spec"]["versions"][0]["additionalPrinterColumns"] = json!([]);
    let bucket = sent.pointer_mut(&at("bucket")).unwrap();
    bucket["nullable"] = false.into();
    bucket["description"] = "".into();
    bucket["x-kubernetes-embedded-resource"] = false.into();
    let diff = crd_diff(&read(sent), &read(stored));
    assert!(diff.is_empty(), "{diff}");
    assert_eq!(diff.to_string(), "websites.example.com: no changes");
}

#[test]
fn names_and_scope() {
    assert_eq!(
        after("/spec/scope", "Cluster".into()),
        ["breaking  scope: it is `Cluster` and was `Namespaced`: the server refuses to change it"]
    );
    assert_eq!(
        after("/spec/names/plural", "sites".into()),
        ["breaking  names.plural: it is `sites` and was `websites`: the server refuses to change it"]
    );
    assert_eq!(
        after("/spec/names/shortNames", json!(["ws"])),
        [
            "risky     names.shortNames: `web` is gone: commands that use it fail",
            "safe      names.shortNames: `ws` is new"
        ]
    );
}

#[test]
fn versions_that_come_and_go() {
    assert_eq!(
        after("/spec/versions/1", Value::Null),
        ["safe      v1alpha1: the version is gone; it was not served"]
    );
    assert_eq!(
        after("/spec/versions/0", Value::Null),
        ["breaking  v1: the version is gone, and objects may be stored in it: the server refuses this"]
    );
    assert_eq!(
        after("/spec/versions/0/served", false.into()),
        ["breaking  v1: the version is not served any more: clients that use it get 404"]
    );
    let mut v2 = definition()["spec"]["versions"][0].clone();
    (v2["name"], v2["storage"]) = ("v2".into(), false.into());
    assert_eq!(after("/spec/versions/0", v2), ["safe      v2: the version is new"]);
    // What is stored is what the status says.
    let mut old = definition();
    old["status"] = json!({"storedVersions": ["v1alpha1", "v1"]});
    let mut new = definition();
    new["spec"]["versions"].as_array_mut().unwrap().pop();
    let diff = crd_diff(&read(old), &read(new));
    assert_eq!(diff.worst(), Some(Severity::Breaking));
    let mut moved = definition();
    moved["spec"]["versions"][0]["storage"] = false.into();
    moved["spec"]["versions"][1]["storage"] = true.into();
    let diff = crd_diff(&read(definition()), &read(moved));
    assert_eq!(
        lines(&diff),
        [
            "risky     versions: objects are stored in v1alpha1 now, not in v1: those that are there stay as they are until they are written again"
        ]
    );
}

#[test]
fn fields_that_come_and_go() {
    assert_eq!(
        after(&at("mode"), Value::Null),
        ["breaking  v1 spec.mode: the field is gone: what is stored in it is lost"]
    );
    assert_eq!(after(&at("tls"), json!({"type": "boolean"})), ["safe      v1 spec.tls: the field is new"]);
    assert_eq!(
        after(&format!("{SPEC}/required/1"), "mode".into()),
        ["breaking  v1 spec.mode: the field is required now: objects without it are refused"]
    );
    assert_eq!(
        after(&format!("{SPEC}/required/1"), "replicas".into()),
        ["safe      v1 spec.replicas: the field is required now, and has a default"]
    );
    assert_eq!(
        after(&format!("{SPEC}/required/0"), Value::Null),
        [
            "risky     v1 spec.bucket: the field is not required any more: clients may not expect objects without it"
        ]
    );
    assert_eq!(
        after(&at("free/properties"), json!({"a": {"type": "string"}})),
        ["risky     v1 spec.free.a: the field is new: objects that have such a field already may not fit"]
    );
    assert_eq!(
        after(&at("free/x-kubernetes-preserve-unknown-fields"), Value::Null),
        ["breaking  v1 spec.free: unknown fields are not kept any more: they are lost"]
    );
}

#[test]
fn types_and_formats() {
    assert_eq!(
        after(&at("mode"), json!({"type": "integer"})),
        ["breaking  v1 spec.mode: it is integer and was string: what is stored does not fit"]
    );
    assert_eq!(
        after(&at("mode"), json!({"x-kubernetes-int-or-string": true})),
        [
            "risky     v1 spec.mode: it is integer or string and was string: clients may read what they do not expect"
        ]
    );
    assert_eq!(
        after(&at("labels"), json!({"type": "object", "properties": {}})),
        ["breaking  v1 spec.labels: it is an object and was a map: what is stored does not fit"]
    );
    assert_eq!(
        after(&at("replicas/format"), "int64".into()),
        ["risky     v1 spec.replicas: the format is not `int32` any more: clients may read greater numbers"]
    );
    assert_eq!(
        after(&at("bucket/format"), "uri".into()),
        ["risky     v1 spec.bucket: the format is `uri` now: what does not fit it is refused"]
    );
}

#[test]
fn defaults() {
    assert_eq!(
        after(&at("replicas/default"), 2.into()),
        ["risky     v1 spec.replicas: the default is `2` and was `1`: objects without the field change"]
    );
    assert_eq!(
        after(&at("replicas/default"), Value::Null),
        ["risky     v1 spec.replicas: the default `1` is gone: objects without the field have none now"]
    );
    assert_eq!(
        after(&at("mode/default"), "A".into()),
        ["risky     v1 spec.mode: the default `A` is new: objects without the field have it now"]
    );
}

#[test]
fn bounds_patterns_and_enums() {
    assert_eq!(
        after(&at("replicas/maximum"), 10.into()),
        ["breaking  v1 spec.replicas: the maximum is `10` and was `100`: greater numbers are refused"]
    );
    assert_eq!(
        after(&at("replicas/maximum"), 200.into()),
        ["safe      v1 spec.replicas: the maximum is `200` and was `100`"]
    );
    assert_eq!(
        after(&at("replicas/minimum"), 1.into()),
        ["breaking  v1 spec.replicas: the minimum is `1` and was `0`: smaller numbers are refused"]
    );
    assert_eq!(
        after(&at("bucket/maxLength"), Value::Null),
        ["safe      v1 spec.bucket: the greatest length `100` is gone"]
    );
    assert_eq!(
        after(&at("bucket/minLength"), 3.into()),
        ["breaking  v1 spec.bucket: the least length `3` is new: shorter strings are refused"]
    );
    assert_eq!(
        after(&at("replicas/exclusiveMinimum"), true.into()),
        ["breaking  v1 spec.replicas: the minimum itself is refused now"]
    );
    assert_eq!(
        after(&at("replicas/multipleOf"), 2.into()),
        ["breaking  v1 spec.replicas: the number must be a multiple of `2` now"]
    );
    assert_eq!(
        after(&at("bucket/pattern"), "^s3://".into()),
        [
            "risky     v1 spec.bucket: the pattern is `^s3://` and was `^gs://`: what fits the old one may be refused"
        ]
    );
    assert_eq!(
        after(&at("mode/pattern"), "^A".into()),
        ["breaking  v1 spec.mode: `pattern` `^A` is new: what does not fit it is refused"]
    );
    assert_eq!(
        after(&at("mode/enum"), json!(["A", "C"])),
        [
            "breaking  v1 spec.mode: the value `B` is gone: it is refused",
            "risky     v1 spec.mode: the value `C` is new: clients may not know it",
        ]
    );
    assert_eq!(
        after(&at("bucket/enum"), json!(["gs://a"])),
        ["breaking  v1 spec.bucket: only `gs://a` are allowed now: other values are refused"]
    );
}

#[test]
fn topology_nullable_and_rules() {
    assert_eq!(
        after(&at("pages/x-kubernetes-list-type"), "atomic".into()),
        [
            "risky     v1 spec.pages: the list is `atomic` and was `map`: appliers of parts of it take it from each other"
        ]
    );
    assert_eq!(
        after(&at("pages/x-kubernetes-list-map-keys/1"), "port".into()),
        [
            "breaking  v1 spec.pages: the keys of the list are `[\"name\",\"port\"]` now: items that are there twice are refused"
        ]
    );
    assert_eq!(
        after(&at("pages/items/properties/name/maxLength"), 3.into()),
        ["breaking  v1 spec.pages[].name: the greatest length `3` is new: longer strings are refused"]
    );
    assert_eq!(
        after(&at("labels/additionalProperties/nullable"), false.into()),
        ["breaking  v1 spec.labels[*]: null is no value any more: where it is stored it is lost"]
    );
    assert_eq!(
        after(&at("labels/x-kubernetes-map-type"), "atomic".into()),
        ["risky     v1 spec.labels: it is `atomic` and was `granular`: who owns it under apply changes"]
    );
    assert_eq!(
        after(&format!("{SPEC}/x-kubernetes-validations/1"), json!({"rule": "true", "message": "m"})),
        ["breaking  v1 spec: the rule `true` is new: what breaks it is refused"]
    );
    assert_eq!(
        after(&format!("{SPEC}/x-kubernetes-validations/0"), Value::Null),
        ["safe      v1 spec: the rule `self.replicas > 0` is gone"]
    );
    assert_eq!(
        after(&format!("{SPEC}/x-kubernetes-validations/0/message"), "n".into()),
        ["safe      v1 spec: the rule `self.replicas > 0` says other words"]
    );
    assert_eq!(
        after(&at("mode/description"), "d".into()),
        ["safe      v1 spec.mode: the documentation has changed"]
    );
}

#[test]
fn subresources_columns_and_conversion() {
    assert_eq!(
        after("/spec/versions/0/subresources", json!({"status": {}})),
        [
            "breaking  v1 subresources.status: the subresource is new: a status in a write of the whole object is ignored now"
        ]
    );
    let column = json!([{"name": "A", "type": "string", "jsonPath": ".spec.bucket"}]);
    assert_eq!(
        after("/spec/versions/0/additionalPrinterColumns", column),
        ["safe      v1 additionalPrinterColumns: the columns of `kubectl get` are others"]
    );
    let webhook = json!({"strategy": "Webhook", "webhook": {"conversionReviewVersions": ["v1"], "clientConfig": {"url": "https://a"}}});
    assert_eq!(
        after("/spec/conversion", webhook),
        ["risky     conversion: objects are converted by a webhook now, which must be there"]
    );
    assert_eq!(
        after("/spec/versions/0/selectableFields", json!([{"jsonPath": ".spec.mode"}])),
        ["safe      v1 selectableFields: `.spec.mode` is new"]
    );
    assert_eq!(
        after("/spec/versions/0/deprecated", true.into()),
        ["safe      v1: the version is deprecated now: clients are warned"]
    );
}

#[test]
fn versions_that_differ_need_a_webhook_and_its_certificates_may_change() {
    let with = |schema: Value, conversion: Value| {
        let mut new = definition();
        let v2 =
            json!({"name": "v2", "served": true, "storage": false, "schema": {"openAPIV3Schema": schema}});
        new["spec"]["versions"].as_array_mut().unwrap().push(v2);
        new["spec"]["conversion"] = conversion;
        new
    };
    let none = json!({"strategy": "None"});
    let same = definition()["spec"]["versions"][0]["schema"]["openAPIV3Schema"].clone();
    let mut other = same.clone();
    other["properties"]["spec"]["properties"].as_object_mut().unwrap().remove("mode").unwrap();
    let diff = |old: &Value, new: &Value| lines(&crd_diff(&read(old.clone()), &read(new.clone())));
    assert_eq!(diff(&definition(), &with(same, none.clone())), ["safe      v2: the version is new"]);
    assert_eq!(
        diff(&definition(), &with(other.clone(), none.clone())),
        [
            "breaking  conversion: v2 and v1 differ in `spec.mode`, and no webhook converts between them",
            "safe      v2: the version is new",
        ]
    );
    // What was so before is no change.
    assert!(diff(&with(other.clone(), none.clone()), &with(other.clone(), none)).is_empty());
    let webhook = |certificates: &str| {
        let config = json!({"url": "https://a", "caBundle": certificates});
        json!({"strategy": "Webhook", "webhook": {"conversionReviewVersions": ["v1"], "clientConfig": config}})
    };
    assert_eq!(
        diff(&with(other.clone(), webhook("YQ==")), &with(other, webhook("Yg=="))),
        ["safe      conversion: the webhook has other certificates"]
    );
}

#[test]
fn a_report_counts_and_puts_the_worst_first() {
    let mut new = definition();
    new["spec"]["versions"].as_array_mut().unwrap().pop();
    *new.pointer_mut(&at("replicas/maximum")).unwrap() = 10.into();
    *new.pointer_mut(&at("replicas/default")).unwrap() = 2.into();
    let diff = crd_diff(&read(definition()), &read(new));
    assert_eq!(
        diff.to_string(),
        "websites.example.com: 1 breaking, 1 risky, 1 safe changes\n  \
         breaking  v1 spec.replicas: the maximum is `10` and was `100`: greater numbers are refused\n  \
         risky     v1 spec.replicas: the default is `2` and was `1`: objects without the field change\n  \
         safe      v1alpha1: the version is gone; it was not served"
    );
    assert_eq!(
        diff.into_iter().map(|change| change.path).collect::<Vec<_>>(),
        ["spec.replicas", "spec.replicas", ""]
    );
}
