//! The tables of the core that are written by a program are what that program says. With `BLESS=1` they are written.
//!
//! What the types of Kubernetes are comes from the data of the real server, which the embedded one is built on. What
//! they are called in Rust, and which version has them, comes from the source of `k8s-openapi`.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod apply;
mod clientset;
mod facts;
mod kinds;
mod schema;
mod source;
mod verbs;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use self::facts::Facts;
use self::source::Source;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// How a generated file begins.
fn header(what: &str) -> String {
    format!("//! Generated: {what}. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.\n\n")
}

/// Compares a folder of generated files, or writes it.
fn judge(folder: &str, said: &BTreeMap<String, String>) {
    let folder = root().join(folder);
    let bless = env::var_os("BLESS").is_some_and(|bless| bless == "1");
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let generated = path.is_file() && fs::read_to_string(&path).unwrap().starts_with("//! Generated");
        if generated && !said.contains_key(&name) {
            assert!(bless, "{name} is not written any more");
            fs::remove_file(path).unwrap();
        }
    }
    for (name, text) in said {
        let path = folder.join(name);
        if bless {
            fs::write(path, text).unwrap();
            continue;
        }
        let known = fs::read_to_string(path).unwrap_or_default();
        for (line, (known, said)) in known.lines().zip(text.lines()).enumerate() {
            assert_eq!(known, said, "line {} of {name}", line + 1);
        }
        assert_eq!(&known, text, "{name}");
    }
}

#[test]
fn the_schemas_of_the_types_of_kubernetes_are_what_the_data_says() {
    let (facts, source) = (Facts::read(&root()), Source::read());
    let files = schema::files(&facts, &source);
    judge("core/src/schema/kubernetes", &files);
    let modules = fs::read_to_string(root().join("core/src/schema/kubernetes/mod.rs")).unwrap();
    for name in files.keys() {
        let module = name.trim_end_matches(".rs");
        assert!(modules.contains(&format!("mod {module};")), "mod.rs does not name {module}");
    }
}

#[test]
fn the_tables_of_the_built_in_kinds_are_what_the_data_says() {
    let (facts, source) = (Facts::read(&root()), Source::read());
    let files = BTreeMap::from([
        ("kinds.rs".to_owned(), kinds::file(&facts, &source)),
        ("verbs.rs".to_owned(), verbs::file(&facts, &source)),
    ]);
    judge("core/src/resource/builtin", &files);
}

#[test]
fn the_apply_types_of_kubernetes_are_those_of_its_structs() {
    let (facts, source) = (Facts::read(&root()), Source::read());
    let files = BTreeMap::from([("types.rs".to_owned(), apply::file(&facts, &source))]);
    judge("core/src/apply/kubernetes", &files);
}

#[test]
fn the_clientset_has_every_kind_of_every_version() {
    let files = BTreeMap::from([("built_in.rs".to_owned(), clientset::file(&Source::read()))]);
    judge("core/src/clientset", &files);
}
