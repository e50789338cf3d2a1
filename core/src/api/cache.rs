//! From a handle to a watch or a live cache.

use crate::api::{AllNamespaces, Api, ResourceListWatch};
use crate::error::Result;
use crate::informer::{SharedInformer, SharedInformerBuilder};
use crate::resource::Listable;
use crate::transport::ResponseBody;
use crate::watch::{ListWatch, WatchRequest, WatchStream, events};

impl<K: Listable> Api<K> {
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
    pub fn informer(&self) -> SharedInformerBuilder<K, ResourceListWatch> {
        informer(self.list_watch())
    }

    /// Opens one watch of what this handle lists: the changes after a version, which is that of a list or
    /// of the last event. An informer does the same and keeps going.
    ///
    /// # Errors
    ///
    /// When the request could not be sent or the server refused it. A version that is too old is an
    /// [`is_gone`](crate::Error::is_gone), here or as the first event.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future or the stream ends the watch.
    pub async fn watch(&self, resource_version: &str) -> Result<WatchStream<K, ResponseBody>> {
        watch(&self.list_watch(), resource_version).await
    }
}

impl<K: Listable> AllNamespaces<K> {
    /// An informer over the objects of all namespaces, with the indexes of the type.
    ///
    /// See [`Api::informer`] for an example.
    pub fn informer(&self) -> SharedInformerBuilder<K, ResourceListWatch> {
        informer(self.list_watch())
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
    pub async fn watch(&self, resource_version: &str) -> Result<WatchStream<K, ResponseBody>> {
        watch(&self.list_watch(), resource_version).await
    }
}

fn informer<K: Listable>(list_watch: ResourceListWatch) -> SharedInformerBuilder<K, ResourceListWatch> {
    SharedInformer::builder(list_watch).indexes(K::INDEXES)
}

async fn watch<K: Listable>(
    list_watch: &ResourceListWatch,
    resource_version: &str,
) -> Result<WatchStream<K, ResponseBody>> {
    let request = WatchRequest {
        resource_version: Some(resource_version.to_owned()),
        bookmarks: true,
        ..WatchRequest::default()
    };
    let body = list_watch.watch(request).await;
    body.map(events).map_err(|error| error.during(format!("watch {}", list_watch.description())))
}
