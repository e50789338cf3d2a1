use crate::resource::{IndexDefinition, IndexKey, Object, ObjectKey, ObjectMeta};

/// How an object is kept in a cache.
///
/// Every [`Object`] is kept as itself: decoded once, behind one `Arc`. Wrappers that keep less
/// (bytes, compressed bytes, metadata alone) implement this trait without being objects themselves.
pub trait Stored: Sized + Send + Sync + 'static {
    /// The object that readers of the cache get.
    type Object: Object;

    /// Makes the kept form from one JSON object as the server sent it.
    ///
    /// # Errors
    ///
    /// When the bytes are not such an object.
    fn decode(json: &[u8]) -> Result<Self, serde_json::Error>;

    /// Name, namespace, uid and resourceVersion, without decoding the rest.
    fn stored_meta(&self) -> &ObjectMeta;

    /// The values of this object in an index: sorted, each once.
    fn index_keys(&self, definition: &IndexDefinition<Self::Object>) -> Vec<IndexKey>;

    /// See [`Object::adopt_type`].
    #[doc(hidden)]
    fn adopt_type(&mut self, _api_version: &str, _kind: &str) {}

    /// Namespace and name.
    fn stored_key(&self) -> ObjectKey {
        let meta = self.stored_meta();
        ObjectKey::new(meta.namespace.as_deref(), meta.name.as_deref().unwrap_or_default())
    }
}

impl<K: Object> Stored for K {
    type Object = K;

    fn decode(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    fn stored_meta(&self) -> &ObjectMeta {
        self.object_meta()
    }

    fn index_keys(&self, definition: &IndexDefinition<K>) -> Vec<IndexKey> {
        definition.keys(self)
    }

    fn adopt_type(&mut self, api_version: &str, kind: &str) {
        Object::adopt_type(self, api_version, kind);
    }
}
