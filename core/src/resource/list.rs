use serde::Deserialize;

use crate::resource::Object;

/// One page of objects, with the version it was read at.
#[derive(Clone, Debug, Deserialize)]
#[serde(bound(deserialize = "K: Deserialize<'de>"))]
#[non_exhaustive]
pub struct List<K> {
    /// The `apiVersion` of the list; empty when it came without one.
    #[serde(default, rename = "apiVersion")]
    pub api_version: String,
    /// The `kind` of the list, for example `PodList`; empty when it came without one.
    #[serde(default)]
    pub kind: String,
    /// The version of the list, and where to continue.
    #[serde(default)]
    pub metadata: ListMeta,
    /// The objects, in the server's order.
    // Go marshals a nil slice as null.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub items: Vec<K>,
}

/// What the server says about a list.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct ListMeta {
    /// The version at which the list was read; a watch started here misses nothing.
    pub resource_version: String,
    /// The token of the next page; `None` on the last one.
    #[serde(rename = "continue", deserialize_with = "empty_as_none")]
    pub continue_token: Option<String>,
    /// How many objects follow this page, if the server knows.
    pub remaining_item_count: Option<i64>,
}

/// The lists of custom kinds say `""` on their last page.
fn empty_as_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::deserialize(deserializer)?.filter(|token: &String| !token.is_empty()))
}

fn null_as_empty<'de, D, K>(deserializer: D) -> Result<Vec<K>, D::Error>
where
    D: serde::Deserializer<'de>,
    K: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl<K: Object> List<K> {
    /// The server leaves out what the items of a list are: kinds that are known at run time only learn it here.
    pub(crate) fn adopt_types(&mut self) {
        if let Some(kind) = item_kind(&self.kind) {
            self.items.iter_mut().for_each(|item| item.adopt_type(&self.api_version, kind));
        }
    }
}

/// The kind of the items of a list of this kind, by the server's custom.
pub(crate) fn item_kind(list: &str) -> Option<&str> {
    list.strip_suffix("List").filter(|kind| !kind.is_empty())
}

impl<K> IntoIterator for List<K> {
    type Item = K;
    type IntoIter = std::vec::IntoIter<K>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_items_is_empty_in_each_of_its_spellings() {
        for text in [
            r#"{"metadata":{"resourceVersion":"7"}}"#,
            r#"{"metadata":{"resourceVersion":"7"},"items":null}"#,
        ] {
            let list: List<u8> = serde_json::from_str(text).unwrap();
            assert_eq!((list.items.len(), list.metadata.resource_version.as_str()), (0, "7"));
        }
    }

    #[test]
    fn the_last_page_has_no_token() {
        for text in ["{}", r#"{"continue":""}"#, r#"{"continue":null}"#] {
            assert_eq!(serde_json::from_str::<ListMeta>(text).unwrap().continue_token, None);
        }
        let more: ListMeta = serde_json::from_str(r#"{"continue":"x"}"#).unwrap();
        assert_eq!(more.continue_token.as_deref(), Some("x"));
    }
}
