//! Pure: the options of a delete, from the body or else from the parameters.

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::meta::go_type;
use crate::request::query::Query;
use crate::rest::{Call, body};
use crate::status::Status;

/// What becomes of the dependents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Propagation {
    Background,
    Foreground,
    Orphan,
}

/// What a delete is asked to do.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeleteOptions {
    pub(crate) dry_run: bool,
    /// Seconds; never negative.
    pub(crate) grace: Option<i64>,
    pub(crate) uid: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) propagation: Option<Propagation>,
    /// The old spelling of `propagation`, which changes the code of the answer.
    pub(crate) orphan: Option<bool>,
}

impl DeleteOptions {
    /// The options of a request: a body leaves the parameters unread.
    pub(crate) fn of(call: &Call) -> Result<Self, Status> {
        if call.body.is_empty() {
            return Self::from_query(&call.query);
        }
        let object = body::decode(&call.content_type, &call.body)?;
        check_kind(&object)?;
        Self::from_value(&object)
    }

    fn from_query(query: &Query) -> Result<Self, Status> {
        let grace = query.get("gracePeriodSeconds").map(|text| {
            text.parse::<i64>().map_err(|_| {
                Status::bad_request(format!("strconv.ParseInt: parsing {text:?}: invalid syntax"))
            })
        });
        let policy = query.get("propagationPolicy").map(str::to_owned);
        let dry_run: Vec<String> = query.get("dryRun").map(str::to_owned).into_iter().collect();
        Self { grace: grace.transpose()?, orphan: query.flag("orphanDependents"), ..Self::default() }
            .checked(policy.as_deref(), &dry_run)
    }

    /// Reads a `DeleteOptions` object.
    pub(crate) fn from_value(object: &Value) -> Result<Self, Status> {
        let none = Value::Null;
        let conditions = object.get("preconditions").unwrap_or(&none);
        let condition = |name: &str| {
            let text = member(conditions, name, "Preconditions", "string", Value::as_str);
            text.map(|text| text.map(str::to_owned))
        };
        let policy =
            member(object, "propagationPolicy", "DeleteOptions", "v1.DeletionPropagation", Value::as_str)?;
        let dry_run = member(object, "dryRun", "DeleteOptions", "[]string", Value::as_array)?;
        let dry_run =
            dry_run.map(|_| kubist_structural::node::strings(object.get("dryRun"))).unwrap_or_default();
        let options = Self {
            dry_run: false,
            grace: member(object, "gracePeriodSeconds", "DeleteOptions", "int64", Value::as_i64)?,
            uid: condition("uid")?,
            version: condition("resourceVersion")?,
            propagation: None,
            orphan: member(object, "orphanDependents", "DeleteOptions", "bool", Value::as_bool)?,
        };
        options.checked(policy, &dry_run)
    }

    fn checked(mut self, policy: Option<&str>, dry_run: &[String]) -> Result<Self, Status> {
        let mut errors = Vec::new();
        if let (Some(_), Some(policy)) = (self.orphan, policy) {
            let why = "orphanDependents and deletionPropagation cannot be both set";
            errors.push(FieldError::invalid("propagationPolicy", policy, why));
        }
        self.propagation = match policy {
            None => None,
            Some("Background") => Some(Propagation::Background),
            Some("Foreground") => Some(Propagation::Foreground),
            Some("Orphan") => Some(Propagation::Orphan),
            Some(other) => {
                let supported = ["Foreground", "Background", "Orphan", "nil"].map(str::to_owned);
                errors.push(FieldError::not_supported("propagationPolicy", other, &supported));
                None
            }
        };
        if dry_run.iter().any(|value| value != "All") {
            errors.push(FieldError::not_supported("dryRun", dry_run.to_vec(), &["All".to_owned()]));
        }
        if !errors.is_empty() {
            return Err(Status::invalid("meta.k8s.io", "DeleteOptions", "", &errors));
        }
        self.dry_run = !dry_run.is_empty();
        self.grace = self.grace.map(|grace| if grace < 0 { 1 } else { grace });
        Ok(self)
    }
}

fn member<'a, T>(
    object: &'a Value,
    name: &str,
    of: &str,
    go: &str,
    read: impl Fn(&'a Value) -> Option<T>,
) -> Result<Option<T>, Status> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => read(value).map(Some).ok_or_else(|| {
            let found = go_type(value);
            Status::bad_request(format!(
                "json: cannot unmarshal {found} into Go struct field {of}.{name} of type {go}"
            ))
        }),
    }
}

/// A body may leave its kind out; where it names one, every group has a `DeleteOptions` in each version.
fn check_kind(object: &Value) -> Result<(), Status> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let (kind, version) = (text("kind"), text("apiVersion"));
    if kind.is_empty() || kind == "DeleteOptions" {
        return Ok(());
    }
    let version = if version.is_empty() { "v1" } else { version };
    Err(Status::bad_request(format!(
        "no kind \"{kind}\" is registered for version \"{version}\" in scheme \"pkg/runtime/scheme.go:111\""
    )))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_sources_are_read_alike() {
        let query = Query::parse("gracePeriodSeconds=-5&propagationPolicy=Orphan&dryRun=All");
        let value = json!({"gracePeriodSeconds": -5, "propagationPolicy": "Orphan", "dryRun": ["All"]});
        for options in [DeleteOptions::from_query(&query), DeleteOptions::from_value(&value)] {
            let options = options.unwrap();
            assert_eq!((options.grace, options.dry_run), (Some(1), true));
            assert_eq!(options.propagation, Some(Propagation::Orphan));
        }
    }

    #[test]
    fn options_that_contradict_each_other_are_refused() {
        for bad in [
            json!({"orphanDependents": true, "propagationPolicy": "Background"}),
            json!({"propagationPolicy": ""}),
            json!({"dryRun": ["All", "Some"]}),
            json!({"gracePeriodSeconds": "1"}),
            json!({"preconditions": {"uid": 1}}),
        ] {
            assert!(DeleteOptions::from_value(&bad).is_err(), "{bad}");
        }
        assert!(check_kind(&json!({"kind": "Pod"})).is_err());
    }
}
