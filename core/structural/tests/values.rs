//! What the API server makes of values, as tried against kube-apiserver v1.37.2.

use kubist_structural::StructuralSchema;
use serde_json::{Value, json};

/// The schema of a kind whose `spec.f` has this schema.
fn of(field: Value) -> StructuralSchema {
    let schema =
        json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {"f": field}}}});
    StructuralSchema::new(&schema).unwrap_or_else(|errors| panic!("{schema}: {errors:?}"))
}

/// `spec.f` as it is stored, or why it is refused. `Value::Null` stands for a field that is not there.
fn stored(field: &Value, value: Value) -> Result<Value, Vec<String>> {
    let written = of(field.clone()).create(&json!({"spec": {"f": value}}));
    written
        .map(|written| written.object["spec"]["f"].clone())
        .map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[track_caller]
fn takes(field: Value, values: impl IntoIterator<Item = Value>) {
    for value in values {
        assert_eq!(stored(&field, value.clone()), Ok(value.clone()), "{field}");
    }
}

#[track_caller]
fn refuses(field: Value, values: impl IntoIterator<Item = Value>) {
    for value in values {
        assert!(stored(&field, value.clone()).is_err(), "{field} takes {value}");
    }
}

#[track_caller]
fn becomes(field: Value, value: Value, wanted: Value) {
    assert_eq!(stored(&field, value), Ok(wanted), "{field}");
}

#[test]
fn null_goes_unless_it_is_allowed_and_then_it_stays() {
    let spec =
        |field: &Value| of(field.clone()).create(&json!({"spec": {"f": null}})).map(|written| written.object);
    assert_eq!(spec(&json!({"type": "string"})), Ok(json!({"spec": {}})));
    assert_eq!(spec(&json!({"type": "string", "nullable": true})), Ok(json!({"spec": {"f": null}})));
    assert_eq!(spec(&json!({"type": "string", "default": "x"})), Ok(json!({"spec": {"f": "x"}})));
    let both = json!({"type": "string", "default": "x", "nullable": true});
    assert_eq!(spec(&both), Ok(json!({"spec": {"f": null}})));
}

#[test]
fn null_in_maps_and_members_goes_but_in_lists_it_is_refused() {
    let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
    becomes(map, json!({"a": null, "b": "x"}), json!({"b": "x"}));
    let list = json!({"type": "array", "items": {"type": "string"}});
    refuses(list, [json!([null])]);
    let nullable = json!({"type": "array", "items": {"type": "string", "nullable": true}});
    takes(nullable, [json!([null, "a"])]);
    let of_objects =
        json!({"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}});
    becomes(of_objects, json!([{"n": null}]), json!([{}]));
}

#[test]
fn null_for_a_required_field_is_dropped_first_and_then_missing() {
    let schema = json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "string"}}});
    assert_eq!(stored(&schema, json!({"n": null})), Err(vec!["spec.f.n: Required value".to_owned()]));
}

#[test]
fn apply_does_not_drop_nulls() {
    let schema = of(json!({"type": "string"}));
    let errors = schema.apply(&json!({"spec": {"f": null}})).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "spec.f: Invalid value: \"null\": spec.f in body must be of type string: \"null\""
    );
    assert!(of(json!({"type": "string", "nullable": true})).apply(&json!({"spec": {"f": null}})).is_ok());
    let filled = of(json!({"type": "string", "default": "x"})).apply(&json!({"spec": {"f": null}})).unwrap();
    assert_eq!(filled.object["spec"]["f"], "x");
}

#[test]
fn null_and_a_closed_set_go_together_only_through_a_branch() {
    let plain = json!({"type": "string", "nullable": true, "enum": ["A", "B"]});
    refuses(plain, [Value::Null]);
    let branch = json!({"type": "string", "nullable": true, "allOf": [{"enum": ["A", "B"]}]});
    takes(branch.clone(), [Value::Null, json!("A")]);
    refuses(branch, [json!("C")]);
}

#[test]
fn integers_are_whole_and_fit_into_64_bits() {
    let int = json!({"type": "integer"});
    takes(int.clone(), [json!(0), json!(i64::MIN), json!(i64::MAX)]);
    becomes(int.clone(), json!(1.0), json!(1));
    becomes(int.clone(), json!(1e3), json!(1000));
    refuses(
        int,
        [json!(1.5), json!(u64::MAX), json!(9_223_372_036_854_775_808_u64), json!("1"), json!(true)],
    );
    let int32 = json!({"type": "integer", "format": "int32"});
    takes(int32.clone(), [json!(i32::MIN), json!(i32::MAX)]);
    refuses(int32, [json!(2_147_483_648_i64)]);
    // The server knows no other sizes.
    takes(json!({"type": "integer", "format": "uint8"}), [json!(-1), json!(300)]);
}

#[test]
fn a_bound_that_cannot_be_represented_refuses_everything() {
    for bound in [json!({"maximum": 9_223_372_036_854_775_807_i64}), json!({"minimum": i64::MIN})] {
        let mut schema = json!({"type": "integer"});
        schema.as_object_mut().unwrap().extend(bound.as_object().unwrap().clone());
        refuses(schema, [json!(0)]);
    }
    takes(json!({"type": "integer", "maximum": 9_223_372_036_854_774_784_i64}), [json!(0)]);
    refuses(json!({"type": "integer", "format": "int32", "maximum": 4_294_967_295_i64}), [json!(0)]);
}

#[test]
fn exclusive_bounds_need_a_bound() {
    refuses(json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true}), [json!(0)]);
    takes(json!({"type": "integer", "exclusiveMinimum": true}), [json!(0)]);
    refuses(json!({"type": "integer", "multipleOf": 0}), [json!(0), json!(5)]);
    takes(json!({"type": "integer", "multipleOf": 5}), [json!(10)]);
    refuses(json!({"type": "integer", "multipleOf": 5}), [json!(11)]);
}

#[test]
fn lengths_are_counted_in_code_points_and_told_in_bytes() {
    let short = json!({"type": "string", "maxLength": 1});
    takes(short.clone(), [json!("é"), json!("😀")]);
    assert_eq!(
        stored(&short, json!("e\u{301}")),
        Err(vec!["spec.f: Too long: may not be more than 1 byte".to_owned()])
    );
}

#[test]
fn patterns_are_not_anchored_and_classes_are_ascii() {
    takes(json!({"type": "string", "pattern": "b"}), [json!("abc")]);
    refuses(json!({"type": "string", "pattern": "^a$"}), [json!("a\n")]);
    refuses(json!({"type": "string", "pattern": r"^\d$"}), [json!("٣")]);
}

#[test]
fn integers_or_strings_are_told_apart_by_nothing_but_the_flag() {
    for schema in [
        json!({"x-kubernetes-int-or-string": true}),
        json!({"x-kubernetes-int-or-string": true, "type": "object"}),
        json!({"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}]}),
    ] {
        takes(schema.clone(), [json!(80), json!("http")]);
        refuses(schema, [json!(true), json!(1.5), json!({})]);
    }
}

#[test]
fn closed_sets_compare_numbers_and_not_their_spelling() {
    becomes(json!({"type": "integer", "enum": [1, 2]}), json!(1.0), json!(1));
    // An empty set is none.
    takes(json!({"type": "string", "enum": []}), [json!("anything")]);
    assert_eq!(
        stored(&json!({"type": "string", "enum": ["A", "B"]}), json!("C")),
        Err(vec!["spec.f: Unsupported value: \"C\": supported values: \"A\", \"B\"".to_owned()])
    );
}

#[test]
fn sets_and_maps_of_lists_have_no_repetitions() {
    let set = json!({"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "integer"}});
    refuses(set.clone(), [json!([1, 1])]);
    // The spelling is compared, although both are stored as the same.
    becomes(set, json!([1, 1.0]), json!([1, 1]));
    let map = json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k", "p"],
        "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "p": {"type": "string", "default": "TCP"}}}});
    becomes(
        map.clone(),
        json!([{"k": "a"}, {"k": "a", "p": "UDP"}]),
        json!([{"k": "a", "p": "TCP"}, {"k": "a", "p": "UDP"}]),
    );
    refuses(map, [json!([{"k": "a"}, {"k": "a", "p": "TCP"}])]);
}

#[test]
fn a_value_of_any_shape_keeps_null_only_if_it_may() {
    let any = json!({"x-kubernetes-preserve-unknown-fields": true});
    becomes(any.clone(), json!({"a": {"b": null}}), json!({"a": {"b": null}}));
    let map = |of: Value| json!({"type": "object", "additionalProperties": of});
    becomes(map(any), json!({"a": null}), json!({}));
    takes(map(json!({"x-kubernetes-preserve-unknown-fields": true, "nullable": true})), [json!({"a": null})]);
}

#[test]
fn unknown_fields_go_unless_they_are_preserved() {
    let object = of(json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    let written = object
        .create(&json!({"other": 1, "spec": {"f": {"a": "x", "b": 1}}, "metadata": {"foo": 1}}))
        .unwrap();
    assert_eq!(written.object, json!({"spec": {"f": {"a": "x"}}, "metadata": {}}));
    assert_eq!(written.pruned, ["metadata.foo", "other", "spec.f.b"]);
    // Without a schema for what they hold, objects are emptied.
    becomes(
        json!({"type": "object", "additionalProperties": true}),
        json!({"a": {"b": 1}}),
        json!({"a": {}}),
    );
    becomes(json!({"type": "object"}), json!({"a": 1}), json!({}));
    let open = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true,
        "properties": {"n": {"type": "object", "properties": {"k": {"type": "integer"}}}}});
    becomes(open, json!({"x": {"y": 1}, "n": {"k": 1, "l": 2}}), json!({"x": {"y": 1}, "n": {"k": 1}}));
}

#[test]
fn defaults_fill_what_is_missing_but_make_no_parents() {
    let nested = json!({"type": "object", "properties": {"o": {"type": "object", "properties": {
        "d": {"type": "string", "default": "x"}}}}});
    becomes(nested.clone(), json!({}), json!({}));
    becomes(nested, json!({"o": {}}), json!({"o": {"d": "x"}}));
    let spelled = json!({"type": "object", "properties": {"o": {"type": "object", "default": {}, "properties": {
        "d": {"type": "string", "default": "x"}}}}});
    becomes(spelled, json!({}), json!({"o": {"d": "x"}}));
    let items = json!({"type": "array", "items": {"type": "object", "properties": {"d": {"type": "integer", "default": 1}}}});
    becomes(items, json!([{}]), json!([{"d": 1}]));
    let map = json!({"type": "object", "additionalProperties": {"type": "integer", "default": 7}});
    becomes(map, json!({"a": null}), json!({"a": 7}));
}

#[test]
fn embedded_objects_have_a_type_and_metadata_of_their_own() {
    let any = json!({"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true});
    takes(
        any.clone(),
        [json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "Not_A_Name"}, "x": 1})],
    );
    refuses(any.clone(), [json!({"kind": "Pod"}), json!({"apiVersion": "a/b/c", "kind": "Pod"})]);
    refuses(any, [json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"a b": "c"}}})]);
}

#[test]
fn a_union_of_keys_takes_exactly_one() {
    let union = json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "object", "properties": {}}},
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}]});
    takes(union.clone(), [json!({"a": "x"}), json!({"b": {}})]);
    // A null is gone before the branches are looked at.
    refuses(union.clone(), [json!({}), json!({"a": null})]);
    assert_eq!(
        stored(&union, json!({"a": "x", "b": {}})),
        Err(vec![
            "<nil>: Invalid value: \"\": \"spec.f\" must validate one and only one schema (oneOf). Found 2 valid alternatives"
                .to_owned()
        ])
    );
}

#[test]
fn the_mistakes_of_the_branch_that_fits_best_are_told() {
    let schema = json!({"type": "object", "properties": {"t": {"type": "string"}, "n": {"type": "integer"}},
        "anyOf": [{"required": ["x"]}, {"properties": {"t": {"enum": ["A"]}, "n": {"minimum": 5}}}]});
    let errors = stored(&schema, json!({"t": "A", "n": 1})).unwrap_err();
    assert_eq!(
        errors,
        [
            "<nil>: Invalid value: \"\": \"spec.f\" must validate at least one schema (anyOf)",
            "spec.f.n: Invalid value: 1: spec.f.n in body should be greater than or equal to 5",
        ]
    );
}

#[test]
fn formats_of_numbers_do_nothing_in_branches_but_those_of_strings_do() {
    let numbers = json!({"type": "integer", "allOf": [{"format": "int32"}]});
    takes(numbers, [json!(4_294_967_296_i64)]);
    refuses(json!({"type": "string", "allOf": [{"format": "ipv4"}]}), [json!("x")]);
}
