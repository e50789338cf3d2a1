//! Quantities: read, written, compared, added, multiplied, rounded.

use kubist::quantity::{Format, Quantity};
use serde::Deserialize;

use crate::{none_wrong, rows};

fn read(text: &str) -> Quantity {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A difference that is meant: above `E` and `Ei` there is no suffix. apimachinery prints none, which is another number.
fn is_another_number(printed: &str, number: &Quantity) -> bool {
    let exponent =
        |number: &Quantity| number.to_string().strip_prefix(printed)?.strip_prefix('e')?.parse().ok();
    let printed = read(printed);
    let binary = (7..=12).any(|power| (0..power).fold(printed.clone(), |value, _| value * 1024) == *number);
    !number.is_zero() && (exponent(number).is_some_and(|exponent: i32| exponent > 18) || binary)
}

#[derive(Deserialize)]
struct Parsed {
    text: String,
    error: Option<String>,
    #[serde(default)]
    printed: String,
    #[serde(default)]
    canonical: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    exact: String,
    int: Option<i64>,
}

fn kind_of_error(error: &kubist::Error) -> &'static str {
    let text = format!("{error:#}");
    ["format", "number", "suffix"]
        .into_iter()
        .zip(["regular expression", "numeric part", "'s suffix"])
        .find_map(|(kind, words)| text.contains(words).then_some(kind))
        .unwrap_or("unknown")
}

#[test]
fn quantities_are_read_and_written() {
    let mut wrong = Vec::new();
    for row in rows::<Parsed>("quantity", "parse") {
        let text = &row.text;
        let found = match text.parse::<Quantity>() {
            Ok(found) => found,
            Err(error) => {
                let found = kind_of_error(&error);
                // A difference that is meant: exponents have three digits.
                if row.error.as_deref() != Some(found) && text != "1e1000" {
                    wrong.push(format!("{text:?}: no {found}, expected {:?} {}", row.error, row.printed));
                }
                continue;
            }
        };
        let family = match found.format() {
            Format::DecimalSi => "DecimalSI",
            Format::BinarySi => "BinarySI",
            Format::DecimalExponent => "DecimalExponent",
        };
        if row.error.is_none() && is_another_number(&row.canonical, &found) {
            assert_eq!(read(&format!("{}e0", row.exact)), found, "{text}");
            continue;
        }
        let fresh = (-(-found.clone())).to_string();
        let facts = (found.to_string(), fresh, family);
        let expected = (row.printed, row.canonical, &*row.family);
        if row.error.is_some() || facts != expected {
            wrong.push(format!("{text:?}: {facts:?}, expected {:?} {expected:?}", row.error));
        } else if row.int.is_some() && found.as_i64() != row.int {
            wrong.push(format!("{text:?}: {:?}, expected {:?}", found.as_i64(), row.int));
        } else if read(&format!("{}e0", row.exact)) != found {
            wrong.push(format!("{text:?}: {found:?}, expected {}", row.exact));
        }
    }
    none_wrong(&wrong);
}

#[derive(Deserialize)]
struct Pair {
    left: String,
    right: String,
    order: i8,
    sum: String,
    difference: String,
}

#[test]
fn quantities_are_compared_added_and_subtracted() {
    let mut wrong = Vec::new();
    for row in rows::<Pair>("quantity", "pairs") {
        let (left, right) = (read(&row.left), read(&row.right));
        if left.cmp(&right) as i8 != row.order {
            wrong.push(format!("{left} and {right}: {:?}", left.cmp(&right)));
        }
        for (sign, found, expected) in
            [('+', left.clone() + &right, row.sum), ('-', left.clone() - &right, row.difference)]
        {
            if found.to_string() != expected && !is_another_number(&expected, &found) {
                wrong.push(format!("{left} {sign} {right}: {found}, expected {expected}"));
            }
        }
    }
    none_wrong(&wrong);
}

#[derive(Deserialize)]
struct Product {
    left: String,
    right: i64,
    product: String,
}

#[derive(Deserialize)]
struct Rounded {
    text: String,
    scale: i32,
    round: String,
    exact: bool,
}

#[test]
fn quantities_are_multiplied_and_rounded() {
    let mut wrong = Vec::new();
    for row in rows::<Product>("quantity", "products") {
        let found = read(&row.left) * row.right;
        if found.to_string() != row.product && !is_another_number(&row.product, &found) {
            wrong.push(format!("{} * {}: {found}, expected {}", row.left, row.right, row.product));
        }
    }
    for row in rows::<Rounded>("quantity", "rounded") {
        let before = read(&row.text);
        let found = before.rounded_up(row.scale);
        if (found.to_string(), found == before) != (row.round.clone(), row.exact)
            && !is_another_number(&row.round, &found)
        {
            wrong.push(format!(
                "{} to {}: {found}, expected {} {}",
                row.text, row.scale, row.round, row.exact
            ));
        }
    }
    none_wrong(&wrong);
}
