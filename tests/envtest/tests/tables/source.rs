//! What the types of Kubernetes are called in Rust, read out of the source of `k8s-openapi`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The structs by their names in OpenAPI, for each minor version of Kubernetes.
pub(crate) struct Source {
    pub versions: BTreeMap<u32, BTreeMap<String, Struct>>,
}

pub(crate) struct Struct {
    /// `api::core::v1`
    pub module: String,
    pub name: String,
    /// By their names in JSON. Empty where the struct wraps a value, or is an enum.
    pub fields: BTreeMap<String, Field>,
    /// Whether it is a kind.
    pub kind: bool,
    /// Whether it is a kind that can be listed.
    pub listable: bool,
    /// The constants of its `impl Resource`, and its `Scope`: what stands between the quotes, or the type's name.
    pub constants: BTreeMap<String, String>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Field {
    pub rust: String,
    pub of: String,
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Where the source is that cargo compiles.
fn folder() -> PathBuf {
    let rustc = run("rustc", &["--version", "--verbose"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let arguments =
        ["metadata", "--format-version=1", "--filter-platform", host, "--manifest-path", manifest];
    let metadata: Value = serde_json::from_str(&run(env!("CARGO"), &arguments)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "k8s-openapi").unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src")
}

impl Source {
    pub(crate) fn read() -> Self {
        let mut versions = BTreeMap::new();
        for entry in fs::read_dir(folder()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let Some(minor) = name.strip_prefix("v1_") else { continue };
            let mut structs = BTreeMap::new();
            walk(&path, "", &mut structs);
            versions.insert(minor.parse().unwrap(), structs);
        }
        Self { versions }
    }

    pub(crate) fn newest(&self) -> &BTreeMap<String, Struct> {
        self.versions.values().next_back().unwrap()
    }

    pub(crate) fn newest_version(&self) -> u32 {
        *self.versions.keys().next_back().unwrap()
    }

    pub(crate) fn oldest(&self) -> u32 {
        *self.versions.keys().next().unwrap()
    }

    /// Every kind of any version, with the first and the last of them.
    pub(crate) fn kinds(&self) -> BTreeMap<&str, (&Struct, u32, u32)> {
        let mut kinds = BTreeMap::new();
        for (version, structs) in &self.versions {
            for (openapi, of) in structs.iter().filter(|(_, of)| of.kind) {
                kinds.entry(openapi.as_str()).or_insert((of, *version, *version)).2 = *version;
            }
        }
        kinds
    }

    /// The version since which all have the struct.
    pub(crate) fn since(&self, openapi: &str) -> u32 {
        self.since_when(|structs| structs.contains_key(openapi))
    }

    /// The version since which all have the field.
    pub(crate) fn field_since(&self, openapi: &str, json: &str) -> u32 {
        let has = |of: &Struct| of.fields.contains_key(json);
        self.since_when(|structs| structs.get(openapi).is_some_and(has))
    }

    /// The version since which all are so. The newest is.
    pub(crate) fn since_when(&self, is: impl Fn(&BTreeMap<String, Struct>) -> bool) -> u32 {
        let since = self.versions.iter().rev().take_while(|(_, structs)| is(structs)).last();
        *since.unwrap().0
    }
}

fn walk(folder: &Path, module: &str, found: &mut BTreeMap<String, Struct>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            let module = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
            walk(&path, &module, found);
        } else if let Some((openapi, of)) = parse(&fs::read_to_string(&path).unwrap(), module) {
            found.insert(openapi, of);
        }
    }
}

/// Reads a file that `k8s-openapi` generated from one definition.
fn parse(text: &str, module: &str) -> Option<(String, Struct)> {
    let openapi = text.lines().find_map(|line| line.strip_prefix("// Generated from definition "))?;
    let declaration = text
        .lines()
        .find_map(|line| line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")))?;
    let end = |c: char| !c.is_ascii_alphanumeric();
    let name = declaration.split(end).next().unwrap().to_owned();
    let body = text.split_once(&format!("pub struct {name} {{\n"));
    let body = body.and_then(|(_, rest)| rest.split_once("\n}\n")).map_or("", |(body, _)| body);
    let types: BTreeMap<&str, &str> = body
        .lines()
        .filter_map(|line| line.strip_prefix("    pub ")?.strip_suffix(',')?.split_once(": "))
        .collect();
    let names = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix(',')?.split_once("\" => Field::Key_"));
    let mut fields = BTreeMap::new();
    for (json, rust) in names {
        // apiVersion and kind are constants of the type.
        if let Some(of) = types.get(rust) {
            fields.insert(json.to_owned(), Field { rust: rust.to_owned(), of: (*of).to_owned() });
        }
    }
    assert_eq!(fields.len(), types.len(), "the fields of {openapi}");
    let implements = |which: &str| text.contains(&format!("impl crate::{which} for {name} {{"));
    let (kind, listable) = (implements("Resource"), implements("ListableResource"));
    let constants = constants(text);
    Some((openapi.to_owned(), Struct { module: module.to_owned(), name, fields, kind, listable, constants }))
}

/// `const KIND: &'static str = "Pod";` and `type Scope = crate::NamespaceResourceScope;`
fn constants(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter_map(|line| {
            let (name, value) = match line.strip_prefix("const ") {
                Some(constant) => constant.split_once(": &'static str = \"")?,
                None => line.strip_prefix("type ")?.split_once(" = crate::")?,
            };
            Some((name.to_owned(), value.trim_end_matches(['"', ';']).to_owned()))
        })
        .collect()
}
