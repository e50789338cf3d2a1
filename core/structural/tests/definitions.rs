//! What the API server refuses in a definition, as tried against kube-apiserver v1.37.2.

use kubist_structural::StructuralSchema;
use kubist_structural::definition;
use serde_json::{Value, json};

/// Why a schema is refused whose `spec.f` is this; places are relative to the field.
fn wrong(field: Value) -> Vec<String> {
    let schema =
        json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {"f": field}}}});
    let place = "openAPIV3Schema.properties[spec].properties[f]";
    match StructuralSchema::new(&schema) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(|error| error.to_string().replace(place, "f")).collect(),
    }
}

#[track_caller]
fn taken(field: Value) {
    assert_eq!(wrong(field.clone()), Vec::<String>::new(), "{field}");
}

#[track_caller]
fn refused(field: Value, why: &str) {
    assert_eq!(wrong(field.clone()), [why], "{field}");
}

fn website() -> Value {
    json!({
        "metadata": {"name": "websites.example.com"},
        "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "websites", "kind": "Website"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object", "properties": {"spec": {"type": "object", "properties": {
                    "size": {"type": "integer"}, "class": {"type": "string"}, "labels": {"type": "object",
                    "additionalProperties": {"type": "string"}}}}}}}}]},
    })
}

/// The fields that are wrong when this part of a good definition is replaced.
fn fields(pointer: &str, value: Value) -> Vec<String> {
    let mut changed = website();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a slash");
    changed.pointer_mut(parent).expect("a part of the definition")[name] = value;
    definition::problems(&changed).into_iter().map(|error| error.field).collect()
}

#[test]
fn references_and_definitions_are_no_structure() {
    refused(json!({"$ref": "x"}), "f.$ref: Forbidden: $ref is not supported");
    refused(
        json!({"type": "object", "definitions": {}}),
        "f.definitions: Forbidden: definitions is not supported",
    );
    refused(
        json!({"type": "array", "items": [{"type": "string"}]}),
        "f.items: Forbidden: items must be a schema object and not an array",
    );
    refused(json!({"type": "array"}), "f.items: Required value: must be specified");
}

#[test]
fn branches_constrain_but_do_not_shape() {
    for (branch, word, why) in [
        (json!({"type": "string"}), "type", "must be empty to be structural"),
        (json!({"description": "x"}), "description", "must be empty to be structural"),
        (json!({"default": "x"}), "default", "must be undefined to be structural"),
        (json!({"nullable": true}), "nullable", "must be false to be structural"),
        (
            json!({"additionalProperties": {"type": "string"}}),
            "additionalProperties",
            "must be undefined to be structural",
        ),
    ] {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "anyOf": [branch]});
        refused(schema, &format!("f.anyOf[0].{word}: Forbidden: {why}"));
    }
    taken(
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "not": {"required": ["a"], "additionalProperties": false}}),
    );
    // Below the root nobody looks whether a branch names what there is.
    taken(
        json!({"type": "object", "properties": {}, "oneOf": [{"required": ["x"]}, {"properties": {"y": {"enum": [1]}}}]}),
    );
}

#[test]
fn properties_and_other_keys_exclude_each_other() {
    let both = |additional: Value| json!({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": additional});
    let why = "f.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive";
    refused(both(json!({"type": "string"})), why);
    refused(both(json!(false)), why);
    taken(both(json!(true)));
}

#[test]
fn defaults_are_values_that_the_schema_takes() {
    refused(
        json!({"type": "integer", "default": "x"}),
        "f.default: Invalid value: \"string\":  in body must be of type integer: \"string\"",
    );
    let object = |default: Value| json!({"type": "object", "required": ["a"], "default": default, "properties": {"a": {"type": "string", "default": "x"}}});
    taken(object(json!({"a": "y"})));
    // Defaults inside are not filled in before a default is judged.
    refused(object(json!({})), "f.default.a: Required value");
    refused(
        object(json!({"a": "y", "b": 1})),
        "f.default: Invalid value: {\"a\":\"y\",\"b\":1}: must not have unknown fields",
    );
    // Nobody looks at what a list repeats, nor below the values of a map.
    taken(
        json!({"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}, "default": ["a", "a"]}),
    );
    taken(json!({"type": "object", "additionalProperties": {"type": "integer", "default": "x"}}));
}

#[test]
fn keys_of_a_list_are_scalars_that_are_always_there() {
    let list = |keys: Value, items: Value| json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys, "items": items});
    let items = |k: Value| json!({"type": "object", "required": ["k"], "properties": {"k": k}});
    for kind in ["string", "integer", "number", "boolean"] {
        taken(list(json!(["k"]), items(json!({"type": kind}))));
    }
    taken(list(
        json!(["k"]),
        json!({"type": "object", "properties": {"k": {"type": "string", "default": ""}}}),
    ));
    refused(
        list(json!([]), items(json!({"type": "string"}))),
        "f.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map",
    );
    refused(
        list(json!(["x"]), items(json!({"type": "string"}))),
        "f.x-kubernetes-list-map-keys: Invalid value: [\"x\"]: entries must all be names of item properties",
    );
    refused(
        list(json!(["k"]), json!({"type": "object", "properties": {"k": {"type": "string"}}})),
        "f.items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
    );
    refused(
        list(json!(["k"]), items(json!({"type": "object"}))),
        "f.items.properties[k].type: Invalid value: \"object\": must be a scalar type if parent array's x-kubernetes-list-type is map",
    );
    refused(
        list(json!(["k"]), items(json!({"type": "string", "nullable": true}))),
        "f.items.properties[k].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable",
    );
    refused(
        list(json!(["k"]), json!({"x-kubernetes-preserve-unknown-fields": true})),
        "f.items.type: Invalid value: \"\": must be object if parent array's x-kubernetes-list-type is map",
    );
}

#[test]
fn a_set_holds_what_is_one_value() {
    let set = |items: Value| json!({"type": "array", "x-kubernetes-list-type": "set", "items": items});
    taken(set(json!({"type": "string"})));
    taken(set(json!({"type": "object", "x-kubernetes-map-type": "atomic"})));
    refused(
        set(json!({"type": "object"})),
        "f.items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set",
    );
    refused(
        set(json!({"type": "string", "nullable": true})),
        "f.items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set",
    );
}

#[test]
fn what_is_odd_but_taken() {
    for schema in [
        json!({"type": "integer", "minimum": 5, "maximum": 1}),
        json!({"type": "string", "minimum": 5}),
        json!({"type": "string", "minLength": -1}),
        json!({"type": "integer", "multipleOf": 0}),
        json!({"type": "string", "format": "no such format"}),
        json!({"type": "string", "const": "x"}),
        json!({"type": "array", "uniqueItems": false, "items": {"type": "string"}}),
        json!({"type": "object", "properties": {"": {"type": "string"}, "a b": {"type": "string"}, "$x": {"type": "string"}}}),
    ] {
        taken(schema);
    }
    refused(
        json!({"type": "array", "uniqueItems": true, "items": {"type": "string"}}),
        "f.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
    );
}

#[test]
fn the_flags_of_integers_or_strings_stand_alone() {
    taken(
        json!({"x-kubernetes-int-or-string": true, "allOf": [{"anyOf": [{"type": "integer"}, {"type": "string"}]}, {"pattern": "x"}]}),
    );
    let turned = wrong(
        json!({"x-kubernetes-int-or-string": true, "anyOf": [{"type": "string"}, {"type": "integer"}]}),
    );
    assert_eq!(turned.len(), 2, "{turned:?}");
    let both =
        wrong(json!({"x-kubernetes-int-or-string": true, "x-kubernetes-preserve-unknown-fields": true}));
    assert_eq!(
        both,
        [
            "f.x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true"
        ]
    );
}

#[test]
fn rules_are_read_against_their_schema() {
    let rule = |rule: Value| json!({"type": "object", "properties": {"a": {"type": "integer"}}, "x-kubernetes-validations": [rule]});
    taken(rule(
        json!({"rule": "self.a > 0", "messageExpression": "'a is %d'.format([self.a])", "fieldPath": ".a"}),
    ));
    let unknown = wrong(rule(json!({"rule": "self.b > 0"})));
    assert_eq!(
        unknown,
        [
            "f.x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.b \\u003e 0\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: undefined field 'b'\n | self.b > 0\n | ....^"
        ]
    );
    assert!(wrong(rule(json!({"rule": "self.a"})))[0].ends_with("cel expression must evaluate to a bool"));
    refused(
        rule(json!({"rule": "self.a > 0", "optionalOldSelf": false})),
        "f.x-kubernetes-validations[0].optionalOldSelf: Invalid value: false: may not be set if oldSelf is not used in rule",
    );
    let within = |list: &str| {
        json!({"type": "array", "maxItems": 2, "x-kubernetes-list-type": list, "items": {"type": "integer",
        "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}})
    };
    refused(
        within("atomic"),
        "f.items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within f",
    );
    // An atomic map is not loose.
    taken(
        json!({"type": "object", "x-kubernetes-map-type": "atomic", "properties": {"a": {"type": "integer",
        "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}}),
    );
}

#[test]
fn names_have_their_forms() {
    assert!(definition::problems(&website()).is_empty());
    assert_eq!(fields("/metadata/name", json!("x.example.com")), ["metadata.name"]);
    assert_eq!(
        fields("/spec/names/kind", json!("Web_Site")),
        ["spec.names.singular", "spec.names.kind", "spec.names.listKind"]
    );
    assert_eq!(fields("/spec/names/kind", json!("web-Site")), [""; 0]);
    assert_eq!(
        fields("/spec/names/shortNames", json!(["w", "W", ""])),
        ["spec.names.shortNames[1]", "spec.names.shortNames[2]"]
    );
    assert_eq!(fields("/spec/names/shortNames", json!(["po", "po", "websites"])), [""; 0]);
    assert_eq!(fields("/spec/names/listKind", json!("Website")), ["spec.names.listKind"]);
    assert_eq!(fields("/spec/scope", json!("namespaced")), ["spec.scope"]);
    assert_eq!(fields("/spec/versions/0/name", json!("v1_b")), ["spec.versions[0].name", "spec.version"]);
    assert_eq!(fields("/spec/versions/0/name", json!("v1alfa1")), [""; 0]);
}

#[test]
fn parts_of_a_version_point_to_what_they_may() {
    let column = |path: &str, kind: &str| json!([{"name": "C", "type": kind, "jsonPath": path}]);
    let columns = "/spec/versions/0/additionalPrinterColumns";
    assert_eq!(fields(columns, column(".spec.nothing", "string")), [""; 0]);
    assert_eq!(
        fields(columns, column("spec.size", "integer")),
        ["spec.additionalPrinterColumns[0].JSONPath"]
    );
    assert_eq!(fields(columns, column(".spec.size", "int")), ["spec.additionalPrinterColumns[0].type"]);
    let selectable = |path: &str| fields("/spec/versions/0/selectableFields", json!([{"jsonPath": path}]));
    for good in [".spec.size", ".spec.class", ".spec.labels.app"] {
        assert_eq!(selectable(good), [""; 0], "{good}");
    }
    for bad in [".spec", ".spec.none", ".spec.labels['app']", ".metadata.name", "spec.size"] {
        assert_eq!(selectable(bad), ["spec.selectableFields[0].jsonPath"], "{bad}");
    }
    let scale = |path: &str| {
        fields(
            "/spec/versions/0/subresources",
            json!({"scale": {"specReplicasPath": path, "statusReplicasPath": ".status.n"}}),
        )
    };
    assert_eq!(scale(".spec.size"), [""; 0]);
    assert_eq!(scale(".spec.nothing"), [""; 0]);
    assert_eq!(scale(".spec"), ["spec.subresources.scale.specReplicasPath"]);
    assert_eq!(scale(".status.n"), ["spec.subresources.scale.specReplicasPath"]);
}

#[test]
fn a_served_definition_keeps_its_identity_and_its_stored_versions() {
    let mut old = website();
    old["status"] =
        json!({"conditions": [{"type": "Established", "status": "True"}], "storedVersions": ["v1"]});
    assert!(definition::update_problems(&website(), &old).is_empty());
    let mut scope = website();
    scope["spec"]["scope"] = "Cluster".into();
    assert_eq!(
        definition::update_problems(&scope, &old)[0].to_string(),
        "spec.scope: Invalid value: \"Cluster\": field is immutable"
    );
    let mut removed = website();
    removed["spec"]["versions"][0]["name"] = "v2".into();
    assert_eq!(definition::update_problems(&removed, &old)[0].field, "status.storedVersions[0]");
}

#[test]
fn warnings_name_what_is_dropped_or_not_checked() {
    let mut definition = website();
    definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]["size"] =
        json!({"type": "integer", "format": "uint64", "const": 5});
    assert_eq!(
        definition::warnings(&definition),
        [
            "unknown field \"spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.size.const\"",
            "unrecognized format \"uint64\"",
        ]
    );
}

#[test]
fn a_schema_of_a_definition_knows_its_subresources() {
    let mut definition = website();
    definition["spec"]["versions"][0]["subresources"] =
        json!({"status": {}, "scale": {"specReplicasPath": ".spec.size", "statusReplicasPath": ".status.n"}});
    definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["status"] =
        json!({"type": "object", "properties": {"n": {"type": "integer", "maximum": 5}}});
    assert!(definition::problems(&definition).is_empty());
    let schema = definition::schema(&definition, "v1").unwrap();
    assert!(definition::schema(&definition, "v2").is_none());
    let made = schema.create(&json!({"spec": {"size": 1}, "status": {"n": 9}})).unwrap();
    assert_eq!(made.object, json!({"spec": {"size": 1}}));
    let errors = schema.create(&json!({"spec": {"size": -1}})).unwrap_err();
    assert_eq!(errors[0].to_string(), ".spec.size: Invalid value: -1: should be a non-negative integer");
    let told = schema.update_status(&json!({"spec": {"size": 7}, "status": {"n": 2}}), &made.object).unwrap();
    assert_eq!(told.object, json!({"spec": {"size": 1}, "status": {"n": 2}}));
    let kept = schema.update(&json!({"spec": {"size": 3}, "status": {"n": 4}}), &told.object).unwrap();
    assert_eq!(kept.object, json!({"spec": {"size": 3}, "status": {"n": 2}}));
    assert_eq!(
        schema.update_status(&json!({"status": {"n": 6}}), &kept.object).unwrap_err()[0].field,
        "status.n"
    );
}
