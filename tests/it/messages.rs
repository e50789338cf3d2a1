//! The page of messages, `macros/docs/messages.md`, is true: each of its rows is shown by a ui test, each ui test and
//! each text in the code has a row.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder with this ending, by their path from it.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, ending, &mut found);
    found.sort();
    found
}

/// One row of the page.
struct Row {
    line: usize,
    /// What the compiler says.
    texts: Vec<String>,
    /// The ui test that shows it, such as `missing/group`.
    case: String,
}

/// What stands between pairs of `fence`, which is one or two backticks.
fn spans(cell: &str, fence: &str) -> Vec<String> {
    let mut spans = Vec::new();
    let mut rest = cell;
    while let Some((_, after)) = rest.split_once(fence) {
        let Some((inside, after)) = after.split_once(fence) else { break };
        // As in Markdown, a space at the edge keeps a backtick of the text from the fence.
        spans.push(inside.trim().to_owned());
        rest = after;
    }
    spans
}

fn page() -> Vec<Row> {
    let text = read(&root().join("macros/docs/messages.md"));
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if !line.starts_with("| ") || line.starts_with("| mistake |") || line.starts_with("| ---") {
            continue;
        }
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<String> = line.split('|').map(|cell| cell.replace('\u{1}', "|")).collect();
        assert_eq!(cells.len(), 6, "line {}: a row has four cells", number + 1);
        let case = spans(&cells[4], "`").pop().unwrap_or_else(|| panic!("line {}: no case", number + 1));
        rows.push(Row { line: number + 1, texts: spans(&cells[2], "``"), case });
    }
    assert!(rows.len() > 100, "the page is no longer read as it is written");
    rows
}

#[test]
fn each_row_of_the_page_is_shown_by_its_ui_test() {
    let cases = root().join("ui-tests/cases");
    let mut wrong = Vec::new();
    for row in &page() {
        let shown = cases.join(format!("{}.stderr", row.case));
        if row.texts.is_empty() {
            wrong.push(format!("line {}: no message in double backticks", row.line));
        } else if !shown.is_file() {
            wrong.push(format!("line {}: there is no `{}`", row.line, row.case));
        } else {
            let shown = read(&shown);
            for text in row.texts.iter().filter(|text| !shown.contains(*text)) {
                wrong.push(format!("line {}: `{}` does not show: {text}", row.line, row.case));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_type_with_one_mistake_makes_one_error_wherever_it_is_used() {
    let files = files(&root().join("ui-tests/cases"), "no_cascade.stderr");
    assert!(files.len() > 5, "the cases are no longer where they were");
    for file in files {
        let errors = read(&file).lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, 1, "{}", file.display());
    }
}

#[test]
fn each_ui_test_has_a_row_on_the_page() {
    let cases = root().join("ui-tests/cases");
    let rows = page();
    let mut missing = Vec::new();
    for file in files(&cases, ".stderr") {
        let case = file.strip_prefix(&cases).unwrap().with_extension("").to_string_lossy().into_owned();
        if !rows.iter().any(|row| row.case == case) {
            missing.push(case);
        }
    }
    assert!(missing.is_empty(), "macros/docs/messages.md has no row for {missing:#?}");
}

/// The fixed parts of a format string, or of a text with `{Self}`.
fn fixed_parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut placeholder = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' if chars.peek() == Some(&'{') => {
                chars.next();
                parts.last_mut().unwrap().push('{');
            }
            '}' if !placeholder && chars.peek() == Some(&'}') => {
                chars.next();
                parts.last_mut().unwrap().push('}');
            }
            '{' => {
                placeholder = true;
                parts.push(String::new());
            }
            '}' => placeholder = false,
            c if !placeholder => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The string literals of Rust code, unescaped as far as messages need it.
fn literals(code: &str) -> Vec<String> {
    let mut literals = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match c {
                // A character such as '"', and not a lifetime.
                '\'' if chars.as_str().chars().nth(1) == Some('\'') => {
                    chars.nth(1);
                }
                '"' => {
                    let mut literal = String::new();
                    while let Some(c) = chars.next() {
                        match c {
                            '"' => break,
                            '\\' => literal.extend(chars.next()),
                            c => literal.push(c),
                        }
                    }
                    literals.push(literal);
                }
                _ => {}
            }
        }
    }
    literals
}

/// The texts of the derives: each function of `message/`.
fn macro_texts() -> Vec<(String, Vec<String>)> {
    let source: String =
        files(&root().join("macros/src/message"), ".rs").iter().map(|file| read(file)).collect();
    let mut all = Vec::new();
    for function in source.split("pub(crate) fn ").skip(1) {
        let name: String = function.chars().take_while(|c| *c != '(' && *c != '<').collect();
        let text = literals(function).into_iter().next().unwrap_or_default();
        all.push((format!("message::{name}"), fixed_parts(&text)));
    }
    assert!(all.len() > 100, "message/ is no longer read as it is written");
    all
}

/// The texts that are put together in constant evaluation: what follows each `.push(`.
fn constant_texts() -> Vec<(String, Vec<String>)> {
    let source = root().join("core/src/schema");
    let mut all = Vec::new();
    for file in files(&source, ".rs") {
        let code = read(&file);
        let code = code.split("#[cfg(test)]").next().unwrap();
        if !code.contains("Message") {
            continue;
        }
        for call in code.split(".push(").skip(1) {
            let argument = call.split_inclusive(')').next().unwrap();
            // Words such as " is " are nobody's message.
            for literal in literals(argument).into_iter().filter(|literal| literal.len() > 8) {
                all.push((file.file_name().unwrap().to_string_lossy().into_owned(), vec![literal]));
            }
        }
    }
    assert!(all.len() > 10, "the const messages are no longer read as they are written");
    all
}

/// The texts of `#[diagnostic::on_unimplemented]`.
fn bound_texts() -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for file in files(&root().join("core/src"), ".rs") {
        let code = read(&file);
        for attribute in code.split("#[diagnostic::on_unimplemented(").skip(1) {
            let attribute = attribute.split("\n)]").next().unwrap();
            for literal in literals(attribute) {
                all.push((file.file_name().unwrap().to_string_lossy().into_owned(), fixed_parts(&literal)));
            }
        }
    }
    assert!(all.len() > 20, "the texts of bounds are no longer read as they are written");
    all
}

#[test]
fn each_text_of_the_code_is_on_the_page() {
    let rows = page();
    let mut missing = Vec::new();
    for (origin, parts) in [macro_texts(), constant_texts(), bound_texts()].concat() {
        assert!(!parts.is_empty(), "`{origin}` has no text");
        let says = |row: &&Row| {
            let said = row.texts.join(" ");
            parts.iter().all(|part| said.contains(part.trim()))
        };
        if !rows.iter().any(|row| says(&row)) {
            missing.push(format!("{origin}: {parts:?}"));
        }
    }
    assert!(missing.is_empty(), "macros/docs/messages.md does not have\n{}", missing.join("\n"));
}
