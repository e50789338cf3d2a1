//! Pure: objects as messages show them: in the API server's own, unversioned form.

use crate::builtin::validate::at::At;

/// What stands at `at`, a Go struct of the name `name`, as JSON of the API server's internal form.
pub(super) fn show(at: &At<'_>, _name: &str) -> String {
    at.value.to_string()
}

/// The lines that differ between two objects, both Go structs of the name `name`.
pub(super) fn difference(_old: &serde_json::Value, _new: &serde_json::Value, _name: &str) -> String {
    String::new()
}
