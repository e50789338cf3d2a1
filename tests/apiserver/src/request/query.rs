//! Pure: the parameters of a request.

use std::num::IntErrorKind;
use std::time::Duration;

use kubist_structural::field_error::{FieldError, quote};
use serde_json::Value;

use crate::request::route::decode;
use crate::status::Status;
use crate::storage::token::Continue;

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
    /// Where a list goes on.
    pub(crate) start: Option<Continue>,
    pub(crate) send_initial_events: Option<bool>,
}

/// How a list's version is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VersionMatch {
    Exact,
    NotOlderThan,
}

impl ListOptions {
    /// Looks at one object alone, as the path of a watch can say.
    pub(crate) fn name(&mut self, name: &str) -> Result<(), Status> {
        if self.fields.is_empty() {
            self.fields = format!("metadata.name={name}");
            return Ok(());
        }
        let names_it = self.fields.split(',').any(|term| {
            term.strip_prefix("metadata.name=").is_some_and(|of| of.trim_start_matches('=') == name)
        });
        if names_it {
            return Ok(());
        }
        Err(Status::bad_request("fieldSelector metadata.name doesn't match requested name"))
    }
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

    /// Whether a parameter is there, whatever it says.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All values of a parameter.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a flag is set: anything but `false` and `0` sets it, as on the real server.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(!(value == "0" || value.eq_ignore_ascii_case("false")))
    }

    fn number(&self, name: &str) -> Result<Option<i64>, Status> {
        let Some((_, value)) = self.0.iter().find(|(key, _)| key == name) else {
            return Ok(None);
        };
        parse_int(value).map(Some).map_err(Status::bad_request)
    }

    /// The parameters of list and watch, checked against each other. On the old paths `/watch/` everything is a
    /// watch, but the parameters are judged like those of a list, unless they say `watch`.
    pub(crate) fn list_options(&self, watch_path: bool) -> Result<ListOptions, Status> {
        let watch = self.flag("watch").unwrap_or(false);
        let given = self.get("resourceVersion").unwrap_or_default();
        let limit = self.number("limit")?.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
        let timeout = self.number("timeoutSeconds")?.filter(|n| *n != 0);
        let mut options = ListOptions {
            labels: self.get("labelSelector").unwrap_or_default().to_owned(),
            fields: self.get("fieldSelector").unwrap_or_default().to_owned(),
            watch: watch || watch_path,
            bookmarks: self.flag("allowWatchBookmarks").unwrap_or(false),
            version: None,
            version_match: None,
            timeout: timeout.map(|n| Duration::from_secs(u64::try_from(n).unwrap_or(0))),
            // Any version is taken from the cache, which does not page.
            limit: limit.filter(|_| given != "0"),
            start: None,
            send_initial_events: self.flag("sendInitialEvents"),
        };
        let errors = if watch { self.watch_errors() } else { self.list_errors() };
        if !errors.is_empty() {
            return Err(Status::invalid("meta.k8s.io", "ListOptions", "", &errors));
        }
        options.version_match = match self.get("resourceVersionMatch") {
            Some("Exact") => Some(VersionMatch::Exact),
            Some(_) => Some(VersionMatch::NotOlderThan),
            None => None,
        };
        let begins_anew = matches!(given, "" | "0");
        if options.watch {
            options.version = parse_version(given).map_err(Status::internal)?;
            if watch && begins_anew && options.version_match.is_none() {
                options.send_initial_events.get_or_insert(true);
            }
            return Ok(options);
        }
        options.start = self.get("continue").map(Continue::decode).transpose()?;
        if options.start.is_some() && !begins_anew {
            return Err(Status::bad_request(
                "specifying resource version is not allowed when using continue",
            ));
        }
        options.version = parse_version(given)
            .map_err(|why| Status::bad_request(format!("invalid resource version: {why}")))?;
        Ok(options)
    }

    fn list_errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let version = self.get("resourceVersion");
        if let Some(given) = self.get("resourceVersionMatch") {
            if version.is_none() {
                errors.push(match_forbidden(
                    "resourceVersionMatch is forbidden unless resourceVersion is provided",
                ));
            }
            if self.get("continue").is_some() {
                errors.push(match_forbidden("resourceVersionMatch is forbidden when continue is provided"));
            }
            if !matches!(given, "Exact" | "NotOlderThan") {
                errors.push(match_not_supported(given, &["Exact", "NotOlderThan", ""]));
            }
            if given == "Exact" && version == Some("0") {
                errors.push(match_forbidden(
                    "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
                ));
            }
        }
        if self.flag("sendInitialEvents").is_some() {
            let why = "sendInitialEvents is forbidden for list";
            errors.push(FieldError::forbidden("sendInitialEvents", why));
        }
        errors
    }

    fn watch_errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let given = self.get("resourceVersionMatch");
        let sends = self.flag("sendInitialEvents").is_some();
        // What a watch from the beginning means when it says nothing.
        let defaulted = given.is_none() && !sends && matches!(self.get("resourceVersion"), None | Some("0"));
        let (given, sends) = if defaulted { (Some("NotOlderThan"), true) } else { (given, sends) };
        if sends && given != Some("NotOlderThan") {
            errors.push(match_forbidden(
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
            ));
        }
        if let Some(given) = given {
            if !sends {
                errors.push(match_forbidden(
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
                ));
            }
            if given != "NotOlderThan" {
                errors.push(match_not_supported(given, &["NotOlderThan"]));
            }
            if self.get("continue").is_some() {
                errors.push(match_forbidden("resourceVersionMatch is forbidden when continue is provided"));
            }
        }
        errors
    }

    /// The version that a get of one object asks for at least.
    pub(crate) fn get_version(&self) -> Result<u64, Status> {
        let given = self.get("resourceVersion").unwrap_or_default();
        parse_version(given).map(Option::unwrap_or_default).map_err(Status::internal)
    }
}

fn match_forbidden(why: &str) -> FieldError {
    FieldError::forbidden("resourceVersionMatch", why)
}

fn match_not_supported(given: &str, supported: &[&str]) -> FieldError {
    let supported: Vec<String> = supported.iter().map(|text| (*text).to_owned()).collect();
    FieldError::not_supported("resourceVersionMatch", given, &supported)
}

fn parse_version(text: &str) -> Result<Option<u64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let why = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        match text.parse() {
            Ok(version) => return Ok(Some(version)),
            Err(_) => "value out of range",
        }
    } else {
        "invalid syntax"
    };
    let why = format!("strconv.ParseUint: parsing {}: {why}", quote(text));
    Err(FieldError::invalid("resourceVersion", Value::from(text), why).to_string())
}

fn parse_int(text: &str) -> Result<i64, String> {
    text.parse::<i64>().map_err(|error| {
        let why = match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        format!("strconv.ParseInt: parsing {}: {why}", quote(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(query: &str) -> Result<ListOptions, Status> {
        Query::parse(query).list_options(false)
    }

    fn message(query: &str) -> String {
        options(query).unwrap_err().to_value()["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn parameters_are_decoded() {
        let options = options("labelSelector=a%3Db%2Cc&limit=5&watch=1").unwrap();
        assert_eq!((options.labels.as_str(), options.limit, options.watch), ("a=b,c", Some(5), true));
    }

    #[test]
    fn numbers_are_judged_as_go_judges_them() {
        assert_eq!(message("limit="), "strconv.ParseInt: parsing \"\": invalid syntax");
        assert_eq!(
            message("limit=99999999999999999999"),
            "strconv.ParseInt: parsing \"99999999999999999999\": value out of range"
        );
        let version =
            "resourceVersion: Invalid value: \"+5\": strconv.ParseUint: parsing \"+5\": invalid syntax";
        assert_eq!(message("resourceVersion=%2B5"), format!("invalid resource version: {version}"));
        assert_eq!(message("watch=1&resourceVersion=%2B5"), version);
        assert_eq!(options("limit=-1").unwrap().limit, None);
        assert_eq!(options("limit=1&resourceVersion=0").unwrap().limit, None);
    }

    #[test]
    fn everything_that_does_not_fit_together_is_told_at_once() {
        let unless = "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided";
        let when =
            "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided";
        assert_eq!(
            message("resourceVersionMatch=Exact&continue=x"),
            format!("ListOptions.meta.k8s.io \"\" is invalid: [{unless}, {when}]")
        );
        assert_eq!(message("watch=1&continue=x"), format!("ListOptions.meta.k8s.io \"\" is invalid: {when}"));
        assert!(message("watch=1&sendInitialEvents=true").contains("requires setting"));
        assert!(message("watch=1&resourceVersionMatch=NotOlderThan").contains("unless sendInitialEvents"));
        assert!(message("sendInitialEvents=false").ends_with("sendInitialEvents is forbidden for list"));
    }

    #[test]
    fn a_watch_from_the_beginning_sends_what_is_there() {
        assert_eq!(options("watch=1").unwrap().send_initial_events, Some(true));
        assert_eq!(options("watch=1&resourceVersion=5").unwrap().send_initial_events, None);
        assert_eq!(Query::parse("").list_options(true).unwrap().send_initial_events, None);
    }
}
