//! Pure: a page of a list, with its objects as the bytes they came in.

use std::borrow::Cow;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind};
use crate::resource::{ListMeta, Stored, item_kind};
use crate::watch::header::header;

/// The longest list that is read, in bytes, all its pages together (1 GiB); a longer one is an error.
pub const LIST_BYTES_MAX: usize = 1 << 30;

/// Objects in one page, as in client-go's pager.
pub(crate) const PAGE_SIZE: u32 = 500;

/// One page. The objects are not decoded, so that one that did not change need not be.
#[derive(Debug)]
pub(crate) struct RawList<'a> {
    pub(crate) metadata: ListMeta,
    pub(crate) items: Vec<&'a RawValue>,
    api_version: Cow<'a, str>,
    kind: Cow<'a, str>,
}

impl RawList<'_> {
    /// The `apiVersion` and kind of the items, which come without them.
    pub(crate) fn item_type(&self) -> Option<(&str, &str)> {
        item_kind(&self.kind).map(|kind| (&*self.api_version, kind))
    }
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow, default, rename = "apiVersion")]
    api_version: Cow<'a, str>,
    #[serde(borrow, default)]
    kind: Cow<'a, str>,
    #[serde(default)]
    metadata: ListMeta,
    // Go marshals a nil slice as null.
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
}

/// Splits a page.
///
/// # Errors
///
/// When the bytes are not a list. A `Status` becomes the error it tells; a `Table` is not a list: taken for
/// an empty one, it would look as if everything was deleted.
pub(crate) fn page(body: &str) -> Result<RawList<'_>, Error> {
    let page: Page<'_> = serde_json::from_str(body).map_err(|error| Error::decode("list", &error))?;
    if page.kind == "Status" {
        return Err(status(body).unwrap_or_else(|| not_a_list(&page.kind)));
    }
    if page.items.is_none() && !page.kind.ends_with("List") {
        return Err(not_a_list(&page.kind));
    }
    let Page { api_version, kind, metadata, items } = page;
    Ok(RawList { metadata, items: items.unwrap_or_default(), api_version, kind })
}

/// The error of the first object of a page that is not an `S`, with its name.
pub(crate) fn first_undecodable<S: Stored>(body: &[u8]) -> Option<Error> {
    let list = page(std::str::from_utf8(body).ok()?).ok()?;
    list.items.into_iter().enumerate().find_map(|(position, item)| {
        let json = item.get().as_bytes();
        Some(name_undecodable(json, position, &S::decode(json).err()?))
    })
}

/// The error of an object of a list that could not be decoded, with its name.
pub(crate) fn name_undecodable(json: &[u8], position: usize, error: &serde_json::Error) -> Error {
    let name = header(json)
        .map_or_else(|_| format!("item {position}"), |header| format!("{:?}", header.key().to_string()));
    Error::decode(name, error)
}

/// The token of the page after this one, which has so many items and was `asked` for with a token unless it is
/// the first.
///
/// # Errors
///
/// When the list comes no nearer to its end, so that it might have none.
pub(crate) fn next_page<'a>(
    asked: Option<&str>,
    meta: &'a ListMeta,
    items: usize,
) -> Result<Option<&'a str>, Error> {
    let token = meta.continue_token.as_deref().filter(|token| !token.is_empty());
    let problem = match token {
        Some(_) if items == 0 => "page of a list is empty and not the last",
        Some(token) if asked == Some(token) => "page of a list is to be followed by itself",
        token => return Ok(token),
    };
    Err(Error::new(ErrorKind::Decode, problem))
}

/// Counts one more page of a list; gives the bytes of all pages so far.
///
/// # Errors
///
/// When they are more than `max`.
pub(crate) fn add_bytes(so_far: usize, page: usize, max: usize) -> Result<usize, Error> {
    let bytes = so_far.saturating_add(page);
    if bytes > max {
        return Err(Error::new(ErrorKind::Decode, format!("list is longer than {max} bytes")));
    }
    Ok(bytes)
}

fn status(body: &str) -> Option<Error> {
    let status: Status = serde_json::from_str(body).ok()?;
    Some(Error::from_status(status))
}

fn not_a_list(kind: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("expected a list, found kind {kind:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_the_very_bytes_that_came() {
        let body = r#"{"kind":"PodList","metadata":{"resourceVersion":"7","continue":"x"},
            "items":[{"a": 1},{"b":[2]}]}"#;
        let list = page(body).unwrap();
        let items: Vec<&str> = list.items.iter().map(|item| item.get()).collect();
        assert_eq!(items, [r#"{"a": 1}"#, r#"{"b":[2]}"#]);
        assert_eq!(list.metadata.resource_version, "7");
        assert_eq!(list.metadata.continue_token.as_deref(), Some("x"));
    }

    #[test]
    fn each_page_but_the_last_has_items_and_a_new_token() {
        let meta = |token: &str| ListMeta { continue_token: Some(token.to_owned()), ..ListMeta::default() };
        assert_eq!(next_page(Some("x"), &meta("y"), 1).unwrap(), Some("y"));
        assert_eq!(next_page(None, &meta(""), 0).unwrap(), None);
        assert_eq!(next_page(Some("x"), &ListMeta::default(), 0).unwrap(), None);
        for (asked, token, items) in [(Some("x"), "x", 1), (Some("x"), "y", 0), (None, "x", 0)] {
            assert_eq!(next_page(asked, &meta(token), items).unwrap_err().kind(), ErrorKind::Decode);
        }
    }

    #[test]
    fn a_list_of_nothing_is_a_list() {
        for body in [
            r#"{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":null}"#,
            r#"{"kind":"PodList","metadata":{"resourceVersion":"7"}}"#,
            r#"{"metadata":{"resourceVersion":"7"},"items":[]}"#,
        ] {
            assert_eq!(page(body).unwrap().items.len(), 0);
        }
    }

    #[test]
    fn a_status_or_a_table_is_not_an_empty_list() {
        let gone = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Expired","code":410}"#;
        assert!(page(gone).unwrap_err().is_gone());
        let table = r#"{"kind":"Table","metadata":{"resourceVersion":"7"},"rows":[]}"#;
        let error = page(table).unwrap_err();
        assert_eq!(error.to_string(), "expected a list, found kind \"Table\"");
        assert_eq!(page("<html>").unwrap_err().kind(), ErrorKind::Decode);
    }
}
