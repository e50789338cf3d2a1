//! `apply!` writes an expression, whatever the tokens.

use proc_macro2::TokenStream;
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "Deployment",
    "spec",
    "replicas",
    "r#type",
    "3",
    "-1",
    "\"a\"",
    "1.5",
    "true",
    "crate",
    "::kubist",
    "_",
    "..",
    ":",
    ",",
    "=",
    ";",
    "::",
    "<",
    ">",
    "&",
    "|x|",
    "match",
    "if",
    "'a",
    "'c'",
    "async",
    "self",
    "Vec<u8>",
    "x.y()",
    "x?",
    "#",
    "!",
    "$",
];

fn tokens() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS).prop_map(str::to_owned);
    word.prop_recursive(5, 60, 6, |inner| {
        let many = proptest::collection::vec(inner, 0..6).prop_map(|parts| parts.join(" "));
        (many, 0..5_usize).prop_map(|(text, shape)| match shape {
            0 => format!("{{ {text} }}"),
            1 => format!("[ {text} ]"),
            2 => format!("( {text} )"),
            3 => format!("spec: {{ {text} }},"),
            _ => text,
        })
    })
}

/// What is nearly right, with one thing put into it.
fn nearly() -> impl Strategy<Value = String> {
    const GOOD: &str = "Deployment { metadata: { labels: { \"a\" : b , ..more } }, spec: { list: [ { name: 1 } , ..c ], x , ..base } }";
    (tokens(), 0..GOOD.len()).prop_map(|(text, at)| format!("{} {text} {}", &GOOD[..at], &GOOD[at..]))
}

proptest! {
    #[test]
    fn a_part_is_an_expression_whatever_the_tokens(text in prop_oneof![tokens(), nearly(), tokens().prop_map(|text| format!("Pod {{ {text} }}"))]) {
        let Ok(tokens) = text.parse::<TokenStream>() else { return Ok(()) };
        let part = super::part(tokens);
        prop_assert!(syn::parse2::<syn::Expr>(part.clone()).is_ok(), "no expression: {part}");
    }
}
