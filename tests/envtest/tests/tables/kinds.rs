//! The file `core/src/resource/builtin/kinds.rs`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::facts::Facts;
use super::facts::Kind;
use super::header;
use super::source::Source;

const WIDTH: usize = 110;

/// The text of the file.
pub(crate) fn file(facts: &Facts, source: &Source) -> String {
    let title = format!("what the API server has of each built-in kind, as of Kubernetes {}", facts.version);
    let mut text = header(&title);
    text += "use super::{BuiltIn, kind};\nuse crate::resource::{HasScale, HasStatus};\n\n";
    text += "pub(super) const KINDS: &[BuiltIn] = &[\n";
    for kind in &facts.kinds {
        writeln!(text, "{},", row(kind)).unwrap();
    }
    text += "];\n";
    let mut by_version: BTreeMap<u32, String> = BTreeMap::new();
    for kind in &facts.kinds {
        let of = &source.newest()[&kind.of];
        let since = source.since(&kind.of);
        if kind.has("status") {
            // There are kinds that got their status later.
            let impls = by_version.entry(source.field_since(&kind.of, "status").max(since)).or_default();
            writeln!(impls, "impl HasStatus for k8s_openapi::{}::{} {{}}", of.module, of.name).unwrap();
        }
        if kind.has("scale") {
            let impls = by_version.entry(since).or_default();
            writeln!(impls, "impl HasScale for k8s_openapi::{}::{} {{}}", of.module, of.name).unwrap();
        }
    }
    for (version, impls) in by_version.into_iter().filter(|(_, impls)| !impls.is_empty()) {
        let impls = impls.replace("impl ", "    impl ");
        write!(text, "\nk8s_openapi::k8s_if_ge_1_{version}! {{\n{impls}}}\n").unwrap();
    }
    text
}

fn row(kind: &Kind) -> String {
    let mut parts = vec![format!("    kind({:?}, {:?}, {:?})", kind.group, kind.version, kind.kind)];
    for (name, values) in [("short_names", &kind.short_names), ("categories", &kind.categories)] {
        if !values.is_empty() {
            parts.push(format!(".{name}(&{values:?})"));
        }
    }
    for subresource in ["status", "scale"] {
        if kind.has(subresource) {
            parts.push(format!(".{subresource}()"));
        }
    }
    let line = parts.concat();
    // As `cargo fmt` would.
    if line.len() < WIDTH { line } else { parts.join("\n        ") }
}
