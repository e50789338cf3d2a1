use std::fmt;
use std::marker::PhantomData;

use crate::fields::Selector;
use crate::resource::Resource;
use crate::schema::json_path;

/// A field that field selectors can name: `Website::FIELD_CLASS`.
///
/// `#[resource(selectable(class = spec.class))]` makes one.
///
/// # Examples
///
/// ```
/// use kubist::prelude::*;
///
/// #[derive(Clone, Debug, Resource)]
/// #[resource(group = "example.com", version = "v1", scope = Namespaced, selectable(class = spec.class_name))]
/// struct Website {
///     metadata: ObjectMeta,
///     spec: WebsiteSpec,
/// }
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// #[serde(rename_all = "camelCase")]
/// struct WebsiteSpec {
///     class_name: String,
/// }
///
/// assert_eq!(Website::FIELD_CLASS.equals("gold"), "spec.className=gold");
/// # fn lists(client: Client) {
/// let gold = client.namespaced::<Website>("shop").fields(Website::FIELD_CLASS.equals("gold"));
/// # }
/// ```
pub struct SelectableField<K> {
    path: &'static str,
    object: PhantomData<fn(K)>,
}

impl<K> SelectableField<K> {
    /// The handle of the field at this Rust path.
    #[must_use]
    pub const fn new(path: &'static str) -> Self {
        Self { path, object: PhantomData }
    }
}

impl<K: Resource> SelectableField<K> {
    /// The field as selectors name it: its JSON path.
    #[must_use]
    pub fn name(&self) -> String {
        match K::META.schema {
            Some(root) => json_path(root, self.path).trim_start_matches('.').to_owned(),
            None => self.path.to_owned(),
        }
    }

    /// The selector of the objects that have this value there.
    #[must_use]
    pub fn equals(&self, value: impl fmt::Display) -> Selector {
        Selector::equals(self.name(), value.to_string())
    }

    /// The selector of the objects that have another value there.
    #[must_use]
    pub fn differs(&self, value: impl fmt::Display) -> Selector {
        Selector::differs(self.name(), value.to_string())
    }
}

impl<K> Clone for SelectableField<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for SelectableField<K> {}

impl<K> fmt::Debug for SelectableField<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SelectableField({})", self.path)
    }
}
