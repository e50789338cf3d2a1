//! Pure: random JSON that fits a schema, for tests. Patterns and CEL rules are not looked at.

use serde_json::{Map, Number, Value};

/// Deeper than this only what is required is there.
const DEPTH_MAX: usize = 8;

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, cases: u64) -> bool {
        self.below(cases) == 0
    }

    /// One of these; `None` of none.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = self.below(items.len().max(1) as u64);
        items.get(usize::try_from(index).unwrap_or_default())
    }

    /// A value of this schema.
    pub(crate) fn value(&mut self, schema: &Value) -> Value {
        self.at(schema, 0)
    }

    fn at(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return self.pick(values).cloned().unwrap_or_default();
        }
        if schema.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true)) {
            return if self.one_in(2) {
                self.below(100).into()
            } else {
                format!("{}%", self.below(100)).into()
            };
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => self.object(schema, depth),
            Some("array") => self.list(schema, depth),
            Some("string") => self.string(schema).into(),
            Some("integer") => self.integer(schema).into(),
            Some("number") => self.number(schema),
            Some("boolean") => self.one_in(2).into(),
            _ => serde_json::json!({ "any": self.below(10), "list": [self.one_in(2)] }),
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
            let least = length(schema, "minProperties").unwrap_or(0);
            for _ in 0..least + self.below(3) {
                object.insert(self.word(1, 8), self.at(values, depth + 1));
            }
        }
        let required = names(schema);
        let branch = self.branch(schema);
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let wanted = match branch {
                Some(branch) if names(branch).contains(&name.as_str()) => true,
                // What another alternative needs belongs to it.
                Some(_) if alternatives(schema).any(|other| names(other).contains(&name.as_str())) => false,
                _ => required.contains(&name.as_str()) || (depth < DEPTH_MAX && !self.one_in(3)),
            };
            if wanted {
                let chosen = branch.and_then(|branch| branch.get("properties")?.get(name));
                let chosen = chosen.filter(|chosen| chosen.get("enum").is_some());
                object.insert(name.clone(), self.at(chosen.unwrap_or(property), depth + 1));
            }
        }
        Value::Object(object)
    }

    /// The alternative of an enum with data that this value is to be.
    fn branch<'a>(&mut self, schema: &'a Value) -> Option<&'a Value> {
        let branches: Vec<_> = alternatives(schema).collect();
        self.pick(&branches).copied()
    }

    fn list(&mut self, schema: &Value, depth: usize) -> Value {
        let least = length(schema, "minItems").unwrap_or(0);
        let most = length(schema, "maxItems").unwrap_or(least + 3).max(least);
        let count = least + if depth < DEPTH_MAX { self.below((most - least).min(3) + 1) } else { 0 };
        let items = schema.get("items").unwrap_or(&Value::Null);
        (0..count).map(|_| self.at(items, depth + 1)).collect()
    }

    fn string(&mut self, schema: &Value) -> String {
        let number = self.below(90) + 10;
        match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => format!("20{number}-01-02T03:04:{}Z", number % 50 + 10),
            Some("date") => format!("20{number}-01-1{}", number % 9),
            Some("duration") => format!("{number}s"),
            Some("uuid") => format!("00000000-0000-4000-8000-0000000000{number}"),
            Some("ipv4") => format!("10.0.0.{number}"),
            Some("ipv6") => format!("fd00::{number}"),
            Some("cidr") => format!("10.{number}.0.0/16"),
            Some("uri") => format!("https://example.com/{number}"),
            Some("email") => format!("user{number}@example.com"),
            Some("hostname") => format!("host-{number}.example.com"),
            Some("byte") => "a3ViaXN0".to_owned(),
            _ => {
                let least = length(schema, "minLength").unwrap_or(0);
                let most = length(schema, "maxLength").unwrap_or(least + 12).max(least);
                self.word(least, most.min(least + 12))
            }
        }
    }

    fn word(&mut self, least: u64, most: u64) -> String {
        const LETTERS: &[char] = &['a', 'b', 'c', 'x', 'y', 'z', '0', '1', '7', '-', '.', 'é'];
        let count = least + self.below(most - least + 1);
        (0..count).filter_map(|_| self.pick(LETTERS)).collect()
    }

    fn integer(&mut self, schema: &Value) -> i64 {
        let (type_least, type_most) = match schema.get("format").and_then(Value::as_str) {
            Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let least = bound(schema, "minimum").map_or(type_least, |least| least.max(type_least));
        let most = bound(schema, "maximum").map_or(type_most, |most| most.min(type_most)).max(least);
        let step = bound(schema, "multipleOf").unwrap_or(1).max(1);
        let found = match self.below(4) {
            0 => least,
            1 => most,
            _ => {
                // Small numbers are what programs branch on.
                let start = least.max(0).min(most);
                start.saturating_add_unsigned(self.below(start.abs_diff(most).min(100).saturating_add(1)))
            }
        };
        found - found % step
    }

    fn number(&mut self, schema: &Value) -> Value {
        let bound = |key| schema.get(key).and_then(Value::as_f64);
        let least = bound("minimum").unwrap_or(0.0);
        let most = bound("maximum").unwrap_or(least + 64.0).max(least);
        #[expect(clippy::cast_precision_loss, reason = "the number is below 8")]
        let part = self.below(8) as f64 / 8.0;
        Number::from_f64(least + (most - least) * part).map_or(Value::Null, Value::Number)
    }
}

/// The branches of `oneOf` or `anyOf`.
fn alternatives(schema: &Value) -> impl Iterator<Item = &Value> {
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    list("oneOf").or_else(|| list("anyOf")).into_iter().flatten()
}

fn names(schema: &Value) -> Vec<&str> {
    let required = schema.get("required").and_then(Value::as_array);
    required.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn length(schema: &Value, key: &str) -> Option<u64> {
    schema.get(key).and_then(Value::as_u64)
}

/// A bound of integers; the API keeps it as a floating point number.
fn bound(schema: &Value, key: &str) -> Option<i64> {
    let number = schema.get(key)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a bound beyond the integers is that of the integers"
    )]
    number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_fit_their_schema_and_are_the_same_for_the_same_seed() {
        let schema = json!({
            "type": "object", "required": ["name", "count"],
            "properties": {
                "name": {"type": "string", "minLength": 2, "maxLength": 4},
                "count": {"type": "integer", "minimum": 1, "maximum": 9},
                "ratio": {"type": "number", "minimum": 0.5, "maximum": 0.75},
                "mode": {"type": "string", "enum": ["A", "B"]},
                "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "boolean"}},
                "map": {"type": "object", "additionalProperties": {"type": "integer", "format": "int32"}},
                "at": {"type": "string", "format": "date-time"},
            },
        });
        let mut random = Random::new(7);
        let values: Vec<_> = (0..200).map(|_| random.value(&schema)).collect();
        for value in &values {
            let length = value["name"].as_str().unwrap().chars().count();
            assert!(
                (2..=4).contains(&length) && (1..=9).contains(&value["count"].as_i64().unwrap()),
                "{value}"
            );
            if let Some(at) = value["at"].as_str() {
                assert!(at.parse::<k8s_openapi::jiff::Timestamp>().is_ok(), "{at}");
            }
            assert!(value["list"].as_array().is_none_or(|list| (1..=2).contains(&list.len())));
            assert!(value["ratio"].as_f64().is_none_or(|ratio| (0.5..=0.75).contains(&ratio)));
        }
        let mut again = Random::new(7);
        assert!(values.iter().all(|value| *value == again.value(&schema)));
        let with = |name: &str| values.iter().filter(|value| value.get(name).is_some()).count();
        assert!((1..200).contains(&with("mode")) && (1..200).contains(&with("map")));
    }

    #[test]
    fn one_alternative_is_chosen() {
        let schema = json!({
            "type": "object",
            "properties": {"a": {"type": "boolean"}, "b": {"type": "boolean"}},
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
        });
        let mut random = Random::new(1);
        for _ in 0..50 {
            assert_eq!(random.value(&schema).as_object().unwrap().len(), 1);
        }
    }
}
