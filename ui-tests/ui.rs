//! What the compiler says about each mistake, and that it says nothing about good programs.
//!
//! A folder is a class of mistake, a file is the mistake, the `.stderr` beside it is what the user reads.
//! `TRYBUILD=overwrite cargo test -p kubist-ui-tests` writes the messages anew; their diff is reviewed.
//! `KUBIST_UI=missing/group cargo test -p kubist-ui-tests` runs the cases whose path contains that text.
//! The compiler's own words change between releases: the messages are those of the toolchain in
//! `rust-toolchain.toml`.

use std::path::{Path, PathBuf};

/// Every case, in the order of its path.
fn cases(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        entries.push(entry?.path());
    }
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            cases(&entry, found)?;
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
    Ok(())
}

/// The cases of `pass` or of all the other folders that were asked for.
fn wanted(pass: bool) -> Vec<PathBuf> {
    let wanted = std::env::var("KUBIST_UI").unwrap_or_default();
    let mut found = Vec::new();
    cases(Path::new("cases"), &mut found).expect("the folder of cases can be read");
    assert!(found.len() > 100, "the cases are no longer where they were");
    found.retain(|case| case.starts_with("cases/pass") == pass && case.to_string_lossy().contains(&wanted));
    found
}

/// Apart from the good programs: where nothing is to be run, all cases are checked at once.
#[test]
fn each_mistake_has_its_message() {
    let runner = trybuild::TestCases::new();
    for case in wanted(false) {
        runner.compile_fail(case);
    }
}

#[test]
fn good_programs_compile() {
    let runner = trybuild::TestCases::new();
    for case in wanted(true) {
        runner.pass(case);
    }
}
