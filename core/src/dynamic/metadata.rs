//! Pure: the metadata of an object, and no more.

use std::fmt;
use std::marker::PhantomData;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::DynamicObject;
use crate::resource::{
    Allows, ClusterScoped, Listable, Namespaced, Object, ObjectMeta, Resource, ResourceMeta, verb,
};

/// The metadata of a `K`: of a kind that is known at compile time, or, without a `K`, of any.
///
/// It takes the place of a kind everywhere, and the server sends nothing but metadata then: for a pod that is often
/// less than a tenth. What can be done with a `K` and its metadata alone can be done with this: get, list, watch,
/// patch, delete, and an informer over it.
///
/// # Examples
///
/// ```no_run
/// use kubist::dynamic::PartialObjectMetadata;
/// use kubist::k8s_openapi::api::core::v1::Pod;
///
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let pods = client.all::<PartialObjectMetadata<Pod>>().labels("app=web").list().await?;
/// println!("{} pods", pods.items.len());
/// # Ok(())
/// # }
/// ```
pub struct PartialObjectMetadata<K = DynamicObject> {
    /// The metadata.
    pub metadata: ObjectMeta,
    kind: PhantomData<fn() -> K>,
}

impl<K> From<ObjectMeta> for PartialObjectMetadata<K> {
    fn from(metadata: ObjectMeta) -> Self {
        Self { metadata, kind: PhantomData }
    }
}

impl<K: 'static> Object for PartialObjectMetadata<K> {
    fn object_meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn object_meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

#[diagnostic::do_not_recommend]
impl<K: Resource> Resource for PartialObjectMetadata<K> {
    const META: ResourceMeta = K::META.metadata_only();
}

#[diagnostic::do_not_recommend]
impl<K: Namespaced> Namespaced for PartialObjectMetadata<K> {}
#[diagnostic::do_not_recommend]
impl<K: ClusterScoped> ClusterScoped for PartialObjectMetadata<K> {}
#[diagnostic::do_not_recommend]
impl<K: Listable> Listable for PartialObjectMetadata<K> {}

macro_rules! allows {
    ($($verb:ident),+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<K: Allows<verb::$verb>> Allows<verb::$verb> for PartialObjectMetadata<K> {}
        )+
    };
}

allows!(Get, List, Watch, Patch, Delete, DeleteCollection);

impl<K> Clone for PartialObjectMetadata<K> {
    fn clone(&self) -> Self {
        self.metadata.clone().into()
    }
}

impl<K> Default for PartialObjectMetadata<K> {
    fn default() -> Self {
        ObjectMeta::default().into()
    }
}

impl<K> PartialEq for PartialObjectMetadata<K> {
    fn eq(&self, other: &Self) -> bool {
        self.metadata == other.metadata
    }
}

impl<K: 'static> fmt::Debug for PartialObjectMetadata<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartialObjectMetadata({:?})", self.object_key())
    }
}

impl<K> Serialize for PartialObjectMetadata<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("PartialObjectMetadata", 3)?;
        object.serialize_field("apiVersion", "meta.k8s.io/v1")?;
        object.serialize_field("kind", "PartialObjectMetadata")?;
        object.serialize_field("metadata", &self.metadata)?;
        object.end()
    }
}

/// A server that does not know the form sends the whole object, of which the rest is skipped.
impl<'de, K> Deserialize<'de> for PartialObjectMetadata<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Partial {
            metadata: ObjectMeta,
        }
        Partial::deserialize(deserializer).map(|partial| partial.metadata.into())
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{Node, Pod};

    use super::*;
    use crate::resource::Scope;

    #[test]
    fn the_metadata_of_a_kind_has_the_names_of_the_kind() {
        fn namespaced<K: Resource + Namespaced + Listable + Allows<verb::DeleteCollection>>() -> ResourceMeta
        {
            K::META
        }
        fn cluster<K: Resource + ClusterScoped>() -> ResourceMeta {
            K::META
        }
        let meta = namespaced::<PartialObjectMetadata<Pod>>();
        assert_eq!((meta.gvr().to_string().as_str(), meta.metadata_only), ("pods", true));
        assert_eq!(cluster::<PartialObjectMetadata<Node>>().scope, Scope::Cluster);
    }

    #[test]
    fn a_whole_object_is_read_too_and_one_without_metadata_is_none() {
        let whole = r#"{"kind":"Secret","apiVersion":"v1","data":{"a":"b"},"metadata":{"name":"db"}}"#;
        let partial: PartialObjectMetadata = serde_json::from_str(whole).unwrap();
        assert_eq!(partial.metadata.name.as_deref(), Some("db"));
        let written = serde_json::to_value(&partial).unwrap();
        assert_eq!((&written["kind"], written.get("data")), (&"PartialObjectMetadata".into(), None));
        assert!(serde_json::from_str::<PartialObjectMetadata>(r#"{"kind":"Table"}"#).is_err());
    }
}
