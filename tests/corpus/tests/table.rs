//! Each shape, A01 to A122, is an entry of the corpus, or a compile error with its ui test, or refused by the server.

use std::collections::BTreeSet;
use std::path::Path;

use kubist_corpus::{entries, refused};

/// The shapes that do not compile, or warn, with the ui tests that show it, below `ui-tests/cases`.
const COMPILE_ERRORS: &[(&str, &[&str])] = &[
    ("A08", &["shape/integer_of_128_bits"]),
    ("A12", &["shape/unit", "shape/phantom_data", "shape/nested_unit_struct"]),
    ("A32", &["conflict/set_type_of_objects", "conflict/set_of_objects"]),
    ("A36", &["shape/mixed_tuple"]),
    ("A51", &["shape/generic"]),
    ("A56", &["conflict/flattened_typed_map"]),
    ("A57", &["duplicate/flattened_json_name"]),
    ("A69", &["shape/no_variants"]),
    ("A75", &["enums/names_and_data"]),
    ("A76", &["enums/tuple_variant"]),
    ("A77", &["enums/unit_payload"]),
    ("A82", &["enums/fields_disagree"]),
    ("A88", &["enums/untagged_scalars", "enums/untagged_scalar_or_object"]),
    ("A91", &["shape/spec_is_an_enum"]),
    ("A114", &["malformed/format"]),
    (
        "A117",
        &["malformed/group", "malformed/version", "malformed/kind", "malformed/plural", "malformed/scope"],
    ),
    ("A119", &["missing/status_for_scale"]),
];

#[test]
fn each_shape_is_an_entry_or_refused() {
    let all: BTreeSet<String> = (1..=122).map(|number| format!("A{number:02}")).collect();
    let entries: BTreeSet<String> = entries().iter().map(|entry| entry.id().to_owned()).collect();
    let errors: BTreeSet<String> = COMPILE_ERRORS.iter().map(|(id, _)| (*id).to_owned()).collect();
    let refused: BTreeSet<String> = refused().iter().map(|of| of.kind.to_owned()).collect();
    let both: BTreeSet<String> = entries.union(&errors).cloned().chain(refused).collect();
    let missing: Vec<&String> = all.difference(&both).collect();
    let unknown: Vec<&String> = both.difference(&all).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
}

#[test]
fn each_compile_error_has_its_ui_test() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui-tests/cases");
    let missing: Vec<&&str> = COMPILE_ERRORS
        .iter()
        .flat_map(|(_, tests)| *tests)
        .filter(|test| !cases.join(format!("{test}.rs")).is_file())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
