//! What the API server says of changes: what was there before is not judged again, and rules see the old value.

use kubist_structural::StructuralSchema;
use serde_json::{Value, json};

fn of(field: Value) -> StructuralSchema {
    let schema = json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "f": field, "other": {"type": "integer"}}}}});
    StructuralSchema::new(&schema).unwrap_or_else(|errors| panic!("{schema}: {errors:?}"))
}

/// What is wrong when `spec.f` changes.
fn wrong(schema: &StructuralSchema, old: Value, new: Value) -> Vec<String> {
    let errors = schema.validate_update(&json!({"spec": {"f": new}}), &json!({"spec": {"f": old}}));
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn what_has_not_changed_is_not_judged_again() {
    let schema = of(json!({"type": "integer", "maximum": 5}));
    let old = json!({"spec": {"f": 9}});
    assert!(!schema.validate(&old).is_empty());
    assert!(schema.validate_update(&json!({"spec": {"f": 9, "other": 1}}), &old).is_empty());
    assert!(!schema.validate_update(&json!({"spec": {"f": 8}}), &old).is_empty());
}

#[test]
fn items_are_known_again_by_their_keys_only() {
    let items = json!({"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "n": {"type": "integer", "maximum": 5}}});
    let map = of(
        json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": items}),
    );
    let old = json!([{"k": "a", "n": 9}]);
    let more = json!([{"k": "b", "n": 1}, {"k": "a", "n": 9}]);
    assert!(wrong(&map, old.clone(), more.clone()).is_empty());
    let atomic = of(json!({"type": "array", "items": items}));
    assert_eq!(
        wrong(&atomic, old, more),
        ["spec.f[1].n: Invalid value: 9: spec.f[1].n in body should be less than or equal to 5"]
    );
}

#[test]
fn repetitions_that_were_there_may_stay() {
    let schema = of(json!({"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}}));
    assert!(wrong(&schema, json!(["a", "a"]), json!(["a", "a", "b"])).is_empty());
    assert_eq!(wrong(&schema, json!(["a"]), json!(["a", "a"])), ["spec.f[1]: Duplicate value: \"a\""]);
}

#[test]
fn a_rule_over_the_old_value_holds_where_there_is_one() {
    let schema = of(
        json!({"type": "string", "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "immutable"}]}),
    );
    assert!(schema.create(&json!({"spec": {"f": "a"}})).is_ok());
    assert_eq!(wrong(&schema, json!("a"), json!("b")), ["spec.f: Invalid value: \"b\": immutable"]);
    assert!(schema.validate_update(&json!({"spec": {"f": "b"}}), &json!({"spec": {}})).is_empty());
}

#[test]
fn an_optional_old_value_is_there_from_the_start() {
    let schema = of(json!({"type": "integer", "x-kubernetes-validations": [
        {"rule": "!oldSelf.hasValue() || self > oldSelf.value()", "optionalOldSelf": true}]}));
    assert!(schema.create(&json!({"spec": {"f": 1}})).is_ok());
    assert_eq!(wrong(&schema, json!(1), json!(2)), [""; 0]);
    assert_eq!(wrong(&schema, json!(2), json!(1)).len(), 1);
}

#[test]
fn a_rule_that_fails_for_what_was_there_warns() {
    let schema = of(
        json!({"type": "integer", "x-kubernetes-validations": [{"rule": "self > 0", "message": "positive"}]}),
    );
    let old = json!({"spec": {"f": -1}});
    let written = schema.update(&json!({"spec": {"f": -1, "other": 1}}), &old).unwrap();
    assert_eq!(written.warnings, ["spec.f: Invalid value: -1: positive"]);
    assert!(schema.update(&json!({"spec": {"f": -2}}), &old).is_err());
}

#[test]
fn rules_wait_until_an_object_has_the_shape_they_expect() {
    let schema = of(json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}},
        "x-kubernetes-validations": [{"rule": "self.a > 0"}]}));
    let errors = schema.create(&json!({"spec": {"f": {}}})).unwrap_err();
    let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "spec.f.a: Required value",
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
        ]
    );
}

#[test]
fn messages_reasons_and_paths_of_a_rule_take_effect() {
    let schema = of(
        json!({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
        "x-kubernetes-validations": [
            {"rule": "self.a > 0", "messageExpression": "'a is %d'.format([self.a])", "fieldPath": ".a", "reason": "FieldValueForbidden"},
            {"rule": "self.b != ''", "message": "static", "messageExpression": "''"},
            {"rule": "self.a / self.a == 1 || self.a < 0"}]}),
    );
    let errors = schema.create(&json!({"spec": {"f": {"a": 0, "b": ""}}})).unwrap_err();
    let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "spec.f.a: Forbidden: a is 0",
            "spec.f: Invalid value: static",
            "spec.f: Invalid value: \"object\": division by zero evaluating rule: self.a / self.a == 1 || self.a < 0",
        ]
    );
}

#[test]
fn rules_see_numbers_as_they_were_written() {
    let schema = of(json!({"type": "integer", "x-kubernetes-validations": [{"rule": "self != 0"}]}));
    let errors = schema.create(&json!({"spec": {"f": 1.0}})).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "spec.f: Invalid value: \"integer\": invalid data, expected int, got float64 evaluating rule: self != 0"
    );
}

#[test]
fn rules_do_not_look_at_null() {
    let schema =
        of(json!({"type": "string", "nullable": true, "x-kubernetes-validations": [{"rule": "false"}]}));
    assert!(schema.create(&json!({"spec": {"f": null}})).is_ok());
    assert!(schema.create(&json!({"spec": {"f": "x"}})).is_err());
}

#[test]
fn what_cannot_be_judged_is_named() {
    let schema = json!({"type": "object", "properties": {"spec": {"type": "object",
        "x-kubernetes-validations": [{"rule": "self.missing"}], "properties": {"p": {"type": "string", "pattern": "("}}}}});
    let found = StructuralSchema::trusted(&schema).unchecked();
    let fields: Vec<&str> = found.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "openAPIV3Schema.properties[spec].properties[p].pattern",
            "openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule",
        ]
    );
    assert!(
        of(json!({"type": "string", "pattern": "^a", "x-kubernetes-validations": [{"rule": "self != 'a'"}]}))
            .unchecked()
            .is_empty()
    );
}
