// Pure: no clock, no waiting.
//! Acting as somebody else.

use std::collections::BTreeMap;
use std::fmt::Write;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::config::problem;
use crate::error::Result;

pub(crate) const USER: HeaderName = HeaderName::from_static("impersonate-user");
const UID: HeaderName = HeaderName::from_static("impersonate-uid");
const GROUP: HeaderName = HeaderName::from_static("impersonate-group");
const EXTRA_PREFIX: &str = "impersonate-extra-";

/// Whom to act as. The server asks whether the program's own user may `impersonate` each part of it.
///
/// A user without groups is in the groups that the server gives everybody, and in none of the program's own.
///
/// # Examples
///
/// ```
/// use kubist::config::{Config, Impersonation};
///
/// let jane = Impersonation::new("jane@example.com")
///     .uid("06f6ce97-e2c5-4ab8-7ba5-7654dd08d52b")
///     .group("developers")
///     .extra("example.com/team", "web");
/// let config = Config::new("https://10.0.0.1:6443")?.token("secret").impersonate(jane);
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impersonation {
    user: String,
    uid: String,
    groups: Vec<String>,
    extra: BTreeMap<String, Vec<String>>,
}

impl Impersonation {
    /// This user.
    #[must_use]
    pub fn new(user: impl Into<String>) -> Self {
        Self { user: user.into(), ..Self::default() }
    }

    /// The service account of this name in this namespace.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::Impersonation;
    ///
    /// let robot = Impersonation::service_account("shop", "robot");
    /// assert_eq!(robot, Impersonation::new("system:serviceaccount:shop:robot"));
    /// ```
    #[must_use]
    pub fn service_account(namespace: &str, name: &str) -> Self {
        Self::new(format!("system:serviceaccount:{namespace}:{name}"))
    }

    /// With this uid.
    #[must_use]
    pub fn uid(mut self, uid: impl Into<String>) -> Self {
        self.uid = uid.into();
        self
    }

    /// In this group too.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.groups.push(group.into());
        self
    }

    /// With this value too under this key of the extra fields. Keys are lower case: the server reads them so.
    #[must_use]
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.entry(key.into()).or_default().push(value.into());
        self
    }

    /// What kubeconfigs say, of which nothing may be left out.
    pub(crate) fn from_parts(
        user: &str,
        uid: &str,
        groups: &[String],
        extra: &BTreeMap<String, Vec<String>>,
    ) -> Result<Option<Self>> {
        let extra: BTreeMap<_, _> = extra
            .iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        let this = Self { user: user.to_owned(), uid: uid.to_owned(), groups: groups.to_vec(), extra };
        if this == Self::default() {
            return Ok(None);
        }
        this.headers()?;
        Ok(Some(this))
    }

    /// The headers that say so.
    pub(crate) fn headers(&self) -> Result<HeaderMap> {
        if self.user.is_empty() {
            return Err(problem("as-uid, as-groups and as-user-extra are nothing without a user in as"));
        }
        let mut headers = HeaderMap::new();
        headers.append(USER, value("user", &self.user)?);
        if !self.uid.is_empty() {
            headers.append(UID, value("uid", &self.uid)?);
        }
        for group in &self.groups {
            headers.append(GROUP, value("group", group)?);
        }
        for (key, values) in &self.extra {
            let name = extra_header(key)?;
            for one in values {
                headers.append(name.clone(), value("extra value", one)?);
            }
        }
        Ok(headers)
    }
}

fn value(what: &str, text: &str) -> Result<HeaderValue> {
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| problem(format!("the {what} to impersonate has characters that a header cannot have")))
}

/// The name of an extra field's header: what a name cannot have is percent-encoded.
fn extra_header(key: &str) -> Result<HeaderName> {
    if key.is_empty() {
        return Err(problem("an extra field to impersonate has no name"));
    }
    let mut name = EXTRA_PREFIX.to_owned();
    for byte in key.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => name.push(byte.to_ascii_lowercase().into()),
            b'!' | b'#' | b'$' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|'
            | b'~' => {
                name.push(byte.into());
            }
            _ => _ = write!(name, "%{byte:02x}"),
        }
    }
    HeaderName::try_from(name).map_err(|_| problem("the name of an extra field to impersonate is too long"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_uid_groups_and_extra_fields_become_headers() {
        let jane = Impersonation::new("jane").uid("7").group("a").group("b");
        let headers = jane.extra("Scopes", "view").extra("scopes", "edit").extra("example.com/Käse%", "x");
        let headers = headers.headers().unwrap();
        let mut lines: Vec<_> =
            headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        assert_eq!(
            lines,
            [
                "impersonate-extra-example.com%2fk%c3%a4se%25: x",
                "impersonate-extra-scopes: edit",
                "impersonate-extra-scopes: view",
                "impersonate-group: a",
                "impersonate-group: b",
                "impersonate-uid: 7",
                "impersonate-user: jane",
            ]
        );
    }

    #[test]
    fn names_outside_of_ascii_are_sent_as_they_are() {
        let headers = Impersonation::new("Jürgen").headers().unwrap();
        assert_eq!(headers[USER].as_bytes(), "Jürgen".as_bytes());
    }

    #[test]
    fn what_cannot_be_sent_is_refused_and_not_left_out() {
        for (impersonation, said) in [
            (Impersonation::new("").group("g"), "as-uid, as-groups and as-user-extra are nothing"),
            (Impersonation::new("a\nb"), "the user to impersonate has characters"),
            (Impersonation::new("a").uid("\r"), "the uid to impersonate has characters"),
            (Impersonation::new("a").group("\0"), "the group to impersonate has characters"),
            (Impersonation::new("a").extra("k", "\n"), "the extra value to impersonate has characters"),
            (Impersonation::new("a").extra("", "v"), "an extra field to impersonate has no name"),
            (Impersonation::new("a").extra("k".repeat(70_000), "v"), "the name of an extra field"),
        ] {
            let text = impersonation.headers().unwrap_err().to_string();
            assert!(text.starts_with(said), "{text}");
        }
    }
}
