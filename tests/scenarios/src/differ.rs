//! Pure: what differs between two answers to the same step.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::answer::{Answer, Body, shorten};
use crate::bindings::{Bindings, Class, Side};
use crate::order;
use crate::path::Path;
use crate::scenario::Ignore;
use crate::texts;

/// What a comparison knows besides the two values.
struct Differ<'a> {
    bindings: &'a mut Bindings,
    now: Timestamp,
    found: Vec<(Path, String)>,
}

/// Compares two answers; each difference is one line. What is bound stays so for later steps.
pub(crate) fn compare(
    real: &Answer,
    embedded: &Answer,
    ignores: &[Ignore],
    bindings: &mut Bindings,
    now: Timestamp,
) -> Vec<String> {
    let mut lines = facts(real, embedded, bindings);
    if real.facts.get("status") != embedded.facts.get("status") {
        lines.push(format!("body: real {}, embedded {}", kind(&real.body), kind(&embedded.body)));
        return lines;
    }
    match (&real.body, &embedded.body) {
        (Body::Json(real), Body::Json(embedded)) => {
            lines.extend(bodies(real, embedded, ignores, bindings, now));
        }
        (Body::Text(real), Body::Text(embedded)) => {
            for ((name, real), (_, embedded)) in real.iter().zip(embedded) {
                let found = text(name, real, embedded, bindings);
                match ignores.iter().find(|ignore| ignore.path.to_string() == *name) {
                    Some(ignore) if found.is_empty() => lines.push(stale(ignore)),
                    Some(_) => {}
                    None => lines.extend(found),
                }
            }
        }
        (Body::None, Body::None) | (Body::Bytes(_), Body::Bytes(_)) => {}
        (real, embedded) => {
            lines.push(format!("body: real {}, embedded {}", kind(real), kind(embedded)));
        }
    }
    lines
}

/// What is left out must be a difference still.
fn stale(ignore: &Ignore) -> String {
    format!("line {}: {} is ignored, but does not differ", ignore.line, ignore.path)
}

fn kind(body: &Body) -> String {
    match body {
        Body::None => "empty".to_owned(),
        Body::Json(_) => format!("JSON {}", shorten(&body.excerpt(), 200)),
        Body::Text(_) => format!("text \"{}\"", shorten(&body.excerpt(), 200)),
        Body::Bytes(_) => body.excerpt(),
    }
}

fn facts(real: &Answer, embedded: &Answer, bindings: &Bindings) -> Vec<String> {
    let common = |side, text: &str| texts::message(&bindings.common(side, text));
    let mut lines = Vec::new();
    for (name, one) in &real.facts {
        match embedded.facts.get(name) {
            None => lines.push(format!("{name}: only real has it: {one}")),
            Some(other) if common(Side::Real, one) != common(Side::Embedded, other) => {
                lines.push(format!("{name}: real {one}, embedded {other}"));
            }
            Some(_) => {}
        }
    }
    for (name, other) in embedded.facts.iter().filter(|(name, _)| !real.facts.contains_key(*name)) {
        lines.push(format!("{name}: only embedded has it: {other}"));
    }
    lines
}

fn bodies(
    real: &Value,
    embedded: &Value,
    ignores: &[Ignore],
    bindings: &mut Bindings,
    now: Timestamp,
) -> Vec<String> {
    let mut differ = Differ { bindings, now, found: Vec::new() };
    let (real, embedded) = (order::canonical(real), order::canonical(embedded));
    // Once for what is bound anywhere in the body, and once to compare with all of it known.
    differ.value(&Path::default(), &real, &embedded);
    differ.found.clear();
    differ.value(&Path::default(), &real, &embedded);
    let found = differ.found;
    let covers = |ignore: &Ignore, place: &Path| {
        ignore.path.covers(place, &real) || ignore.path.covers(place, &embedded)
    };
    let unused = ignores.iter().filter(|ignore| !found.iter().any(|(place, _)| covers(ignore, place)));
    let stale: Vec<String> = unused.map(stale).collect();
    let shown = found.iter().filter(|(place, _)| !ignores.iter().any(|ignore| covers(ignore, place)));
    shown.map(|(place, what)| line(place, what)).chain(stale).collect()
}

fn line(place: &Path, what: &str) -> String {
    let place = place.to_string();
    let dot = if place.is_empty() || place.starts_with('[') { "" } else { "." };
    format!("body{dot}{place}: {what}")
}

impl Differ<'_> {
    fn differs(&mut self, place: &Path, what: String) {
        self.found.push((place.clone(), what));
    }

    fn value(&mut self, place: &Path, real: &Value, embedded: &Value) {
        match (real, embedded) {
            (Value::Object(real), Value::Object(embedded)) => self.object(place, real, embedded),
            (Value::Array(real), Value::Array(embedded)) => self.array(place, real, embedded),
            (Value::String(one), Value::String(other)) => self.string(place, one, other),
            (one, other) if one == other => {}
            (one, other) => self.differs(place, format!("real {}, embedded {}", show(one), show(other))),
        }
    }

    fn array(&mut self, place: &Path, real: &[Value], embedded: &[Value]) {
        if real.len() != embedded.len() {
            let what = format!("real has {} items, embedded {}", real.len(), embedded.len());
            self.differs(place, format!("{what}: {}", only(real, embedded)));
            return;
        }
        for (at, (real, embedded)) in real.iter().zip(embedded).enumerate() {
            self.value(&place.index(at), real, embedded);
        }
    }

    fn object(&mut self, place: &Path, real: &Map<String, Value>, embedded: &Map<String, Value>) {
        for (key, one) in real {
            let at = place.key(key);
            match embedded.get(key) {
                None => self.differs(&at, format!("only real has it: {}", show(one))),
                Some(other) if key == "metadata" && one.is_object() && other.is_object() => {
                    self.metadata(&at, real, one, other);
                }
                Some(other) if key == "cells" => self.cells(&at, one, other),
                Some(other) if is_allocated(key) => self.allocated(&at, one, other),
                Some(other) => self.value(&at, one, other),
            }
        }
        for (key, other) in embedded.iter().filter(|(key, _)| !real.contains_key(*key)) {
            self.differs(&place.key(key), format!("only embedded has it: {}", show(other)));
        }
    }

    /// The metadata of an object or of a list; `owner` is what it belongs to.
    fn metadata(&mut self, place: &Path, owner: &Map<String, Value>, real: &Value, embedded: &Value) {
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let (mut rest_real, mut rest_embedded) = (real.clone(), embedded.clone());
        let mut taken = |key: &str| {
            let both = text(real, key)
                .zip(text(embedded, key))
                .filter(|(one, other)| !one.is_empty() && !other.is_empty());
            if both.is_some() {
                rest_real.as_object_mut().map(|members| members.remove(key));
                rest_embedded.as_object_mut().map(|members| members.remove(key));
            }
            both
        };
        let is_list = owner.contains_key("items") || owner.contains_key("columnDefinitions");
        let is_bookmark = real.get("uid").is_none() && real.get("name").is_none();
        let version = taken("resourceVersion");
        taken("continue");
        let prefix = text(real, "generateName")
            .filter(|prefix| Some(prefix) == text(embedded, "generateName").as_ref());
        let name = match &prefix {
            Some(prefix) => taken("name").filter(|(one, other)| {
                one.starts_with(prefix.as_str())
                    && other.starts_with(prefix.as_str())
                    && one.len() == other.len()
            }),
            None => None,
        };
        if let Some((one, other)) = &name
            && let Err(why) = self.bindings.bind(Class::Name, one, other)
        {
            self.differs(&place.key("name"), why);
        }
        if let Some((one, other)) = version {
            self.version(&place.key("resourceVersion"), &one, &other, is_list || is_bookmark);
        }
        if prefix.is_some() && name.is_none() {
            // Not of the same form: as any other text.
            self.value(&place.key("name"), &real["name"], &embedded["name"]);
        }
        self.value(place, &rest_real, &rest_embedded);
    }

    /// Nobody says which version a list has, except that a known one must stand for its counterpart.
    fn version(&mut self, place: &Path, real: &str, embedded: &str, of_list: bool) {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(real) || !is_number(embedded) {
            return self.string(place, real, embedded);
        }
        if !of_list {
            if let Err(why) = self.bindings.bind(Class::Version, real, embedded) {
                self.differs(place, why);
            }
            return;
        }
        let known = self.bindings.counterpart(Class::Version, real).map(str::to_owned);
        let is_later =
            |expected: &String| !self.bindings.exact && self.bindings.is_free_after(embedded, expected);
        // Something that the scenario does not look at may have changed on one server.
        let known = known.filter(|expected| expected != embedded && !is_later(expected));
        if let Some(expected) = known {
            self.differs(place, format!("real that of an object, {real}, which is {expected} on embedded, but embedded has {embedded}"));
        }
    }

    fn cells(&mut self, place: &Path, real: &Value, embedded: &Value) {
        let (Some(one), Some(other)) = (real.as_array(), embedded.as_array()) else {
            return self.value(place, real, embedded);
        };
        if one.len() != other.len() {
            return self.array(place, one, other);
        }
        for (at, (one, other)) in one.iter().zip(other).enumerate() {
            let is_age = |value: &Value| value.as_str().is_some_and(texts::is_age);
            if !(is_age(one) && is_age(other)) {
                self.value(&place.index(at), one, other);
            }
        }
    }

    /// An address or a port that the server chose, unless the scenario did.
    fn allocated(&mut self, place: &Path, real: &Value, embedded: &Value) {
        if real == embedded {
            return;
        }
        let (one, other) = match (real, embedded) {
            (Value::String(one), Value::String(other)) => (one.clone(), other.clone()),
            (Value::Number(one), Value::Number(other)) => (one.to_string(), other.to_string()),
            (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
                for (at, (one, other)) in one.iter().zip(other).enumerate() {
                    self.allocated(&place.index(at), one, other);
                }
                return;
            }
            _ => return self.value(place, real, embedded),
        };
        let is_chosen = |text: &str| text != "None" && !text.is_empty() && text != "0";
        if !is_chosen(&one) || !is_chosen(&other) {
            return self.value(place, real, embedded);
        }
        if let Err(why) = self.bindings.bind(Class::Allocated, &one, &other) {
            self.differs(place, why);
        }
    }

    fn string(&mut self, place: &Path, real: &str, embedded: &str) {
        if texts::is_uid(real) && texts::is_uid(embedded) {
            if let Err(why) = self.bindings.bind(Class::Uid, real, embedded) {
                self.differs(place, why);
            }
            return;
        }
        if real == embedded
            || texts::same_time(real, embedded, self.now)
            || (texts::is_token(real) && texts::is_token(embedded))
        {
            return;
        }
        let (one, other) =
            (self.bindings.common(Side::Real, real), self.bindings.common(Side::Embedded, embedded));
        if texts::message(&one) != texts::message(&other) {
            self.differs(place, show_texts(real, embedded));
        }
    }
}

fn is_allocated(key: &str) -> bool {
    matches!(key, "clusterIP" | "clusterIPs" | "nodePort" | "healthCheckNodePort")
}

fn show(value: &Value) -> String {
    shorten(&value.to_string(), 400)
}

/// The items that one of two lists has alone; those with a name are told by it.
fn only(real: &[Value], embedded: &[Value]) -> String {
    let name = |item: &Value| {
        let name = |path: &str| item.pointer(path).and_then(Value::as_str).map(str::to_owned);
        match (name("/metadata/name"), name("/object/metadata/name"), name("/type")) {
            (None, Some(name), Some(of_event)) => format!("{of_event} {name}"),
            (Some(name), _, _) => name,
            _ => item.to_string(),
        }
    };
    let (real, embedded): (Vec<_>, Vec<_>) =
        (real.iter().map(name).collect(), embedded.iter().map(name).collect());
    let without = |own: &[String], others: &[String]| {
        let mut others = others.to_vec();
        let mut left = Vec::new();
        for item in own {
            match others.iter().position(|other| other == item) {
                Some(at) => drop(others.remove(at)),
                None => left.push(shorten(item, 400)),
            }
        }
        left.join(", ")
    };
    format!("only real has [{}], only embedded [{}]", without(&real, &embedded), without(&embedded, &real))
}

/// Two texts that differ, from shortly before they do.
fn show_texts(real: &str, embedded: &str) -> String {
    const BEFORE: usize = 40;
    let common = real.char_indices().zip(embedded.chars()).find(|((_, one), other)| one != other);
    let start = match common {
        Some(((at, _), _)) if real.len().max(embedded.len()) > 200 => {
            real[..at].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at)
        }
        _ => 0,
    };
    let part = |text: &str| {
        let dots = if start > 0 { "…" } else { "" };
        show(&format!("{dots}{}", &text[start..]).into())
    };
    format!("real {}, embedded {}", part(real), part(embedded))
}

/// Compares two texts line by line.
fn text(name: &str, real: &str, embedded: &str, bindings: &Bindings) -> Vec<String> {
    let (one, other): (Vec<&str>, Vec<&str>) = (real.lines().collect(), embedded.lines().collect());
    let mut lines = Vec::new();
    for at in 0..one.len().max(other.len()) {
        match (one.get(at), other.get(at)) {
            (Some(one), Some(other)) => {
                let real = texts::output(&bindings.common(Side::Real, one));
                if real != texts::output(&bindings.common(Side::Embedded, other)) {
                    lines.push(format!("{name} line {}: real \"{one}\", embedded \"{other}\"", at + 1));
                }
            }
            (Some(one), None) => lines.push(format!("{name} line {}: only real has it: \"{one}\"", at + 1)),
            (None, Some(other)) => {
                lines.push(format!("{name} line {}: only embedded has it: \"{other}\"", at + 1))
            }
            (None, None) => {}
        }
    }
    lines
}

#[cfg(test)]
#[path = "differ_tests.rs"]
mod tests;
