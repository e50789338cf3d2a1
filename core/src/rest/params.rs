//! Pure: the options of each verb.

use std::time::Duration;

use serde::Serialize;

use crate::resource::VersionMatch;
use crate::rest::duration;
use crate::rest::query::Query;

/// What the server does with fields that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the API has these three")]
pub enum FieldValidation {
    /// Drops them.
    Ignore,
    /// Refuses the object.
    Strict,
    /// Drops them and sends a warning; the server's own default.
    Warn,
}

impl FieldValidation {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ignore => "Ignore",
            Self::Strict => "Strict",
            Self::Warn => "Warn",
        }
    }
}

/// Options of create, replace, patch other than server-side apply, and of the writes to subresources.
///
/// # Defaults
///
/// Nothing is sent: the server persists, names the field manager after the user agent, and warns
/// about unknown fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct WriteParams {
    dry_run: bool,
    field_manager: Option<String>,
    field_validation: Option<FieldValidation>,
}

impl WriteParams {
    /// Does everything but store the result.
    pub fn dry_run(mut self) -> Self {
        self.dry_run = true;
        self
    }

    /// The name under which the server records who set which field; at most 128 characters.
    pub fn field_manager(mut self, manager: impl Into<String>) -> Self {
        self.field_manager = Some(manager.into());
        self
    }

    /// What to do with unknown fields.
    pub fn field_validation(mut self, validation: FieldValidation) -> Self {
        self.field_validation = Some(validation);
        self
    }

    pub(crate) fn add_to(&self, query: &mut Query) {
        query.push_some("dryRun", self.dry_run.then_some("All"));
        query.push_some("fieldManager", self.field_manager.as_deref());
        query.push_some("fieldValidation", self.field_validation.map(FieldValidation::as_str));
    }
}

/// Options of server-side apply.
///
/// # Defaults
///
/// Not forced: a field of another manager with another value is a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ApplyParams {
    write: WriteParams,
    force: bool,
}

impl ApplyParams {
    /// Applies as this field manager.
    pub fn manager(manager: impl Into<String>) -> Self {
        Self { write: WriteParams::default().field_manager(manager), force: false }
    }

    /// Takes over the fields that other managers have set to other values.
    pub fn force(mut self) -> Self {
        self.force = true;
        self
    }

    /// Does everything but store the result.
    pub fn dry_run(mut self) -> Self {
        self.write = self.write.dry_run();
        self
    }

    pub(crate) fn is_dry_run(&self) -> bool {
        self.write.dry_run
    }

    /// What to do with unknown fields.
    pub fn field_validation(mut self, validation: FieldValidation) -> Self {
        self.write = self.write.field_validation(validation);
        self
    }

    pub(crate) fn add_to(&self, query: &mut Query) {
        self.write.add_to(query);
        query.push_some("force", self.force.then_some("true"));
    }
}

/// How one object is read.
///
/// # Defaults
///
/// The newest state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct GetParams {
    resource_version: Option<String>,
}

impl GetParams {
    /// This version or a newer one; `"0"` is whatever the server has in memory.
    pub fn not_older_than(mut self, resource_version: impl Into<String>) -> Self {
        self.resource_version = Some(resource_version.into());
        self
    }

    pub(crate) fn add_to(&self, query: &mut Query) {
        query.push_some("resourceVersion", self.resource_version.as_deref());
    }
}

/// Which objects of a list, and how.
///
/// # Defaults
///
/// All objects, at their newest version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct ListParams {
    pub(crate) labels: Option<String>,
    pub(crate) fields: Option<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) continue_token: Option<String>,
    pub(crate) resource_version: Option<String>,
    pub(crate) version_match: Option<VersionMatch>,
    pub(crate) timeout: Option<Duration>,
}

impl ListParams {
    /// Only objects whose labels match, for example `app=web,tier in (a, b)`. A second call adds
    /// to the first.
    pub fn labels(mut self, selector: impl AsRef<str>) -> Self {
        add_selector(&mut self.labels, selector.as_ref());
        self
    }

    /// Only objects whose fields match, for example `status.phase=Running`. A second call adds to
    /// the first.
    pub fn fields(mut self, selector: impl AsRef<str>) -> Self {
        add_selector(&mut self.fields, selector.as_ref());
        self
    }

    /// At most this many objects in one page.
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The page after the one that gave this token.
    pub fn continue_from(mut self, token: impl Into<String>) -> Self {
        self.continue_token = Some(token.into());
        self
    }

    /// Exactly this version.
    pub fn exactly(mut self, resource_version: impl Into<String>) -> Self {
        self.resource_version = Some(resource_version.into());
        self.version_match = Some(VersionMatch::Exact);
        self
    }

    /// This version or a newer one; `"0"` is whatever the server has in memory.
    pub fn not_older_than(mut self, resource_version: impl Into<String>) -> Self {
        self.resource_version = Some(resource_version.into());
        self.version_match = Some(VersionMatch::NotOlderThan);
        self
    }

    /// How long the server may take, in whole seconds; then it gives up.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    pub(crate) fn add_to(&self, query: &mut Query) {
        query.push_some("labelSelector", self.labels.as_deref());
        query.push_some("fieldSelector", self.fields.as_deref());
        query.push_some("limit", self.limit);
        query.push_some("continue", self.continue_token.as_deref());
        // The token holds the version; the server refuses both.
        if self.continue_token.is_none() {
            query.push_some("resourceVersion", self.resource_version.as_deref());
            query.push_some("resourceVersionMatch", self.version_match.map(VersionMatch::as_str));
        }
        query.push_some("timeoutSeconds", self.timeout.map(|timeout| timeout.as_secs()));
        // What ends a list; the other is for watches.
        query.push_some("timeout", self.timeout.map(duration::go));
    }
}

fn add_selector(selector: &mut Option<String>, more: &str) {
    match selector {
        _ if more.is_empty() => {}
        Some(selector) => {
            selector.push(',');
            selector.push_str(more);
        }
        None => *selector = Some(more.to_owned()),
    }
}

/// What happens to the objects that the deleted one owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "the API has these three")]
pub enum DeletionPropagation {
    /// The garbage collector deletes them afterwards.
    Background,
    /// The object stays until they are gone.
    Foreground,
    /// They stay.
    Orphan,
}

/// What must hold for a delete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct Preconditions {
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_version: Option<String>,
}

/// Options of delete.
///
/// # Defaults
///
/// Those of the kind: its own grace period and propagation, no preconditions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct DeleteParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    grace_period_seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    propagation_policy: Option<DeletionPropagation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preconditions: Option<Preconditions>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dry_run: Vec<&'static str>,
    #[serde(
        rename = "ignoreStoreReadErrorWithClusterBreakingPotential",
        skip_serializing_if = "std::ops::Not::not"
    )]
    ignore_store_read_error: bool,
}

impl DeleteParams {
    /// How many seconds the object may take to end; 0 is at once.
    pub fn grace_period_seconds(mut self, seconds: u32) -> Self {
        self.grace_period_seconds = Some(seconds);
        self
    }

    /// What happens to the objects that this one owns.
    pub fn propagation(mut self, propagation: DeletionPropagation) -> Self {
        self.propagation_policy = Some(propagation);
        self
    }

    /// Only the object with this uid, not another one of the same name.
    pub fn uid(mut self, uid: impl Into<String>) -> Self {
        self.preconditions.get_or_insert_default().uid = Some(uid.into());
        self
    }

    /// Only the object at this version.
    pub fn resource_version(mut self, version: impl Into<String>) -> Self {
        self.preconditions.get_or_insert_default().resource_version = Some(version.into());
        self
    }

    /// Does everything but delete.
    pub fn dry_run(mut self) -> Self {
        self.dry_run = vec!["All"];
        self
    }

    /// Deletes an object that the server can no longer read from its storage, with all that this may break: nothing of
    /// the object is looked at, neither finalizers nor preconditions.
    pub fn ignore_store_read_error(mut self) -> Self {
        self.ignore_store_read_error = true;
        self
    }

    /// Whether nothing was asked for, so that no body need be sent.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(add: impl Fn(&mut Query)) -> String {
        let mut query = Query::default();
        add(&mut query);
        query.encode()
    }

    #[test]
    fn defaults_send_nothing() {
        assert_eq!(query(|query| ListParams::default().add_to(query)), "");
        assert_eq!(query(|query| WriteParams::default().add_to(query)), "");
        assert!(DeleteParams::default().is_default());
    }

    #[test]
    fn a_page_does_not_repeat_the_version_that_its_token_holds() {
        let params = ListParams::default().labels("a=b").labels("c").limit(2).not_older_than("7");
        assert_eq!(
            query(|query| params.add_to(query)),
            "labelSelector=a%3Db%2Cc&limit=2&resourceVersion=7&resourceVersionMatch=NotOlderThan"
        );
        let next = params.continue_from("t");
        assert_eq!(query(|query| next.add_to(query)), "labelSelector=a%3Db%2Cc&limit=2&continue=t");
    }

    #[test]
    fn apply_names_its_manager_and_forces_only_when_told() {
        let params = ApplyParams::manager("me");
        assert_eq!(query(|query| params.add_to(query)), "fieldManager=me");
        let params = params.force().dry_run();
        assert_eq!(query(|query| params.add_to(query)), "dryRun=All&fieldManager=me&force=true");
    }

    #[test]
    fn delete_options_are_a_body() {
        let params = DeleteParams::default()
            .grace_period_seconds(0)
            .propagation(DeletionPropagation::Foreground)
            .uid("u")
            .dry_run();
        assert_eq!(
            serde_json::to_value(params).unwrap(),
            serde_json::json!({
                "gracePeriodSeconds": 0,
                "propagationPolicy": "Foreground",
                "preconditions": {"uid": "u"},
                "dryRun": ["All"],
            })
        );
    }
}
