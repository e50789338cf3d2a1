//! The tree keeps the promises of ARCHITECTURE.md: what that page says is read from it and checked here.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LINES_MAX: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// All files below a folder with one of these endings, without build output.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    walk(&path, endings, found);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The words in backticks of a table cell.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A table of ARCHITECTURE.md, the one after its marker: module to what it may import.
fn table(marker: &str) -> BTreeMap<String, BTreeSet<String>> {
    let page = read(&root().join("ARCHITECTURE.md"));
    let after = page.split_once(marker).unwrap_or_else(|| panic!("ARCHITECTURE.md has no {marker}")).1;
    let rows =
        after.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut table = BTreeMap::new();
    for row in rows.skip(2) {
        let cells: Vec<&str> = row.split('|').collect();
        let module = names(cells[1]).pop_first().unwrap();
        table.insert(module, names(cells[2]));
    }
    assert!(table.len() > 5, "the table after {marker} is not a table");
    table
}

/// The module that a file of a crate belongs to: its first folder, or its own name.
fn module(source: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(source).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Every `crate::name` that a file names, with its line. Comments, docs and texts may name anything.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for (at, _) in line.match_indices("crate::") {
            let quoted = line[..at].matches('"').count() % 2 == 1;
            if quoted || line[..at].ends_with('$') {
                continue;
            }
            let name: String =
                line[at + 7..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            found.push((number + 1, name));
        }
    }
    found
}

/// What is wrong with the imports of a file of this module, with the lines. `topmost` says that the parent of the
/// file's module is the crate itself: it is `foo.rs` or `foo/mod.rs`, not `foo/bar.rs`.
fn wrong_imports(
    module: &str,
    topmost: bool,
    text: &str,
    table: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    for (line, import) in imports(text) {
        if import.is_empty() {
            wrong.push((line, "one module per `use crate::…`".to_owned()));
        } else if !table.contains_key(&import) {
            wrong
                .push((line, format!("`crate::{import}` is no module of the table: import from its module")));
        } else if import != module && !table[module].contains(&import) {
            wrong.push((line, format!("`{module}` may not import `{import}`")));
        }
    }
    let code = text.split("#[cfg(test)]").next().unwrap();
    for (number, line) in code.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.contains("super::super") || (topmost && line.contains("super::")) {
            wrong.push((number + 1, "`super` is the crate here, and walks around the table".to_owned()));
        }
    }
    wrong
}

fn check_imports(source: &str, marker: &str) -> Vec<String> {
    let table = table(marker);
    let folder = root().join(source);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files(source, &[".rs"]) {
        let module = module(&folder, &file);
        // Tests may look at anything.
        if ["lib", "main", "tests"].contains(&module.as_str()) || shown(&file).ends_with("tests.rs") {
            continue;
        }
        seen.insert(module.clone());
        if !table.contains_key(&module) {
            wrong.push(format!("{}: module `{module}` is not in the table", shown(&file)));
            continue;
        }
        let topmost = file.parent() == Some(&folder) || file.ends_with("mod.rs");
        for (line, what) in wrong_imports(&module, topmost, &read(&file), &table) {
            wrong.push(format!("{}:{line}: {what}", shown(&file)));
        }
    }
    for module in table.keys().filter(|module| !seen.contains(*module)) {
        wrong.push(format!("the table has a module `{module}` that does not exist"));
    }
    wrong
}

#[test]
fn each_way_around_the_tables_is_seen() {
    let table = table("<!-- table: modules of core -->");
    let ok = |topmost, text| wrong_imports("rest", topmost, text, &table).is_empty();
    assert!(ok(true, "use crate::error::Error;\nuse crate::rest::path;\nuse self::client::RestClient;"));
    assert!(ok(false, "use super::path;\n// crate::watch, and super::super"));
    assert!(ok(true, "fn f() {}\n#[cfg(test)]\nmod tests {\n    use super::*;\n}"));
    assert!(!ok(false, "use crate::watch::events;"));
    assert!(!ok(false, "let x = crate::watch::events(body);"));
    assert!(!ok(false, "use crate::{error::Error, watch::events};"));
    // `lib.rs` shows names of all modules.
    assert!(!ok(false, "use crate::SharedInformer;"));
    assert!(!ok(true, "use super::watch::events;"));
    assert!(!ok(false, "use super::super::watch::events;"));
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let mut wrong = check_imports("core/src", "<!-- table: modules of core -->");
    wrong.extend(check_imports("core/structural/src", "<!-- table: modules of structural -->"));
    wrong.extend(check_imports("macros/src", "<!-- table: modules of macros -->"));
    wrong.extend(check_imports("tests/apiserver/src", "<!-- table: modules of apiserver -->"));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_tables_have_no_cycle() {
    for of in ["core", "structural", "macros", "apiserver"] {
        let mut left = table(&format!("<!-- table: modules of {of} -->"));
        while !left.is_empty() {
            let free: Vec<String> = left
                .iter()
                .filter(|(_, imports)| imports.iter().all(|import| !left.contains_key(import)))
                .map(|(module, _)| module.clone())
                .collect();
            assert!(!free.is_empty(), "a cycle among {:?}", left.keys());
            for module in free {
                left.remove(&module);
            }
        }
    }
}

#[test]
fn files_that_decide_have_no_clock_and_do_not_wait() {
    const WAITING: [&str; 6] = ["async ", ".await", "tokio::", "spawn(", "Instant::now", "SystemTime::now"];
    let mut wrong = Vec::new();
    let mut pure = 0;
    for folder in ["core/src", "core/structural/src", "macros/src", "tests/apiserver/src"] {
        for file in files(folder, &[".rs"]) {
            let text = read(&file);
            // A public module says it in a comment: its page is for users.
            if !text.starts_with("//! Pure:") && !text.starts_with("// Pure:") {
                continue;
            }
            pure += 1;
            // Tests beside the code may wait.
            let code = text.split("#[cfg(test)]").next().unwrap();
            for (number, line) in code.lines().enumerate() {
                let line = line.trim_start();
                for word in WAITING.iter().filter(|word| !line.starts_with("//") && line.contains(**word)) {
                    wrong.push(format!("{}:{}: `{word}` in a pure file", shown(&file), number + 1));
                }
            }
        }
    }
    assert!(pure > 20, "only {pure} pure files: is the marker still `//! Pure:`?");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_file_has_more_than_500_lines() {
    let mut long = Vec::new();
    for file in files("", &[".rs", ".go"]) {
        let text = read(&file);
        let lines = text.lines().count();
        // Nobody reads a generated file from top to bottom, and one per group and version is where one looks.
        if lines > LINES_MAX && !text.starts_with("//! Generated: ") {
            long.push(format!("{}: {lines} lines", shown(&file)));
        }
    }
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn the_changelog_has_a_section_for_what_is_not_released() {
    let changelog = read(&root().join("CHANGELOG.md"));
    assert!(changelog.contains("## [Unreleased]"));
}

#[test]
fn the_repository_names_no_path_or_registry_of_a_machine() {
    let words = [
        "/ro\u{6f}t/",
        "/w\u{6f}rk/",
        "prox\u{79}.golang.org",
        "index.crate\u{73}.io",
        "static.crate\u{73}.io",
    ];
    let mut found = Vec::new();
    for file in files("", &[".rs", ".md", ".toml", ".go", ".mod", "run", "build", ".yaml", ".json"]) {
        let text = read(&file);
        for word in words.iter().filter(|word| text.contains(**word)) {
            found.push(format!("{}: {word}", shown(&file)));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
