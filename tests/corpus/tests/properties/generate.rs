//! Random JSON after a schema: most of it valid, and as odd as the schema allows.

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

/// A value that this schema probably takes.
pub(crate) fn value(u: &mut Unstructured<'_>, schema: &Value) -> Result<Value> {
    let schema = choose_branches(u, schema.clone())?;
    if schema["nullable"] == json!(true) && u.ratio(1, 6)? {
        return Ok(Value::Null);
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return Ok(u.choose(allowed)?.clone());
    }
    if schema["x-kubernetes-int-or-string"] == json!(true) {
        return if u.arbitrary()? { integer(u, &schema) } else { string(u, &schema) };
    }
    match schema["type"].as_str() {
        Some("boolean") => Ok(Value::Bool(u.arbitrary()?)),
        Some("integer") => integer(u, &schema),
        Some("number") => number(u, &schema),
        Some("string") => string(u, &schema),
        Some("array") => array(u, &schema),
        Some("object") => object(u, &schema),
        _ => any(u, 3),
    }
}

/// What one branch of each union adds is written into the schema.
fn choose_branches(u: &mut Unstructured<'_>, mut schema: Value) -> Result<Value> {
    let Some(members) = schema.as_object_mut() else { return Ok(schema) };
    let mut chosen = Vec::new();
    if let Some(Value::Array(branches)) = members.remove("allOf") {
        chosen.extend(branches);
    }
    for union in ["oneOf", "anyOf"] {
        let Some(Value::Array(mut branches)) = members.remove(union) else { continue };
        let at = u.int_in_range(0..=branches.len() - 1)?;
        let branch = branches.swap_remove(at);
        // What only other branches ask for is left out mostly: a union is fussy.
        let own = names(&branch["required"]);
        let others = branches.iter().flat_map(|other| names(&other["required"]));
        let foreign: Vec<String> = others.filter(|name| !own.contains(name)).collect();
        if let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut)
            && u.ratio(7, 8)?
        {
            properties.retain(|name, _| !foreign.contains(name));
        }
        chosen.push(branch);
    }
    for branch in chosen {
        merge(&mut schema, &branch);
        schema = choose_branches(u, schema)?;
    }
    Ok(schema)
}

/// The members that `not` forbids, each by itself.
fn forbidden(not: &Value) -> Vec<String> {
    let one = |schema: &Value| Some(names(&schema["required"])).filter(|names| names.len() == 1);
    let several = not["anyOf"].as_array().into_iter().flatten().filter_map(one).flatten();
    one(not).into_iter().flatten().chain(several).collect()
}

fn names(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn merge(schema: &mut Value, branch: &Value) {
    match (schema, branch) {
        (Value::Object(schema), Value::Object(branch)) => {
            for (name, more) in branch {
                match (schema.get_mut(name), more) {
                    (Some(Value::Array(list)), Value::Array(more)) if name == "required" => {
                        list.extend(more.iter().cloned());
                    }
                    (Some(there), Value::Object(_)) => merge(there, more),
                    _ => {
                        schema.insert(name.clone(), more.clone());
                    }
                }
            }
        }
        (schema, branch) => *schema = branch.clone(),
    }
}

fn integer(u: &mut Unstructured<'_>, schema: &Value) -> Result<Value> {
    let min = bound(&schema["minimum"], i64::MIN);
    let max = bound(&schema["maximum"], i64::MAX);
    let (min, max) = match schema["format"].as_str() {
        Some("int32") => (min.max(i32::MIN.into()), max.min(i32::MAX.into())),
        _ => (min, max),
    };
    let step = bound(&schema["multipleOf"], 1);
    let value = match u.int_in_range(0..=4)? {
        0 => min,
        1 => max,
        2 => 0_i64.clamp(min, max),
        3 => u.int_in_range(-9..=9)?,
        _ => u.int_in_range(min..=max)?,
    };
    let value = value - value % step;
    // `1.0` and `1e3` are integers too.
    #[expect(clippy::cast_precision_loss, reason = "only small numbers are written as floats")]
    let whole = (-(1 << 40)..1 << 40).contains(&value).then_some(value as f64);
    Ok(match whole {
        Some(whole) if u.ratio(1, 8)? => whole.into(),
        _ => value.into(),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "bounds that are no integers are bounds of numbers")]
fn bound(value: &Value, otherwise: i64) -> i64 {
    value.as_f64().map_or(otherwise, |bound| bound as i64)
}

fn number(u: &mut Unstructured<'_>, schema: &Value) -> Result<Value> {
    let float = f64::arbitrary(u)?;
    let float = if float.is_finite() { float } else { 0.25 };
    let low = schema["minimum"].as_f64();
    let high = schema["maximum"].as_f64();
    Ok(match (u.int_in_range(0..=3)?, low, high) {
        (0, Some(low), _) => low.into(),
        (1, _, Some(high)) => high.into(),
        (2, None, None) => float.into(),
        _ => u.int_in_range(-2_i64..=2)?.into(),
    })
}

/// Texts that a format takes, with those that only a lenient parser takes.
fn formatted(format: &str) -> &'static [&'static str] {
    match format {
        "ipv4" => &["1.2.3.4", "0.0.0.0", "255.255.255.255", "01.2.3.4", "::ffff:1.2.3.4"],
        "ipv6" => {
            &["::1", "::", "fe80::1", "::ffff:1.2.3.4", "2001:DB8::a", "1:2:3:4:5:6:7:8", "fe80::1%eth0"]
        }
        "date-time" => &[
            "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:00.123456789Z",
            "2024-01-01t00:00:00z",
            "2024-01-01T00:00:00,5Z",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T23:59:59-23:59",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2024-02-29T00:00:00+00:00",
        ],
        "uuid" => &[
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-ffff-ffff-ffff-ffffffffffff",
            "0123456789abcdef0123456789abcdef",
        ],
        "uri" => &["https://example.com/", "http://a/b", "/path", "mailto:a@b.c"],
        "hostname" => &["example.com", "a", "A-1.b"],
        "byte" => &["aGVsbG8=", "AAAA"],
        _ => &["x"],
    }
}

fn string(u: &mut Unstructured<'_>, schema: &Value) -> Result<Value> {
    if let Some(format) = schema["format"].as_str().filter(|_| u.ratio(7, 8).unwrap_or(true)) {
        return Ok((*u.choose(formatted(format))?).into());
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        return matching(u.arbitrary()?, pattern).map(Value::from);
    }
    if u.ratio(1, 2)? {
        return Ok((*u.choose(&["", "a", "ab", "abc"])?).into());
    }
    let min = usize::try_from(bound(&schema["minLength"], 0)).unwrap_or_default();
    let max = usize::try_from(bound(&schema["maxLength"], 12)).unwrap_or(12).min(min + 12);
    let length = u.int_in_range(min..=max)?;
    (0..length).map(|_| char::arbitrary(u)).collect::<Result<String>>().map(Value::from)
}

/// A text of this form.
fn matching(seed: u64, pattern: &str) -> Result<String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    // The whole text matches: proptest does not know the marks of begin and end.
    let inner = pattern.trim_start_matches('^').trim_end_matches('$').replace("(\\.|$)){4}", "\\.){4}");
    let strategy = string_regex(&inner).map_err(|_| Error::IncorrectFormat)?;
    strategy.new_tree(&mut runner).map(|tree| tree.current()).map_err(|_| Error::IncorrectFormat)
}

fn array(u: &mut Unstructured<'_>, schema: &Value) -> Result<Value> {
    let min = usize::try_from(bound(&schema["minItems"], 0)).unwrap_or_default();
    let max = usize::try_from(bound(&schema["maxItems"], 3)).unwrap_or(3).min(min + 3);
    let length = u.int_in_range(min..=max)?;
    (0..length).map(|_| value(u, &schema["items"])).collect::<Result<Vec<_>>>().map(Value::from)
}

fn object(u: &mut Unstructured<'_>, schema: &Value) -> Result<Value> {
    let required = names(&schema["required"]);
    let forbidden = forbidden(&schema["not"]);
    let mut object = Map::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if forbidden.contains(name) && u.ratio(7, 8)? {
            continue;
        }
        if required.contains(name) && u.ratio(31, 32)? || u.arbitrary()? {
            object.insert(name.clone(), value(u, property)?);
        }
    }
    if schema["additionalProperties"].is_object() {
        let min = usize::try_from(bound(&schema["minProperties"], 0)).unwrap_or_default();
        let max = usize::try_from(bound(&schema["maxProperties"], 3)).unwrap_or(3).min(min + 3);
        for _ in 0..u.int_in_range(min..=max)? {
            object.insert(key(u)?, value(u, &schema["additionalProperties"])?);
        }
    }
    if schema["x-kubernetes-preserve-unknown-fields"] == json!(true) {
        for _ in 0..u.int_in_range(0..=3)? {
            object.entry(key(u)?).or_insert(any(u, 2)?);
        }
    }
    if schema["x-kubernetes-embedded-resource"] == json!(true) {
        object.insert("apiVersion".to_owned(), "v1".into());
        object.insert("kind".to_owned(), "Thing".into());
        object.insert("metadata".to_owned(), json!({}));
    }
    Ok(object.into())
}

fn key(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(if u.arbitrary()? { u.arbitrary()? } else { (*u.choose(&["a", "bc", "x.y/z"])?).to_owned() })
}

fn any(u: &mut Unstructured<'_>, levels: usize) -> Result<Value> {
    Ok(match u.int_in_range(0..=if levels == 0 { 4 } else { 6 })? {
        0 => Value::Null,
        1 => Value::Bool(u.arbitrary()?),
        2 => i64::arbitrary(u)?.into(),
        3 => 0.5.into(),
        4 => String::arbitrary(u)?.into(),
        5 => (0..u.int_in_range(0..=3)?).map(|_| any(u, levels - 1)).collect::<Result<Vec<_>>>()?.into(),
        _ => {
            let count = u.int_in_range(0..=3)?;
            let members: Map<String, Value> =
                (0..count).map(|_| Ok((key(u)?, any(u, levels - 1)?))).collect::<Result<_>>()?;
            members.into()
        }
    })
}
