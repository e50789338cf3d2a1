//! The files of `core/src/schema/kubernetes`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use super::facts;
use super::facts::Facts;
use super::header;
use super::source;
use super::source::{Source, Struct};

/// What is written by hand in `special.rs`.
const SPECIAL: [&str; 3] = ["Condition", "JSONSchemaProps", "ObjectMeta"];

/// What has keys that several items have in common: a node has two addresses of one type.
const SHARED_KEYS: [&str; 1] = ["io.k8s.api.core.v1.NodeAddress"];

/// Where types are that fields of other modules name, and how the files name them.
const IMPORTS: [(&str, &str); 4] = [
    ("apimachinery::pkg::apis::meta::v1", "meta"),
    ("apimachinery::pkg::api::resource", "resource"),
    ("apimachinery::pkg::runtime", "runtime"),
    ("apimachinery::pkg::util::intstr", "intstr"),
];

/// The text of each file.
pub(crate) fn files(facts: &Facts, source: &Source) -> BTreeMap<String, String> {
    let writer = Writer { facts, source, keys: facts.keys() };
    let mut modules: BTreeMap<&str, Vec<(&str, &Struct)>> = BTreeMap::new();
    for openapi in facts.reachable() {
        // What is missing there is the part of a struct that Go has as a struct of its own.
        let Some(of) = source.newest().get(openapi) else { continue };
        if !SPECIAL.contains(&of.name.as_str()) {
            modules.entry(&of.module).or_default().push((openapi, of));
        }
    }
    let mut files: BTreeMap<String, String> =
        modules.iter().map(|(module, structs)| (file_name(module), writer.file(module, structs))).collect();
    files.insert("versions.rs".to_owned(), versions(source));
    files
}

/// `core_v1.rs` for `api::core::v1`
fn file_name(module: &str) -> String {
    let mut parts = module.rsplit("::");
    let version = parts.next().unwrap();
    format!("{}_{version}.rs", parts.next().unwrap())
}

struct Writer<'a> {
    facts: &'a Facts,
    source: &'a Source,
    keys: BTreeSet<(&'a str, &'a str)>,
}

impl Writer<'_> {
    fn file(&self, module: &str, structs: &[(&str, &Struct)]) -> String {
        let exists = self.source.since_when(|all| all.values().any(|of| of.module == module));
        let mut by_version: BTreeMap<u32, String> = BTreeMap::new();
        for (openapi, of) in structs {
            let text = by_version.entry(self.source.since(openapi)).or_default();
            text.push_str(&self.table(openapi, of));
        }
        let mut tables = String::new();
        for (version, text) in by_version {
            let table = format!("tables! {{\n    mod since_1_{version};\n{text}}}\n");
            if version <= exists {
                write!(tables, "\n{table}").unwrap();
            } else {
                write!(tables, "\nk8s_openapi::k8s_if_ge_1_{version}! {{\n{table}}}\n").unwrap();
            }
        }
        let body = format!("{}{tables}", imports(module, &tables));
        let body = if exists > self.source.oldest() {
            format!("k8s_openapi::k8s_if_ge_1_{exists}! {{\n{body}}}\n")
        } else {
            body
        };
        let reason = "older versions of Kubernetes have less";
        let title = format!("the schemas of `{module}`, as of Kubernetes {}", self.facts.version);
        format!("{}#![allow(unused_imports, reason = \"{reason}\")]\n\n{body}", header(&title))
    }

    fn table(&self, openapi: &str, of: &Struct) -> String {
        if of.fields.is_empty() {
            // It wraps a value, for an object that nobody has given fields.
            return format!("\n    {} any {{}}\n", of.name);
        }
        let fact = self.facts.get(openapi).unwrap();
        let what = match (fact.atomic, fact.api_version.is_empty()) {
            (true, true) => " atomic",
            (false, false) => " kind",
            (false, true) => "",
            (true, false) => panic!("{openapi} is a kind that merges as a whole"),
        };
        let since = self.source.since(openapi);
        let mut by_version: BTreeMap<u32, String> = BTreeMap::new();
        for (json, field) in &of.fields {
            let version = self.source.field_since(openapi, json).max(since);
            by_version.entry(version).or_default().push_str(&self.field(openapi, of, json, field));
        }
        let keys = self.keys_of(openapi).map_or_else(String::new, |keys| format!(" {keys:?}"));
        let mut text = format!("\n    {}{what}{keys} {{\n", of.name);
        for (version, fields) in by_version {
            if version == since {
                text.push_str(&fields);
            } else {
                write!(text, "      @since_1_{version} {{\n{fields}      }}\n").unwrap();
            }
        }
        text + "    }\n"
    }

    fn field(&self, openapi: &str, of: &Struct, json: &str, field: &source::Field) -> String {
        let fact = self.facts.field(openapi, json);
        let mut text = format!("        {} {json:?}", field.rust);
        match self.changed(openapi, json, field) {
            None if fact.values.is_empty() => write!(text, ": {}", spell(&field.of, &of.module)),
            None => write!(text, " = {}", closed_set(&field.of, &fact.values)),
            Some((version, old)) if fact.values.is_empty() => {
                let (new, old) = (spell(&field.of, &of.module), spell(&old, &of.module));
                write!(text, ": changed_1_{version}![{new}, {old}]")
            }
            Some((version, old)) => {
                let (new, old) = (closed_set(&field.of, &fact.values), closed_set(&old, &fact.values));
                write!(text, " = changed_1_{version}![= {new}, {old}]")
            }
        }
        .unwrap();
        if let Some(rules) = self.rules(fact) {
            write!(text, " => {rules}").unwrap();
        }
        if let Some(default) = self.default(openapi, fact, field) {
            write!(text, ", {default}").unwrap();
        }
        text + ";\n"
    }

    /// The version in which the type of a field became what it is, and what it was before.
    fn changed(&self, openapi: &str, json: &str, field: &source::Field) -> Option<(u32, String)> {
        let versions = self.source.versions.iter();
        let known: Vec<(u32, &source::Field)> = versions
            .filter_map(|(version, structs)| Some((*version, structs.get(openapi)?.fields.get(json)?)))
            .collect();
        let other = known.iter().rev().find(|(_, old)| *old != field)?.1;
        let since = known.iter().rev().take_while(|(_, old)| *old == field).last()?.0;
        let older = known.iter().filter(|(version, _)| *version < since);
        assert!(
            older.clone().all(|(_, old)| *old == other) && other.rust == field.rust,
            "{openapi} {json} has changed more than once, or its name has: {known:?}"
        );
        Some((since, other.of.clone()))
    }

    fn rules(&self, fact: &facts::Field) -> Option<String> {
        let inner = fact.inner();
        match (fact.list.as_str(), fact.map.as_str()) {
            ("", "") => None,
            // In JSON these are a string.
            _ if fact.of == "bytes" => None,
            ("atomic", "") => Some("ATOMIC_LIST".to_owned()),
            ("set", "") => Some("SET".to_owned()),
            ("map", "") => Some(match self.rust_keys(fact) {
                Some(keys) => format!("map(&{keys:?})"),
                None => "ATOMIC_LIST".to_owned(),
            }),
            ("", "atomic") => Some("ATOMIC_MAP".to_owned()),
            ("", "granular") => self.facts.get(inner)?.atomic.then(|| "GRANULAR_MAP".to_owned()),
            other => panic!("{other:?} of {} is unknown", fact.json),
        }
    }

    /// The keys of a list by their names in Rust, where a definition can have them: it is refused where a key may
    /// be absent.
    fn rust_keys(&self, list: &facts::Field) -> Option<Vec<&str>> {
        let item = list.inner();
        let fits = |key: &String| {
            let fact = self.facts.field(item, key);
            fact.required || fact.default.is_some()
        };
        if SHARED_KEYS.contains(&item) || !list.keys.iter().all(fits) {
            return None;
        }
        let fields = &self.source.newest()[item].fields;
        Some(list.keys.iter().map(|key| fields[key].rust.as_str()).collect())
    }

    /// The keys by which every list of this type merges, if they all do by the same.
    fn keys_of(&self, item: &str) -> Option<Vec<&str>> {
        let fields = self.facts.reachable().into_iter().flat_map(|name| self.facts.fields(name));
        let lists: Vec<&facts::Field> =
            fields.filter(|field| field.of.strip_prefix("[]") == Some(item)).collect();
        let first = lists.first()?;
        if lists.iter().any(|list| list.list != "map" || list.keys != first.keys) {
            return None;
        }
        self.rust_keys(first)
    }

    /// The name of the function of the default, where there must be one: where the struct always has a value
    /// although the API can do without, and for a key that may be absent.
    fn default(&self, openapi: &str, fact: &facts::Field, field: &source::Field) -> Option<&'static str> {
        let optional = field.of.starts_with("Option<");
        let key = self.keys.contains(&(openapi, fact.json.as_str()));
        if fact.required || (optional && !key) {
            return None;
        }
        Some(match fact.default.as_ref()? {
            Value::String(text) if text.is_empty() => "empty",
            Value::String(text) if text == "TCP" => "tcp",
            Value::Object(map) if map.is_empty() => "empty_object",
            other => panic!("table.rs has no function for the default {other}"),
        })
    }
}

/// A type as the file of a module spells it.
fn spell(of: &str, module: &str) -> String {
    let mut text = of.to_owned();
    for name in ["string::String", "vec::Vec", "boxed::Box"] {
        text = text.replace(&format!("std::{name}"), name.rsplit(':').next().unwrap());
    }
    text = text.replace("std::collections::", "").replace("crate::ByteString", "k8s_openapi::ByteString");
    text = text.replace(&format!("crate::{module}::"), "");
    for (path, name) in IMPORTS {
        text = text.replace(&format!("crate::{path}::"), &format!("{name}::"));
    }
    text.replace("crate::", "k8s_openapi::")
}

/// Strings of which the server knows all.
fn closed_set(of: &str, values: &[String]) -> String {
    let set = format!("one_of(&{values:?})");
    let inner = of.strip_prefix("Option<").and_then(|of| of.strip_suffix('>'));
    let node = match spell(inner.unwrap_or(of), "").as_str() {
        "String" => set,
        "Vec<String>" => format!("list_of(&{set})"),
        "BTreeMap<String, String>" => format!("map_of(&{set})"),
        other => panic!("no closed set of {other}"),
    };
    if inner.is_some() { format!("{node}.optional()") } else { node }
}

/// What a file imports.
fn imports(module: &str, tables: &str) -> String {
    let has = |word: &str| {
        tables
            .match_indices(word)
            .any(|(at, _)| !tables[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let mut text = String::new();
    if has("BTreeMap<") {
        text += "use std::collections::BTreeMap;\n\n";
    }
    let mut uses = vec![format!("use k8s_openapi::{module}::*;\n")];
    for (path, name) in IMPORTS {
        if has(&format!("{name}::")) {
            let (parent, last) = path.rsplit_once("::").unwrap();
            let what = if last == name { path.to_owned() } else { format!("{parent}::{last} as {name}") };
            uses.push(format!("use k8s_openapi::{what};\n"));
        }
    }
    uses.sort();
    text += &uses.concat();
    text += "\nuse super::table::*;\n";
    text
}

/// The macros that leave out what the enabled version does not have.
fn versions(source: &Source) -> String {
    let mut text = header("what depends on the enabled version of Kubernetes");
    text += "#![allow(unused_macros, reason = \"not every version changed a type\")]\n\n";
    for (old, new) in source.versions.keys().zip(source.versions.keys().skip(1)) {
        let mut one = |condition: String, new_field: &str, which: &str| {
            let rules = [
                format!("macro_rules! since_1_{new} {{ ($new:expr) => {{ {new_field} }}; }}"),
                format!("macro_rules! changed_1_{new} {{"),
                format!("    ($new:ty, $old:ty) => {{ {which} }};"),
                format!("    (= $new:expr, $old:expr) => {{ {which} }};"),
                "}".to_owned(),
            ];
            writeln!(text, "k8s_openapi::k8s_if_{condition}! {{\n    {}\n}}", rules.join("\n    ")).unwrap();
        };
        one(format!("ge_1_{new}"), "$new", "$new");
        one(format!("le_1_{old}"), "$crate::schema::kubernetes::table::ABSENT", "$old");
    }
    text
}
