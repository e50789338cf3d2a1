//! Pure: an object of any kind.

use std::fmt;
use std::ops::{Index, IndexMut};

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::apply::StatusOf;
use crate::resource::{
    Allows, ClusterScoped, GroupVersionKind, HasScale, HasStatus, Listable, Namespaced, Object, ObjectMeta,
};

/// What is a field of its own, and not among the data.
const FIELDS: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// An object of any kind: its kind, its metadata, and the rest as JSON. client-go calls it `Unstructured`.
///
/// The rest is read and written by index, as that of a [`serde_json::Value`]: what is missing reads as null, and is
/// made when it is written. Nothing of it is checked before it is sent, and `Debug` shows none of it.
///
/// # Examples
///
/// ```
/// use kubist::dynamic::DynamicObject;
/// use serde_json::json;
///
/// let mut site = DynamicObject::new("example.com/v1", "Website", "front").namespace("shop");
/// site["spec"] = json!({"bucket": "gs://a"});
/// site["spec"]["replicas"] = json!(3);
/// assert_eq!(site["spec"]["replicas"], 3);
/// assert!(site["status"]["ready"].is_null());
/// assert_eq!(format!("{site:?}"), r#"example.com/v1 Website "shop/front""#);
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
#[doc(alias = "Unstructured")]
pub struct DynamicObject {
    /// `group/version`, or `version` in the core group.
    pub api_version: String,
    /// The kind, for example `Deployment`.
    pub kind: String,
    /// The metadata.
    pub metadata: ObjectMeta,
    /// Everything else, by its JSON name: `spec`, `status`, `data`, …
    pub data: Map<String, Value>,
}

impl DynamicObject {
    /// An object of this kind and name that holds nothing yet.
    #[must_use]
    pub fn new(api_version: impl Into<String>, kind: impl Into<String>, name: impl Into<String>) -> Self {
        let metadata = ObjectMeta { name: Some(name.into()), ..ObjectMeta::default() };
        Self { api_version: api_version.into(), kind: kind.into(), metadata, data: Map::new() }
    }

    /// Puts it into a namespace.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.metadata.namespace = Some(namespace.into());
        self
    }

    /// Group, version and kind.
    #[must_use]
    pub fn gvk(&self) -> GroupVersionKind {
        let (group, version) = self.api_version.split_once('/').unwrap_or(("", &self.api_version));
        GroupVersionKind::new(group.to_owned(), version.to_owned(), self.kind.clone())
    }
}

/// A member of the data, null when there is none.
///
/// # Panics
///
/// For `apiVersion`, `kind` and `metadata`, which are fields of the struct.
impl Index<&str> for DynamicObject {
    type Output = Value;

    #[track_caller]
    fn index(&self, member: &str) -> &Value {
        check_member(member);
        self.data.get(member).unwrap_or(&Value::Null)
    }
}

/// A member of the data, made when there is none.
///
/// # Panics
///
/// For `apiVersion`, `kind` and `metadata`, which are fields of the struct.
impl IndexMut<&str> for DynamicObject {
    #[track_caller]
    fn index_mut(&mut self, member: &str) -> &mut Value {
        check_member(member);
        self.data.entry(member).or_insert(Value::Null)
    }
}

#[track_caller]
fn check_member(member: &str) {
    assert!(!FIELDS.contains(&member), "`{member}` of a `DynamicObject` is a field of the struct");
}

/// Shows which object it is, and nothing of what it holds.
impl fmt::Debug for DynamicObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.api_version, self.kind, self.object_key())
    }
}

impl Object for DynamicObject {
    fn object_meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn object_meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }

    fn adopt_type(&mut self, api_version: &str, kind: &str) {
        if self.api_version.is_empty() && self.kind.is_empty() {
            api_version.clone_into(&mut self.api_version);
            kind.clone_into(&mut self.kind);
        }
    }
}

// What the kind really has, the server says.
#[diagnostic::do_not_recommend]
impl<V> Allows<V> for DynamicObject {}
#[diagnostic::do_not_recommend]
impl Listable for DynamicObject {}
#[diagnostic::do_not_recommend]
impl Namespaced for DynamicObject {}
#[diagnostic::do_not_recommend]
impl ClusterScoped for DynamicObject {}
#[diagnostic::do_not_recommend]
impl HasStatus for DynamicObject {}
#[diagnostic::do_not_recommend]
impl HasScale for DynamicObject {}
#[diagnostic::do_not_recommend]
impl StatusOf<Value> for DynamicObject {}

impl Serialize for DynamicObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (name, value) in [("apiVersion", &self.api_version), ("kind", &self.kind)] {
            if !value.is_empty() {
                object.serialize_entry(name, value)?;
            }
        }
        object.serialize_entry("metadata", &self.metadata)?;
        for (name, value) in self.data.iter().filter(|(name, _)| !FIELDS.contains(&name.as_str())) {
            object.serialize_entry(name, value)?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for DynamicObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

/// Reads member by member: serde's `flatten` would keep everything twice.
struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = DynamicObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Kubernetes object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<DynamicObject, A::Error> {
        let mut object = DynamicObject::default();
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "apiVersion" => object.api_version = members.next_value()?,
                "kind" => object.kind = members.next_value()?,
                "metadata" => object.metadata = members.next_value::<Option<_>>()?.unwrap_or_default(),
                _ => {
                    if object.data.insert(name, members.next_value()?).is_some() {
                        return Err(A::Error::custom("a member is there twice"));
                    }
                }
            }
        }
        Ok(object)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(json: Value) -> DynamicObject {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn what_is_read_is_written_again() {
        let json = json!({
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "front", "namespace": "shop", "labels": {"a": "b"}},
            "spec": {"replicas": 3, "x": [null, 1.5, {"y": "z"}]}, "status": {}, "other": true,
        });
        assert_eq!(serde_json::to_value(object(json.clone())).unwrap(), json);
    }

    #[test]
    fn an_item_of_a_list_learns_what_it_is_and_an_object_that_knows_it_does_not() {
        let mut item = object(json!({"metadata": {"name": "a"}}));
        item.adopt_type("v1", "Pod");
        assert_eq!(item.gvk().to_string(), "v1 Pod");
        item.adopt_type("apps/v1", "Deployment");
        assert_eq!(item.gvk().to_string(), "v1 Pod");
        let gvk = DynamicObject::new("apps/v1", "Deployment", "front").gvk();
        assert_eq!((&*gvk.group, &*gvk.version, &*gvk.kind), ("apps", "v1", "Deployment"));
    }

    #[test]
    #[should_panic = "`metadata` of a `DynamicObject` is a field of the struct"]
    fn a_field_of_the_struct_is_not_taken_for_a_missing_member() {
        let _ = &object(json!({}))["metadata"];
    }

    #[test]
    fn a_member_that_is_there_twice_is_an_error() {
        let twice = r#"{"kind":"A","spec":1,"spec":2}"#;
        assert!(serde_json::from_str::<DynamicObject>(twice).is_err());
        assert!(serde_json::from_str::<DynamicObject>("[]").is_err());
    }

    #[test]
    fn the_debug_form_shows_nothing_of_what_a_secret_holds() {
        let mut secret = DynamicObject::new("v1", "Secret", "db").namespace("shop");
        secret["data"] = json!({"password": "hunter2"});
        assert_eq!(format!("{secret:?}"), r#"v1 Secret "shop/db""#);
    }
}
