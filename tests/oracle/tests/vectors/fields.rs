//! Field selectors: parsed, printed, matched.

use std::collections::BTreeMap;

use kubist::fields::Selector;
use serde::Deserialize;

use crate::{none_wrong, rows};

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
    #[serde(default)]
    terms: Vec<Term>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Term {
    field: String,
    operator: String,
    value: String,
}

#[test]
fn selectors_are_parsed_printed_and_matched() {
    let sets: Vec<BTreeMap<String, String>> = rows("fields", "sets");
    let mut wrong = Vec::new();
    for row in rows::<Parsed>("fields", "parse") {
        let text = &row.text;
        let found = text.parse::<Selector>().ok().map(|read| {
            let matches: String = sets.iter().map(|set| if read.matches(set) { '1' } else { '0' }).collect();
            let terms: Vec<Term> = read
                .requirements()
                .iter()
                .map(|term| Term {
                    field: term.field.clone(),
                    operator: if term.equal { "=" } else { "!=" }.to_owned(),
                    value: term.value.clone(),
                })
                .collect();
            assert_eq!(read.as_str().parse::<Selector>().unwrap().matches(&sets[1]), read.matches(&sets[1]));
            (read.to_string(), matches, read.exact_value("a").map(str::to_owned), terms)
        });
        let expected = (!row.error).then_some((row.canonical, row.matches, row.exact, row.terms));
        if found != expected {
            wrong.push(format!("{text:?}: {found:?}, expected {expected:?}"));
        }
    }
    none_wrong(&wrong);
}
