//! The file `core/src/resource/builtin/verbs.rs`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::facts::Facts;
use super::facts::Kind;
use super::header;
use super::source::Source;

/// As discovery names them, and as the core does.
const VERBS: [(&str, &str); 8] = [
    ("create", "Create"),
    ("delete", "Delete"),
    ("deletecollection", "DeleteCollection"),
    ("get", "Get"),
    ("list", "List"),
    ("patch", "Patch"),
    ("update", "Update"),
    ("watch", "Watch"),
];

/// The text of the file.
pub(crate) fn file(facts: &Facts, source: &Source) -> String {
    let title = format!("what can be done with each built-in kind, as of Kubernetes {}", facts.version);
    let mut text = header(&title);
    text += "use crate::resource::{Allows, verb};\n";
    let mut by_versions: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for (openapi, (of, first, last)) in source.kinds() {
        let path = format!("k8s_openapi::{}::{}", of.module, of.name);
        let impls = by_versions.entry((first, last)).or_default();
        let served = facts.kinds.iter().find(|kind| kind.of == openapi);
        match served.map(verbs) {
            Some(verbs) if verbs.len() < VERBS.len() => {
                for verb in verbs {
                    writeln!(impls, "    impl Allows<verb::{verb}> for {path} {{}}").unwrap();
                }
            }
            // The server does not serve every kind unless it is told to. Those that cannot be listed are bodies of
            // subresources.
            None if !of.listable => {}
            Some(_) | None => writeln!(impls, "    impl<V> Allows<V> for {path} {{}}").unwrap(),
        }
    }
    let newest = *source.versions.keys().next_back().unwrap();
    for ((first, last), impls) in by_versions.into_iter().filter(|(_, impls)| !impls.is_empty()) {
        let mut block = format!("k8s_openapi::k8s_if_ge_1_{first}! {{\n{impls}}}\n");
        if last < newest {
            block = format!("k8s_openapi::k8s_if_le_1_{last}! {{\n{block}}}\n");
        }
        write!(text, "\n{block}").unwrap();
    }
    text
}

fn verbs(kind: &Kind) -> Vec<&'static str> {
    let has = |verb: &str| kind.verbs.iter().any(|known| known == verb);
    assert!(kind.verbs.iter().all(|verb| VERBS.iter().any(|(known, _)| known == verb)), "{:?}", kind.verbs);
    VERBS.iter().filter(|(verb, _)| has(verb)).map(|(_, name)| *name).collect()
}
