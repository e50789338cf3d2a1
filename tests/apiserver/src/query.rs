//! Pure: the parameters of a request.

use std::time::Duration;

use serde_json::Value;

use crate::route::decode;
use crate::schema::field_error::FieldError;
use crate::status::Status;

/// The parameters in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

/// What happens to unknown fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldValidation {
    Ignore,
    Warn,
    Strict,
}

/// The parameters of list, watch and delete-collection.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListOptions {
    pub(crate) labels: String,
    pub(crate) fields: String,
    pub(crate) watch: bool,
    pub(crate) bookmarks: bool,
    pub(crate) version: Option<u64>,
    pub(crate) version_match: Option<VersionMatch>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) limit: Option<usize>,
    pub(crate) continue_token: Option<String>,
    pub(crate) send_initial_events: Option<bool>,
}

/// How a list's version is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VersionMatch {
    Exact,
    NotOlderThan,
}

impl Query {
    /// Reads the part of a URL after `?`.
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(&name.replace('+', " "))?, decode(&value.replace('+', " "))?))
        });
        Self(pairs.collect())
    }

    /// The first value of `name`, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// All values of `name`, also those that are empty.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a flag is set: anything but `false` and `0` sets it, as on the real server.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(!(value == "0" || value.eq_ignore_ascii_case("false")))
    }

    fn number(&self, name: &str) -> Result<Option<i64>, Status> {
        self.get(name)
            .map(|value| {
                value.parse().map_err(|_| {
                    Status::bad_request(format!("strconv.ParseInt: parsing \"{value}\": invalid syntax"))
                })
            })
            .transpose()
    }

    /// Whether nothing is to be stored.
    pub(crate) fn dry_run(&self, options: &str) -> Result<bool, Status> {
        match self.get("dryRun") {
            None => Ok(false),
            Some("All") => Ok(true),
            Some(other) => {
                let error = FieldError::not_supported("dryRun", vec![other], &["All".to_owned()]);
                Err(Status::invalid("meta.k8s.io", options, "", &[error]))
            }
        }
    }

    pub(crate) fn field_validation(&self, options: &str) -> Result<FieldValidation, Status> {
        match self.get("fieldValidation") {
            None | Some("Warn") => Ok(FieldValidation::Warn),
            Some("Ignore") => Ok(FieldValidation::Ignore),
            Some("Strict") => Ok(FieldValidation::Strict),
            Some(other) => {
                let supported = ["", "Ignore", "Strict", "Warn"].map(str::to_owned);
                let error = FieldError::not_supported("fieldValidation", other, &supported);
                Err(Status::invalid("meta.k8s.io", options, "", &[error]))
            }
        }
    }

    /// The parameters of list and watch, checked against each other.
    pub(crate) fn list_options(&self) -> Result<ListOptions, Status> {
        let version = match self.get("resourceVersion") {
            None => None,
            Some(text) => Some(text.parse::<u64>().map_err(|_| invalid_version(text))?),
        };
        let version_match = match self.get("resourceVersionMatch") {
            None => None,
            Some("Exact") => Some(VersionMatch::Exact),
            Some("NotOlderThan") => Some(VersionMatch::NotOlderThan),
            Some(other) => {
                let supported = ["Exact", "NotOlderThan", ""].map(str::to_owned);
                return Err(invalid_options(FieldError::not_supported(
                    "resourceVersionMatch",
                    other,
                    &supported,
                )));
            }
        };
        let options = ListOptions {
            labels: self.get("labelSelector").unwrap_or_default().to_owned(),
            fields: self.get("fieldSelector").unwrap_or_default().to_owned(),
            watch: self.flag("watch").unwrap_or(false),
            bookmarks: self.flag("allowWatchBookmarks").unwrap_or(false),
            version,
            version_match,
            timeout: self
                .number("timeoutSeconds")?
                .filter(|n| *n > 0)
                .map(|n| Duration::from_secs(n.unsigned_abs())),
            limit: self.number("limit")?.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0),
            continue_token: self.get("continue").map(str::to_owned),
            send_initial_events: self.flag("sendInitialEvents"),
        };
        self.check(&options)?;
        Ok(options)
    }

    fn check(&self, options: &ListOptions) -> Result<(), Status> {
        let forbidden = |field: &str, why: &str| Err(invalid_options(FieldError::forbidden(field, why)));
        let has_version = self.get("resourceVersion").is_some();
        if options.watch {
            if options.continue_token.is_some()
                || options.limit.is_some() && options.send_initial_events.is_some()
            {
                return forbidden("continue", "continue is forbidden for watch");
            }
            return match (options.send_initial_events, options.version_match) {
                (Some(_), None) => forbidden(
                    "resourceVersionMatch",
                    "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
                ),
                (Some(_), Some(VersionMatch::Exact)) => {
                    let supported = ["NotOlderThan".to_owned()];
                    Err(invalid_options(FieldError::not_supported(
                        "resourceVersionMatch",
                        "Exact",
                        &supported,
                    )))
                }
                (None, Some(_)) => forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
                ),
                _ => Ok(()),
            };
        }
        if options.send_initial_events.is_some() {
            return forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        if options.version_match.is_some() && !has_version {
            return forbidden(
                "resourceVersionMatch",
                "resourceVersionMatch is forbidden unless resourceVersion is provided",
            );
        }
        if options.version_match.is_some() && options.continue_token.is_some() {
            return forbidden(
                "resourceVersionMatch",
                "resourceVersionMatch is forbidden when continue is provided",
            );
        }
        if options.version_match == Some(VersionMatch::Exact) && options.version == Some(0) {
            return forbidden(
                "resourceVersionMatch",
                "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
            );
        }
        if options.continue_token.is_some() && options.version.is_some_and(|version| version > 0) {
            return Err(Status::bad_request(
                "specifying resource version is not allowed when using continue",
            ));
        }
        Ok(())
    }
}

fn invalid_version(text: &str) -> Status {
    let why = format!("strconv.ParseUint: parsing \"{text}\": invalid syntax");
    let error = FieldError::invalid("resourceVersion", Value::from(text), why);
    Status::bad_request(format!("invalid resource version: {}", error.text()))
}

fn invalid_options(error: FieldError) -> Status {
    Status::invalid("meta.k8s.io", "ListOptions", "", &[error])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let query = Query::parse("labelSelector=a%3Db%2Cc&limit=5&watch=1");
        let options = query.list_options().unwrap();
        assert_eq!((options.labels.as_str(), options.limit, options.watch), ("a=b,c", Some(5), true));
    }

    #[test]
    fn parameters_that_do_not_fit_together_are_refused() {
        for bad in
            ["resourceVersion=x", "resourceVersionMatch=Exact", "watch=1&sendInitialEvents=true", "limit=x"]
        {
            assert!(Query::parse(bad).list_options().is_err(), "{bad}");
        }
    }
}
