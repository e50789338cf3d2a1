use std::collections::BTreeMap;

use serde_json::json;

use super::*;

fn answer(body: Value) -> Answer {
    Answer { body: Body::Json(body), ..Answer::default() }
}

fn differences(real: Value, embedded: Value) -> Vec<String> {
    with(&mut Bindings::default(), real, embedded)
}

fn with(bindings: &mut Bindings, real: Value, embedded: Value) -> Vec<String> {
    compare(&answer(real), &answer(embedded), &[], bindings, "2026-11-24T11:00:00Z".parse().unwrap())
}

#[test]
fn each_difference_is_a_line_with_its_path() {
    let lines = differences(
        json!({"metadata": {"generation": 2, "labels": {"a/b": "x"}}, "spec": {"a": 1}, "l": [1, 2]}),
        json!({"metadata": {"generation": 1, "labels": {"a/b": "y"}}, "spec": {"b": 1}, "l": [1]}),
    );
    assert_eq!(
        lines,
        [
            "body.l: real has 2 items, embedded 1: only real has [2], only embedded []",
            "body.metadata.generation: real 2, embedded 1",
            "body.metadata.labels.a/b: real \"x\", embedded \"y\"",
            "body.spec.a: only real has it: 1",
            "body.spec.b: only embedded has it: 1",
        ]
    );
}

#[test]
fn what_a_server_invents_is_not_a_difference() {
    let of = |uid: &str, version: &str, time: &str| json!({"metadata": {"name": "a", "uid": uid, "resourceVersion": version, "creationTimestamp": time}});
    let real = of("aaaaaaaa-0000-4000-8000-000000000001", "512", "2026-11-24T11:00:00Z");
    let mut bindings = Bindings::default();
    let embedded = of("bbbbbbbb-0000-4000-8000-000000000001", "7", "2026-11-24T11:00:01Z");
    assert_eq!(with(&mut bindings, real.clone(), embedded), [""; 0]);
    let another = of("bbbbbbbb-0000-4000-8000-000000000002", "8", "2026-11-24T11:00:01Z");
    bindings.line = 9;
    let lines = with(&mut bindings, real, another);
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("body.metadata.resourceVersion: real the same as in line 0"), "{lines:?}");
    assert!(lines[1].starts_with("body.metadata.uid: real the same as in line 0"), "{lines:?}");
}

#[test]
fn the_version_of_a_list_is_free_unless_it_is_known() {
    let mut bindings = Bindings::default();
    let object = |version: &str| json!({"metadata": {"name": "a", "resourceVersion": version}});
    let list = |version: &str| json!({"items": [], "metadata": {"resourceVersion": version}});
    assert_eq!(with(&mut bindings, object("100"), object("5")), [""; 0]);
    assert_eq!(with(&mut bindings, list("180"), list("5")), [""; 0]);
    assert_eq!(with(&mut bindings, list("100"), list("5")), [""; 0]);
    assert_eq!(with(&mut bindings, list("100"), list("6")), [""; 0], "a later one is as good");
    let is_told = |lines: Vec<String>| lines[0].starts_with("body.metadata.resourceVersion: real that of");
    assert!(is_told(with(&mut bindings, list("100"), list("4"))));
    bindings.exact = true;
    assert!(is_told(with(&mut bindings, list("100"), list("6"))));
    assert_eq!(
        with(&mut bindings, list("100"), json!({"items": [], "metadata": {}})),
        ["body.metadata.resourceVersion: only real has it: \"100\""]
    );
}

#[test]
fn generated_names_stand_for_one_another_in_messages_too() {
    let mut bindings = Bindings::default();
    let object = |name: &str| json!({"metadata": {"generateName": "a-", "name": name}});
    assert_eq!(with(&mut bindings, object("a-x2x2x"), object("a-y3y3y")), [""; 0]);
    let status = |name: &str| json!({"message": format!("configmaps \"{name}\" not found")});
    assert_eq!(with(&mut bindings, status("a-x2x2x"), status("a-y3y3y")), [""; 0]);
    assert_eq!(with(&mut bindings, status("a-x2x2x"), status("a-z")).len(), 1);
    assert_eq!(with(&mut bindings, object("a-1"), object("a-y3y3y")).len(), 1, "another length");
}

#[test]
fn managed_fields_are_compared_in_one_order() {
    let of = |names: [&str; 2]| json!({"metadata": {"managedFields": names.map(|name| json!({"manager": name, "operation": "Update"}))}});
    assert_eq!(differences(of(["a", "b"]), of(["b", "a"])), [""; 0]);
    assert_eq!(differences(of(["a", "b"]), of(["b", "c"])).len(), 2);
}

#[test]
fn an_ignored_path_is_left_out_and_must_differ() {
    let ignores = [Ignore { line: 4, path: Path::parse("spec").unwrap(), reason: "x".to_owned() }];
    let now = "2026-11-24T11:00:00Z".parse().unwrap();
    let compared = |real: Value, embedded: Value| {
        compare(&answer(real), &answer(embedded), &ignores, &mut Bindings::default(), now)
    };
    assert_eq!(compared(json!({"spec": {"a": 1}}), json!({"spec": {"a": 2}})), [""; 0]);
    let stale = compared(json!({"spec": {"a": 1}}), json!({"spec": {"a": 1}}));
    assert_eq!(stale, ["line 4: spec is ignored, but does not differ"]);
}

#[test]
fn facts_and_texts_are_compared() {
    let of = |status: &str, warning: Option<&str>, text: &str| Answer {
        facts: BTreeMap::from_iter(
            [("status".to_owned(), status.to_owned())]
                .into_iter()
                .chain(warning.map(|text| ("warning 1".to_owned(), text.to_owned()))),
        ),
        body: Body::Text(vec![("stdout", text.to_owned())]),
        problems: Vec::new(),
    };
    let now = "2026-11-24T11:00:00Z".parse().unwrap();
    let lines = compare(
        &of("200", Some("299 - \"old\""), "NAME  AGE\na     5s\nb     1s\n"),
        &of("200", None, "NAME  AGE\na     12s\n"),
        &[],
        &mut Bindings::default(),
        now,
    );
    assert_eq!(
        lines,
        ["warning 1: only real has it: 299 - \"old\"", "stdout line 3: only real has it: \"b     1s\"",]
    );
}

#[test]
fn bodies_of_different_answers_are_not_compared_in_detail() {
    let of = |status: &str, body| Answer {
        facts: BTreeMap::from([("status".to_owned(), status.to_owned())]),
        body: Body::Json(body),
        problems: Vec::new(),
    };
    let now = "2026-11-24T11:00:00Z".parse().unwrap();
    let (real, embedded) = (of("422", json!({"message": "no"})), of("201", json!({"spec": {"a": 1}})));
    let lines = compare(&real, &embedded, &[], &mut Bindings::default(), now);
    assert_eq!(
        lines,
        ["status: real 422, embedded 201", "body: real JSON no, embedded JSON {\"spec\":{\"a\":1}}"]
    );
}

#[test]
fn long_texts_are_shown_from_where_they_differ() {
    let long = |end: &str| format!("{}{end}", "é".repeat(300));
    let lines = differences(json!({"m": long("one")}), json!({"m": long("two")}));
    let before = "é".repeat(41);
    assert_eq!(lines, [format!("body.m: real \"…{before}one\", embedded \"…{before}two\"")]);
}

#[test]
fn allocated_addresses_are_bound_and_chosen_ones_compared() {
    let mut bindings = Bindings::default();
    let service = |ip: &str| json!({"spec": {"clusterIP": ip, "clusterIPs": [ip]}});
    assert_eq!(with(&mut bindings, service("10.0.0.5"), service("10.0.0.9")), [""; 0]);
    assert_eq!(with(&mut bindings, service("None"), service("10.0.0.9")).len(), 2);
    assert_eq!(with(&mut bindings, service("10.0.0.5"), service("10.0.0.7")).len(), 2);
}
