//! Pure: the path of a resource, an object or a subresource.
//!
//! The API server routes on the decoded path, so `%2F` is as live as `/`. What could change the
//! meaning of a path is refused, not encoded.

use std::fmt::Write;

use crate::error::{Error, Result};
use crate::resource::GroupVersionResource;

/// The path of a resource, of one of its objects, or of a subresource.
///
/// # Examples
///
/// ```
/// use kubist::resource::GroupVersionResource;
/// use kubist::rest::ResourcePath;
///
/// let deployments = GroupVersionResource {
///     group: "apps".into(),
///     version: "v1".into(),
///     resource: "deployments".into(),
/// };
/// let path = ResourcePath::new(&deployments).namespace("shop").name("front").subresource("scale");
/// assert_eq!(path.build()?, "/apis/apps/v1/namespaces/shop/deployments/front/scale");
/// assert!(ResourcePath::new(&deployments).namespace("../x").build().is_err());
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ResourcePath<'a> {
    gvr: &'a GroupVersionResource,
    namespace: Option<&'a str>,
    name: Option<&'a str>,
    subresource: Option<&'a str>,
    suffix: Option<&'a str>,
    twice: Option<&'static str>,
}

impl<'a> ResourcePath<'a> {
    /// All objects of a resource.
    pub fn new(gvr: &'a GroupVersionResource) -> Self {
        Self { gvr, namespace: None, name: None, subresource: None, suffix: None, twice: None }
    }

    /// In one namespace.
    pub fn namespace(mut self, namespace: &'a str) -> Self {
        if self.namespace.replace(namespace).is_some() {
            self.twice = Some("namespace");
        }
        self
    }

    /// One object.
    pub fn name(mut self, name: &'a str) -> Self {
        if self.name.replace(name).is_some() {
            self.twice = Some("name");
        }
        self
    }

    /// A subresource of the object, for example `status`.
    pub fn subresource(mut self, subresource: &'a str) -> Self {
        if self.subresource.replace(subresource).is_some() {
            self.twice = Some("subresource");
        }
        self
    }

    /// What follows a subresource that passes requests on, for example `proxy`: `/healthz`. It begins with `/`.
    pub fn suffix(mut self, suffix: &'a str) -> Self {
        if self.suffix.replace(suffix).is_some() {
            self.twice = Some("suffix");
        }
        self
    }

    /// The path.
    ///
    /// # Errors
    ///
    /// When a part is empty, is `.` or `..`, has a character that would change the meaning of
    /// the path, or was set twice; also for a subresource without a name.
    pub fn build(&self) -> Result<String> {
        if let Some(twice) = self.twice {
            return Err(Error::invalid(format!("{twice} is set twice")));
        }
        let gvr = self.gvr;
        check_segment("version", &gvr.version)?;
        check_segment("resource", &gvr.resource)?;
        let mut path = String::with_capacity(64);
        if gvr.group.is_empty() {
            push(&mut path, "api");
        } else {
            check_segment("group", &gvr.group)?;
            push(&mut path, "apis");
            push(&mut path, &gvr.group);
        }
        push(&mut path, &gvr.version);
        if let Some(namespace) = self.namespace {
            check_segment("namespace", namespace)?;
            push(&mut path, "namespaces");
            push(&mut path, namespace);
        }
        // As client-go does: paths of resources have no capital letters.
        push(&mut path, &gvr.resource.to_ascii_lowercase());
        match (self.name, self.subresource) {
            (None, None) => {}
            (Some(name), subresource) => {
                check_segment("name", name)?;
                push(&mut path, name);
                if let Some(subresource) = subresource {
                    check_segment("subresource", subresource)?;
                    push(&mut path, subresource);
                }
            }
            (None, Some(_)) => return Err(Error::invalid("a subresource needs a name")),
        }
        if let Some(suffix) = self.suffix {
            if self.subresource.is_none() {
                return Err(Error::invalid("a suffix needs a subresource"));
            }
            check_absolute(suffix)?;
            path.push_str(suffix);
        }
        Ok(path)
    }
}

fn push(path: &mut String, segment: &str) {
    path.push('/');
    for byte in segment.bytes() {
        // RFC 3986 `pchar`; the rest (spaces, letters beyond ASCII) stands encoded.
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => path.push(char::from(byte)),
            _ if b"-._~!$&'()*+,;=:@".contains(&byte) => path.push(char::from(byte)),
            _ => {
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
}

/// Refuses the name of an object or a namespace that could not stand alone in a path.
pub(crate) fn check_name(what: &str, name: &str) -> Result<()> {
    check_segment(what, name)
}

fn check_segment(what: &str, segment: &str) -> Result<()> {
    let refuse = |problem: &str| Err(Error::invalid(format!("{what} {segment:?} {problem}")));
    match segment {
        "" => return Err(Error::invalid(format!("{what} must not be empty"))),
        "." | ".." => return refuse("is a place in a path"),
        _ => {}
    }
    match segment.chars().find(|c| is_live(*c)) {
        Some(found) => refuse(&format!("must not contain {found:?}")),
        None => Ok(()),
    }
}

/// Refuses an absolute path that a reader and the server could understand in two ways.
pub(crate) fn check_absolute(path: &str) -> Result<()> {
    let refuse = |problem: &str| Err(Error::invalid(format!("path {path:?} {problem}")));
    if !path.starts_with('/') {
        return refuse("does not start with `/`");
    }
    if path.contains("//") {
        return refuse("has an empty segment");
    }
    if path.contains(' ') {
        return refuse("has a space that is not encoded");
    }
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        // The server decodes before it routes.
        match decode(segment).as_deref() {
            None => return refuse("is not percent-encoded UTF-8"),
            Some("." | "..") => return refuse("goes up in the tree"),
            Some(decoded) if decoded.contains(is_live) => {
                return refuse("has a character that does not belong into a path");
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether a character could change the meaning of a path, decoded once or twice.
fn is_live(character: char) -> bool {
    matches!(character, '/' | '\\' | '%' | '?' | '#') || character.is_control()
}

/// A segment without its percent-encoding, if that is one.
fn decode(segment: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => 16 * hex(bytes.next()?)? + hex(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gvr(group: &'static str, version: &'static str, resource: &'static str) -> GroupVersionResource {
        GroupVersionResource { group: group.into(), version: version.into(), resource: resource.into() }
    }

    #[test]
    fn paths_follow_group_namespace_name_and_subresource() {
        let pods = gvr("", "v1", "pods");
        let sites = gvr("example.com", "v1beta1", "websites");
        let path = ResourcePath::new;
        let table = [
            (path(&pods), "/api/v1/pods"),
            (path(&pods).namespace("a"), "/api/v1/namespaces/a/pods"),
            (path(&pods).namespace("a").name("b"), "/api/v1/namespaces/a/pods/b"),
            (
                path(&pods).namespace("a").name("b").subresource("status"),
                "/api/v1/namespaces/a/pods/b/status",
            ),
            (path(&sites).name("b"), "/apis/example.com/v1beta1/websites/b"),
            // Names of RBAC objects have colons, and a few have spaces.
            (path(&sites).name("system:x y"), "/apis/example.com/v1beta1/websites/system:x%20y"),
        ];
        for (path, expected) in table {
            assert_eq!(path.build().unwrap(), expected);
        }
    }

    #[test]
    fn what_is_set_twice_is_refused() {
        let pods = gvr("", "v1", "Pods");
        let path = ResourcePath::new(&pods).namespace("a").name("b").subresource("proxy").suffix("/x/");
        assert_eq!(path.build().unwrap(), "/api/v1/namespaces/a/pods/b/proxy/x/");
        let again = path.clone();
        for (twice, what) in [
            (path.clone().namespace("a"), "namespace"),
            (path.clone().name("b"), "name"),
            (path.clone().subresource("proxy"), "subresource"),
            (again.suffix("/x/"), "suffix"),
        ] {
            assert_eq!(twice.build().unwrap_err().to_string(), format!("{what} is set twice"));
        }
        assert!(ResourcePath::new(&pods).name("b").suffix("/x").build().is_err());
        assert!(ResourcePath::new(&pods).name("b").subresource("proxy").suffix("/../x").build().is_err());
    }

    #[test]
    fn a_name_that_would_change_the_path_is_refused() {
        let pods = gvr("", "v1", "pods");
        for bad in [
            "",
            ".",
            "..",
            "../secrets/db",
            "x/status",
            "a%2e%2e",
            "x?dryRun=All",
            "x#frag",
            "a\nb",
            "a\0",
            "a\\b",
            "\u{85}",
        ] {
            let path = ResourcePath::new(&pods);
            for path in [path.clone().namespace(bad), path.clone().name(bad), path.name("x").subresource(bad)]
            {
                assert!(path.build().unwrap_err().is_invalid(), "{bad:?}");
            }
        }
    }

    #[test]
    fn an_absolute_path_must_have_one_meaning() {
        for good in ["/", "/api/v1/nodes", "/apis/", "/version", "/api/v1/x/proxy/a%20b"] {
            assert!(check_absolute(good).is_ok(), "{good}");
        }
        for bad in ["", "api", "/a/../b", "/a//b", "/a?x=1", "/a#b", "/a\n", "/.", "/a/%2E%2e/b"] {
            assert!(check_absolute(bad).unwrap_err().is_invalid(), "{bad}");
        }
    }

    #[test]
    fn what_a_path_must_not_hold_is_found_behind_its_encoding_too() {
        for bad in [
            "/api/v1/namespaces/x%2f..%2fkube-system/configmaps",
            "/a%2Fb",
            "/a/%2e%2e%2fb",
            "/a/%2e",
            "/a/.%2E",
            "/a%5cb",
            "/a%3fwatch=1",
            "/a%23b",
            "/a%252fb",
            "/a%25",
            "/a%0ab",
            "/a%00",
            "/a%7f",
            "/a%c2%85",
            "/a%ff",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a%+1",
        ] {
            assert!(check_absolute(bad).is_err_and(|error| error.is_invalid()), "{bad}");
        }
        for good in ["/a%20b", "/a%3Ab", "/a%c3%a9", "/a%2e%2e%2e"] {
            assert!(check_absolute(good).is_ok(), "{good}");
        }
    }
}
