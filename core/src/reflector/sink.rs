use std::future::ready;
use std::sync::Arc;

use crate::error::Error;
use crate::resource::{ObjectKey, Stored};

/// What a reflector keeps equal to the server: a queue, a store, or something of your own.
///
/// Calls come one at a time, in the server's order. They must not wait: [`ready`](Sink::ready) is where a
/// sink holds the reflector back, and with it the server.
pub trait Sink: Send + Sync + 'static {
    /// How objects are kept.
    type Item: Stored;

    /// What the sink holds for a key, everything taken into account that it was told.
    ///
    /// A list that brings the same uid and resourceVersion hands this very object back, without decoding
    /// what came. A sink that keeps nothing says `None`.
    fn known(&self, key: &ObjectKey) -> Option<Arc<Self::Item>>;

    /// Looks at an object that was just decoded, before it is shared, and may change it.
    ///
    /// # Errors
    ///
    /// When the object is not to be had; it then counts as one that could not be decoded.
    fn admit(&self, object: &mut Self::Item) -> Result<(), Error> {
        let _ = object;
        Ok(())
    }

    /// These are all objects, at this version; what is not among them is gone.
    fn replace(&self, objects: Vec<Arc<Self::Item>>, resource_version: &str);

    /// An object is there.
    fn add(&self, object: Arc<Self::Item>);

    /// An object was changed.
    fn update(&self, object: Arc<Self::Item>);

    /// An object is gone. Its last state is missing when it could not be decoded.
    fn delete(&self, key: ObjectKey, object: Option<Arc<Self::Item>>);

    /// Everything up to this version has been told.
    fn bookmark(&self, resource_version: &str);

    /// Tell your readers of all objects again.
    fn resync(&self) {}

    /// Resolves when the sink can take more.
    fn ready(&self) -> impl Future<Output = ()> + Send {
        ready(())
    }
}

impl<Q: Sink> Sink for Arc<Q> {
    type Item = Q::Item;

    fn known(&self, key: &ObjectKey) -> Option<Arc<Self::Item>> {
        Q::known(self, key)
    }

    fn admit(&self, object: &mut Self::Item) -> Result<(), Error> {
        Q::admit(self, object)
    }

    fn replace(&self, objects: Vec<Arc<Self::Item>>, resource_version: &str) {
        Q::replace(self, objects, resource_version);
    }

    fn add(&self, object: Arc<Self::Item>) {
        Q::add(self, object);
    }

    fn update(&self, object: Arc<Self::Item>) {
        Q::update(self, object);
    }

    fn delete(&self, key: ObjectKey, object: Option<Arc<Self::Item>>) {
        Q::delete(self, key, object);
    }

    fn bookmark(&self, resource_version: &str) {
        Q::bookmark(self, resource_version);
    }

    fn resync(&self) {
        Q::resync(self);
    }

    fn ready(&self) -> impl Future<Output = ()> + Send {
        Q::ready(self)
    }
}
