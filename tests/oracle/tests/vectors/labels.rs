//! Label selectors: parsed, printed, matched, converted.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use kubist::labels::{Operator, Requirement, Selector};
use serde::Deserialize;

use crate::{none_wrong, rows};

type Set = BTreeMap<String, String>;

fn matches(selector: &Selector, sets: &[Set]) -> String {
    sets.iter().map(|set| if selector.matches(set) { '1' } else { '0' }).collect()
}

#[derive(Deserialize)]
struct Parsed {
    text: String,
    #[serde(default)]
    error: bool,
    #[serde(default)]
    canonical: String,
    #[serde(default)]
    matches: String,
    exact: Option<String>,
    object: Option<LabelSelector>,
}

#[test]
fn selectors_are_parsed_printed_and_matched() {
    let sets: Vec<Set> = rows("labels", "sets");
    let mut wrong = Vec::new();
    for row in rows::<Parsed>("labels", "parse") {
        let read = row.text.parse::<Selector>();
        // A difference that is meant: apimachinery takes NUL for the end of the text.
        if row.text.contains('\0') {
            assert!(read.is_err(), "{:?}", row.text);
            continue;
        }
        let (text, expected) =
            (&row.text, (!row.error).then_some((&*row.canonical, &*row.matches, row.exact.as_deref())));
        match (read, expected) {
            (Err(_), None) => {}
            (Ok(read), Some(expected)) => {
                let found = (read.as_str(), &*matches(&read, &sets), read.exact_value("a"));
                if found != expected {
                    wrong.push(format!("{text:?}: {found:?}, expected {expected:?}"));
                }
                assert_eq!(read.as_str().parse::<Selector>().unwrap().as_str(), read.as_str());
            }
            (read, expected) => wrong.push(format!("{text:?}: {read:?}, expected {expected:?}")),
        }
    }
    none_wrong(&wrong);
}

fn keys(object: &LabelSelector) -> usize {
    object.match_labels.as_ref().map_or(0, BTreeMap::len)
        + object.match_expressions.as_ref().map_or(0, Vec::len)
}

#[test]
fn selectors_become_those_of_objects() {
    let sets: Vec<Set> = rows("labels", "sets");
    let mut wrong = Vec::new();
    for row in
        rows::<Parsed>("labels", "parse").into_iter().filter(|row| !row.error && !row.text.contains('\0'))
    {
        let read: Selector = row.text.parse().unwrap();
        let found = LabelSelector::try_from(&read).ok();
        // Empty and absent maps and lists mean the same.
        let plain = |object: &LabelSelector| {
            let mut object = object.clone();
            object.match_labels = object.match_labels.filter(|labels| !labels.is_empty());
            object.match_expressions = object.match_expressions.filter(|all| !all.is_empty());
            for expression in object.match_expressions.iter_mut().flatten() {
                expression.values = expression.values.take().filter(|values| !values.is_empty());
            }
            object
        };
        if let Some(found) = &found {
            assert_eq!(matches(&Selector::try_from(found).unwrap(), &sets), row.matches, "{}", row.text);
            // A difference that is meant: of two values of one label, apimachinery forgets the first.
            if keys(found) > row.object.as_ref().map_or(0, keys) {
                continue;
            }
        }
        let (found, expected) = (found.as_ref().map(plain), row.object.as_ref().map(plain));
        if found != expected {
            wrong.push(format!("{:?}: {found:?}, expected {expected:?}", row.text));
        }
    }
    none_wrong(&wrong);
}

#[derive(Deserialize)]
struct Required {
    key: String,
    operator: String,
    values: Vec<String>,
    #[serde(default)]
    error: bool,
    #[serde(default)]
    text: String,
    #[serde(default)]
    matches: String,
}

#[test]
fn requirements_are_judged_alike() {
    let sets: Vec<Set> = rows("labels", "sets");
    let mut wrong = Vec::new();
    for row in rows::<Required>("labels", "requirements") {
        let operator = match &*row.operator {
            "in" => Operator::In,
            "notin" => Operator::NotIn,
            "=" => Operator::Equals,
            "==" => Operator::DoubleEquals,
            "!=" => Operator::NotEquals,
            "exists" => Operator::Exists,
            "!" => Operator::DoesNotExist,
            "gt" => Operator::GreaterThan,
            "lt" => Operator::LessThan,
            // What is no operator has no value of the enum.
            _ => continue,
        };
        let found = Requirement::new(&row.key, operator, &row.values).ok();
        let found = found.map(|found| (found.to_string(), matches(&found.into(), &sets)));
        let expected = (!row.error).then_some((row.text, row.matches));
        if found != expected {
            wrong
                .push(format!("{} {operator:?} {:?}: {found:?}, expected {expected:?}", row.key, row.values));
        }
    }
    none_wrong(&wrong);
}

#[derive(Deserialize)]
struct Object {
    object: Option<LabelSelector>,
    #[serde(default)]
    error: bool,
    text: String,
    #[serde(default)]
    matches: String,
}

#[test]
fn selectors_of_objects_are_read() {
    let sets: Vec<Set> = rows("labels", "sets");
    let mut wrong = Vec::new();
    for row in rows::<Object>("labels", "objects") {
        let found = Selector::try_from(row.object.as_ref()).ok();
        let text = |selector: &Selector| {
            // A difference that is meant: what selects nothing is not sent as what selects everything.
            if selector.is_nothing() { String::new() } else { selector.to_string() }
        };
        let found = found.map(|found| (text(&found), matches(&found, &sets)));
        let expected = (!row.error).then_some((row.text, row.matches));
        if found != expected {
            wrong.push(format!("{:?}: {found:?}, expected {expected:?}", row.object));
        }
    }
    none_wrong(&wrong);
}
