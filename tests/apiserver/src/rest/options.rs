//! Pure: the options of a write: dry run, field validation, field manager.

use kubist_structural::field_error::FieldError;

use crate::request::query::{FieldValidation, Query};
use crate::status::Status;

/// The longest name of a field manager, in bytes.
const MANAGER_LIMIT: usize = 128;

/// What the parameters of a write ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WriteOptions {
    /// Whether nothing is to be stored.
    pub(crate) dry_run: bool,
    /// What happens to fields that the kind does not have.
    pub(crate) validation: FieldValidation,
}

/// Reads the options of a create or an update; `kind` is `CreateOptions` or `UpdateOptions`.
///
/// # Errors
/// Everything that is wrong with them.
pub(crate) fn read(query: &Query, kind: &str) -> Result<WriteOptions, Status> {
    finish(query, kind, Vec::new())
}

/// Reads the options of a patch, of which a server-side apply has its own.
///
/// # Errors
/// Everything that is wrong with them.
pub(crate) fn of_patch(query: &Query, is_apply: bool) -> Result<WriteOptions, Status> {
    let mut errors = Vec::new();
    if is_apply && query.get("fieldManager").is_none() {
        errors.push(FieldError::required("fieldManager", "is required for apply patch"));
    }
    if !is_apply && query.get("force").is_some() {
        errors.push(FieldError::forbidden("force", "may not be specified for non-apply patch"));
    }
    finish(query, "PatchOptions", errors)
}

fn finish(query: &Query, kind: &str, mut errors: Vec<FieldError>) -> Result<WriteOptions, Status> {
    check_manager(query.get("fieldManager").unwrap_or_default(), &mut errors);
    let dry_run = query.all("dryRun");
    if dry_run.iter().any(|value| *value != "All") {
        errors.push(FieldError::not_supported("dryRun", dry_run.clone(), &["All".to_owned()]));
    }
    let validation = match query.get("fieldValidation") {
        None | Some("Warn") => FieldValidation::Warn,
        Some("Ignore") => FieldValidation::Ignore,
        Some("Strict") => FieldValidation::Strict,
        Some(other) => {
            let supported = ["", "Ignore", "Strict", "Warn"].map(str::to_owned);
            errors.push(FieldError::not_supported("fieldValidation", other, &supported));
            FieldValidation::Warn
        }
    };
    if errors.is_empty() {
        return Ok(WriteOptions { dry_run: !dry_run.is_empty(), validation });
    }
    Err(Status::invalid("meta.k8s.io", kind, "", &errors))
}

fn check_manager(manager: &str, errors: &mut Vec<FieldError>) {
    if manager.len() > MANAGER_LIMIT {
        errors.push(FieldError::too_long("fieldManager", MANAGER_LIMIT as u64));
    }
    for (at, c) in manager.char_indices() {
        if c.is_control() {
            let why = format!("invalid character U+{:04X} (at position {at})", c as u32);
            errors.push(FieldError::invalid("fieldManager", manager, why));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(query: &str) -> String {
        let status = of_patch(&Query::parse(query), false).unwrap_err();
        status.to_value()["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        assert_eq!(
            message("fieldValidation=Foo&dryRun=All&dryRun=x&force=1&fieldManager=%01"),
            "PatchOptions.meta.k8s.io \"\" is invalid: [force: Forbidden: may not be specified for non-apply \
             patch, fieldManager: Invalid value: \"\\x01\": invalid character U+0001 (at position 0), dryRun: \
             Unsupported value: [\"All\",\"x\"]: supported values: \"All\", fieldValidation: Unsupported value: \
             \"Foo\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"]"
        );
        let long = format!("fieldManager={}", "a".repeat(129));
        assert!(message(&long).ends_with("fieldManager: Too long: may not be more than 128 bytes"));
        assert!(of_patch(&Query::parse(""), true).is_err());
    }

    #[test]
    fn options_are_read() {
        let options = read(&Query::parse("dryRun=All&dryRun=All&fieldValidation=Strict"), "CreateOptions");
        assert_eq!(options.unwrap(), WriteOptions { dry_run: true, validation: FieldValidation::Strict });
        assert!(!read(&Query::parse(""), "CreateOptions").unwrap().dry_run);
        assert!(read(&Query::parse("dryRun="), "CreateOptions").is_err());
    }
}
