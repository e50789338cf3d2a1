//! The file `core/src/apply/kubernetes/types.rs`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::facts::Facts;
use super::header;
use super::source::Source;

/// What is applied whole.
const WHOLE: [&str; 2] = ["ObjectMeta", "OwnerReference"];

/// How long a line of names may be.
const WIDTH: usize = 96;

/// The text of the file.
pub(crate) fn file(facts: &Facts, source: &Source) -> String {
    let title =
        format!("the structs that have parts, and the types of statuses, as of Kubernetes {}", facts.version);
    let mut text = header(&title);
    text += "use super::{statuses, structs};\n";
    for (version, modules) in structs(facts, source) {
        text += &block(version, "structs", &modules);
    }
    for (version, modules) in statuses(facts, source) {
        text += &block(version, "statuses", &modules);
    }
    text
}

/// By version and module, what stands on the lines.
type Blocks<'a> = BTreeMap<u32, BTreeMap<&'a str, Vec<String>>>;

fn structs<'a>(facts: &Facts, source: &'a Source) -> Blocks<'a> {
    let mut blocks = Blocks::new();
    for openapi in facts.reachable() {
        let Some(of) = source.newest().get(openapi) else { continue };
        if !of.fields.is_empty() && !WHOLE.contains(&of.name.as_str()) {
            let modules = blocks.entry(source.since(openapi)).or_default();
            modules.entry(&*of.module).or_default().push(of.name.clone());
        }
    }
    blocks
}

fn statuses<'a>(facts: &Facts, source: &'a Source) -> Blocks<'a> {
    let mut blocks = Blocks::new();
    for kind in facts.kinds.iter().filter(|kind| kind.has("status")) {
        let of = &source.newest()[&kind.of];
        let since = source.field_since(&kind.of, "status").max(source.since(&kind.of));
        let status = &of.fields["status"].of;
        let status = status.strip_prefix("Option<").and_then(|of| of.strip_suffix('>')).unwrap_or(status);
        let (module, status) = status.trim_start_matches("crate::").rsplit_once("::").unwrap();
        assert_eq!(module, of.module, "the status of {} is somewhere else", of.name);
        let modules = blocks.entry(since).or_default();
        modules.entry(&*of.module).or_default().push(format!("{} {status}", of.name));
    }
    blocks
}

fn block(version: u32, name: &str, modules: &BTreeMap<&str, Vec<String>>) -> String {
    let mut text = format!("\nk8s_openapi::k8s_if_ge_1_{version}! {{\n    {name}! {{\n");
    for (module, names) in modules {
        writeln!(text, "        k8s_openapi::{module} => {{").unwrap();
        let mut line = String::new();
        for name in names {
            if line.len() + name.len() > WIDTH {
                writeln!(text, "           {line}").unwrap();
                line.clear();
            }
            write!(line, " {name};").unwrap();
        }
        writeln!(text, "           {line}\n        }}").unwrap();
    }
    text + "    }\n}\n"
}
