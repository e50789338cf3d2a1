//! Request lines: base URLs with paths, odd names, subresources, absolute paths, parameters.

use std::borrow::Cow;

use kubist::resource::GroupVersionResource;
use kubist::rest::{Method, Request, ResourcePath};
use serde::Deserialize;

use crate::meant::Meant;
use crate::recorder::{Recorder, pairs};
use crate::{none_wrong, rows};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    base: String,
    group: String,
    version: String,
    namespace: Option<String>,
    resource: String,
    name: Option<String>,
    subresource: String,
    suffix: String,
    absolute: String,
    params: Vec<(String, String)>,
    error: bool,
    path: String,
    query: Vec<(String, String)>,
}

impl Row {
    fn request(&self) -> Request {
        let request = if self.absolute.is_empty() {
            let gvr = GroupVersionResource {
                group: Cow::Owned(self.group.clone()),
                version: Cow::Owned(self.version.clone()),
                resource: Cow::Owned(self.resource.clone()),
            };
            let mut path = ResourcePath::new(&gvr);
            if let Some(namespace) = &self.namespace {
                path = path.namespace(namespace);
            }
            if let Some(name) = &self.name {
                path = path.name(name);
            }
            if !self.subresource.is_empty() {
                path = path.subresource(&self.subresource);
            }
            if !self.suffix.is_empty() {
                path = path.suffix(&self.suffix);
            }
            Request::to(Method::GET, &path)
        } else {
            // client-go's RequestURI takes a query with the path; here it has a method of its own.
            let (path, query) = self.absolute.split_once('?').unwrap_or((&self.absolute, ""));
            let query = pairs(query);
            query.into_iter().fold(Request::get(path), |request, (name, value)| request.query(&name, value))
        };
        self.params.iter().fold(request, |request, (name, value)| request.query(name, value.clone()))
    }

    /// All that is put into the path.
    fn parts(&self) -> impl Iterator<Item = &str> {
        [self.namespace.as_deref(), self.name.as_deref(), Some(&self.resource), Some(&self.subresource)]
            .into_iter()
            .flatten()
    }
}

const LIVE: &str = "a name with `%`, `?`, `#`, `\\` or a control character is encoded";
const PLACES: &str = "a resource or subresource may be empty, hold `/`, or be `.` or `..`";
const CLEANED: &str = "`//`, `/./`, `/../` and the last `/` of a path are cleaned away";
const DECODED: &str = "an absolute path is decoded first, so that `%2F` is `/`";
const SUFFIX: &str = "a suffix is encoded";
const RELATIVE: &str = "a `/` is put before a path without one";
const BASE: &str = "`//` in the server's URL is cleaned away, and `%2F` is decoded";
const PCHAR: &str = "`!'()*` in a name are encoded";
const ENCODED: &str = "letters beyond ASCII and `\"<>[]^`{|}` in an absolute path or suffix are encoded";

/// Which of the differences that are meant this is.
fn meant(row: &Row, refused: bool) -> Option<&'static str> {
    let live = |text: &str| text.contains(|c: char| "%?#\\".contains(c) || c.is_control());
    let place = |text: &str| ["", ".", ".."].contains(&text) || text.contains('/');
    let path = format!("{}{}", row.absolute, row.suffix);
    match refused {
        true if row.absolute.is_empty() && row.parts().any(live) => Some(LIVE),
        true if row.absolute.is_empty()
            && row.suffix.is_empty()
            && row.parts().chain([&*row.resource]).any(place) =>
        {
            Some(PLACES)
        }
        true if path.contains("//") || path.contains("/.") || path.contains("%2e") => Some(CLEANED),
        true if path.contains("%2F") => Some(DECODED),
        true if !path.starts_with('/') => Some(RELATIVE),
        true if live(&path) || path.contains(' ') => Some(SUFFIX),
        false if row.suffix.contains('%') => Some(SUFFIX),
        false if path.contains("%2e") => Some(DECODED),
        false if row.suffix.ends_with('/') => Some(CLEANED),
        false if row.base.trim_start_matches("http://").contains("//") || row.base.contains('%') => {
            Some(BASE)
        }
        false if row.parts().any(|part| part.contains(|c: char| "!'()*".contains(c))) => Some(PCHAR),
        false if !path.is_ascii() => Some(ENCODED),
        _ => None,
    }
}

#[tokio::test]
async fn request_lines_are_the_same() {
    let differences =
        Meant::new("urls", &[LIVE, PLACES, CLEANED, DECODED, SUFFIX, RELATIVE, BASE, PCHAR, ENCODED]);
    let mut wrong = Vec::new();
    for row in rows::<Row>("urls", "requests") {
        let (client, recorder) = Recorder::client(&row.base).unwrap();
        let answer = client.rest().bytes(row.request()).await;
        let sent = recorder.take();
        let found = sent.as_ref().map(|sent| (&sent.path, &sent.query));
        let expected = (!row.error).then_some((&row.path, &row.query));
        if found == expected {
            continue;
        }
        match meant(&row, found.is_none()) {
            Some(difference) => differences.met(difference),
            None => wrong.push(format!("{row:?}: {found:?}, {:?}", answer.err())),
        }
    }
    none_wrong(&wrong);
    differences.all_met();
}
