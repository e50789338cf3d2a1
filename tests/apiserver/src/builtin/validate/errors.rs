//! Pure: the mistakes found in an object, in the order in which they are reported.

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::format::Format;

#[derive(Debug, Default)]
pub(super) struct Errors(Vec<FieldError>);

impl Errors {
    pub(super) fn into_vec(self) -> Vec<FieldError> {
        self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    pub(super) fn required(&mut self, at: &At<'_>, why: &str) {
        self.0.push(FieldError::required(&at.path, why));
    }

    /// What stands there is wrong, and shown.
    pub(super) fn invalid(&mut self, at: &At<'_>, why: impl Into<String>) {
        self.0.push(FieldError::invalid(&at.path, at.value.clone(), why));
    }

    /// A text is wrong; a missing one is shown as an empty one.
    pub(super) fn invalid_text(&mut self, at: &At<'_>, why: impl Into<String>) {
        self.invalid_as(at, at.text(), why);
    }

    /// Something is wrong; `value` is shown in place of what stands there.
    pub(super) fn invalid_as(&mut self, at: &At<'_>, value: impl Into<Value>, why: impl Into<String>) {
        self.0.push(FieldError::invalid(&at.path, value, why));
    }

    /// Something is wrong; `shown` is printed as it is.
    pub(super) fn invalid_shown(&mut self, at: &At<'_>, shown: impl Into<String>, why: impl Into<String>) {
        self.0.push(FieldError::invalid_as(&at.path, shown, why));
    }

    /// A text is not of the wanted form, for each reason that the form gives.
    pub(super) fn format(&mut self, at: &At<'_>, format: Format) {
        for why in format(at.text()) {
            self.invalid_text(at, why);
        }
    }

    pub(super) fn forbidden(&mut self, at: &At<'_>, why: impl Into<String>) {
        self.0.push(FieldError::forbidden(&at.path, why));
    }

    pub(super) fn duplicate(&mut self, at: &At<'_>) {
        self.0.push(FieldError::duplicate(&at.path, at.value.clone()));
    }

    pub(super) fn duplicate_as(&mut self, at: &At<'_>, value: impl Into<Value>) {
        self.0.push(FieldError::duplicate(&at.path, value));
    }

    /// A text is none of `supported`.
    pub(super) fn unsupported(&mut self, at: &At<'_>, supported: &[&str]) {
        self.unsupported_as(at, at.text(), supported);
    }

    pub(super) fn unsupported_as(&mut self, at: &At<'_>, value: impl Into<Value>, supported: &[&str]) {
        let supported: Vec<String> = supported.iter().map(|text| (*text).to_owned()).collect();
        self.0.push(FieldError::not_supported(&at.path, value, &supported));
    }

    /// A text names something that is not there.
    pub(super) fn not_found(&mut self, at: &At<'_>) {
        self.0.push(FieldError::not_found(&at.path, at.text()));
    }

    pub(super) fn too_long(&mut self, at: &At<'_>, max: u64) {
        self.0.push(FieldError::too_long(&at.path, max));
    }

    pub(super) fn too_many(&mut self, at: &At<'_>, max: u64) {
        self.0.push(FieldError::too_many(&at.path, at.len() as u64, max));
    }

    pub(super) fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }
}
