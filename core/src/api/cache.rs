//! From a handle to a watch or a live cache.

use std::fmt::Debug;

use futures_util::{Stream, StreamExt};

use crate::api::{AllNamespaces, Api, ResourceListWatch, Target};
use crate::error::Result;
use crate::informer::{SharedInformer, SharedInformerBuilder};
use crate::resource::{Listable, Object};
use crate::rest::WatchParams;
use crate::watch::{ListWatch, WatchEvent, WatchRequest, events};

impl<K: Object> Api<K> {
    /// An informer over what this handle lists, with the indexes of the type.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use k8s_openapi::api::core::v1::Pod;
    ///
    /// # async fn example(client: kubist::Client) -> kubist::Result<()> {
    /// let informer = client.namespaced::<Pod>("shop").informer().start();
    /// informer.on(|change| println!("{change}"));
    /// informer.synced().await?;
    /// let front = informer.lister().namespace("shop").get("front");
    /// # Ok(())
    /// # }
    /// ```
    pub fn informer(&self) -> SharedInformerBuilder<K, ResourceListWatch>
    where
        K: Listable,
    {
        SharedInformer::builder(self.list_watch()).indexes(self.indexes)
    }
}

impl<K: Listable> Api<K> {
    /// Opens one watch of what this handle lists: the changes after a version, which is that of a list or
    /// of the last event. The stream is that of [`events`]. An informer does the same and keeps going.
    ///
    /// # Errors
    ///
    /// When the request could not be sent or the server refused it. A version that is too old is an
    /// [`is_gone`](crate::Error::is_gone), here or as the first event.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future or the stream ends the watch.
    pub async fn watch(
        &self,
        resource_version: &str,
    ) -> Result<impl Stream<Item = Result<WatchEvent<K>>> + Debug + Send + Unpin + use<K>> {
        watch(&self.target, &WatchParams::default().after(resource_version)).await
    }

    /// Opens one watch of what the params ask for.
    ///
    /// # Errors
    ///
    /// As [`watch`](Self::watch).
    ///
    /// # Cancel safety
    ///
    /// As [`watch`](Self::watch).
    pub async fn watch_with(
        &self,
        params: &WatchParams,
    ) -> Result<impl Stream<Item = Result<WatchEvent<K>>> + Debug + Send + Unpin + use<K>> {
        watch(&self.target, params).await
    }
}

impl<K: Object> AllNamespaces<K> {
    /// An informer over the objects of all namespaces, with the indexes of the type.
    ///
    /// See [`Api::informer`] for an example.
    pub fn informer(&self) -> SharedInformerBuilder<K, ResourceListWatch> {
        SharedInformer::builder(self.list_watch()).indexes(self.indexes)
    }

    /// Opens one watch over all namespaces; see [`Api::watch`].
    ///
    /// # Errors
    ///
    /// As [`Api::watch`].
    ///
    /// # Cancel safety
    ///
    /// As [`Api::watch`].
    pub async fn watch(
        &self,
        resource_version: &str,
    ) -> Result<impl Stream<Item = Result<WatchEvent<K>>> + Debug + Send + Unpin + use<K>> {
        watch(&self.target, &WatchParams::default().after(resource_version)).await
    }

    /// Opens one watch of what the params ask for.
    ///
    /// # Errors
    ///
    /// As [`watch`](Self::watch).
    ///
    /// # Cancel safety
    ///
    /// As [`watch`](Self::watch).
    pub async fn watch_with(
        &self,
        params: &WatchParams,
    ) -> Result<impl Stream<Item = Result<WatchEvent<K>>> + Debug + Send + Unpin + use<K>> {
        watch(&self.target, params).await
    }
}

async fn watch<K: Object>(
    target: &Target,
    params: &WatchParams,
) -> Result<impl Stream<Item = Result<WatchEvent<K>>> + Debug + Send + Unpin + use<K>> {
    let mut target = target.clone();
    target.add_labels(&params.labels);
    target.add_fields(&params.fields);
    let list_watch = ResourceListWatch::new(target);
    let request = WatchRequest {
        resource_version: params.resource_version.clone(),
        timeout: params.timeout,
        bookmarks: params.bookmarks,
        send_initial_events: params.initial_events.then_some(true),
    };
    let about = format!("watch {}", list_watch.description());
    let body = list_watch.watch(request).await.map_err(|error| error.during(&*about))?;
    Ok(events(body).map(move |event| match event {
        Ok(WatchEvent::Error(error)) => Ok(WatchEvent::Error(error.during(&*about))),
        event => event.map_err(|error| error.during(&*about)),
    }))
}
