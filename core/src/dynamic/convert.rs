//! Pure: from a kind that is known at compile time to one that is not, and back.

use serde::de::value::MapDeserializer;
use serde_json::Value;

use super::DynamicObject;
use crate::error::{Error, Result};
use crate::resource::Resource;

/// # Examples
///
/// ```
/// use kubist::dynamic::DynamicObject;
/// use kubist::k8s_openapi::api::core::v1::{ConfigMap, Secret};
///
/// let mut map = ConfigMap::default();
/// map.metadata.name = Some("front".to_owned());
/// map.data = Some([("color".to_owned(), "red".to_owned())].into());
///
/// let object = DynamicObject::from_typed(&map)?;
/// assert_eq!((object.kind.as_str(), &object["data"]["color"]), ("ConfigMap", &"red".into()));
/// assert_eq!(object.to_typed::<ConfigMap>()?, map);
/// assert_eq!(object.to_typed::<Secret>().unwrap_err().to_string(), "expected v1 Secret, found v1 ConfigMap");
/// # Ok::<(), kubist::Error>(())
/// ```
impl DynamicObject {
    /// The object as JSON, with its `apiVersion` and kind.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub fn from_typed<K: Resource>(object: &K) -> Result<Self> {
        let json = serde_json::to_value(object);
        let object = json.and_then(serde_json::from_value::<Self>);
        let mut object = object.map_err(|_| Error::invalid("the object cannot be written as JSON"))?;
        K::META.api_version().as_ref().clone_into(&mut object.api_version);
        K::META.kind.clone_into(&mut object.kind);
        Ok(object)
    }

    /// The object as its type.
    ///
    /// # Errors
    ///
    /// [`is_invalid`](Error::is_invalid) when it is of another kind or version;
    /// [`Decode`](crate::ErrorKind::Decode) when it does not fit into the type.
    pub fn to_typed<K: Resource>(&self) -> Result<K> {
        let expected = K::META.gvk();
        if self.api_version != expected.api_version() || self.kind != expected.kind {
            let found = self.gvk();
            return Err(Error::invalid(format!("expected {expected}, found {found}")));
        }
        let metadata = serde_json::to_value(&self.metadata);
        let metadata = metadata.map_err(|_| Error::invalid("the metadata cannot be written as JSON"))?;
        let (api_version, kind) = (Value::from(&*self.api_version), Value::from(&*self.kind));
        let fields = [("apiVersion", &api_version), ("kind", &kind), ("metadata", &metadata)];
        let data = self.data.iter().map(|(name, value)| (name.as_str(), value));
        K::deserialize(MapDeserializer::new(fields.into_iter().chain(data)))
            .map_err(|error: serde_json::Error| Error::decode(format!("{expected}"), &error))
    }
}
