use http::Method;

use crate::api::{Answer, Api, ListStream, Target};
use crate::error::Result;
use crate::resource::{Allows, List, Object, verb};
use crate::rest::{ListParams, decode};
use crate::watch::{LIST_BYTES_MAX, PAGE_SIZE, add_bytes, first_undecodable, next_page};

impl<K: Object> Api<K> {
    /// Reads all objects, page by page.
    ///
    /// # Errors
    ///
    /// As any call; one object that is not a `K` is an error that names it (an informer goes on with the others). The
    /// pages must come to an end, and be no longer than [`LIST_BYTES_MAX`] together.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the pages that were read are lost.
    pub fn list<'a>(&'a self) -> Answer<'a, List<K>>
    where
        K: Allows<verb::List>,
    {
        Box::pin(async move { list_all(&self.target, &ListParams::default()).await })
    }

    /// Reads the objects that the params ask for: one page, if they set a limit.
    ///
    /// # Errors
    ///
    /// As any call; [`is_gone`](crate::Error::is_gone) when a continue token is too old.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub fn list_with<'a>(&'a self, params: &'a ListParams) -> Answer<'a, List<K>>
    where
        K: Allows<verb::List>,
    {
        Box::pin(async move { list_page(&self.target, params).await })
    }

    /// Reads the objects that the params ask for one by one, page by page, and keeps none of them: a list of any length
    /// takes the memory of one object. A limit is that of a page; without one it is 500.
    ///
    /// Nothing is sent before the stream is polled.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::k8s_openapi::api::core::v1::Pod;
    /// use kubist::rest::ListParams;
    ///
    /// # async fn example(client: kubist::Client) -> kubist::Result<()> {
    /// let pods = client.namespaced::<Pod>("shop");
    /// let mut pods = pods.list_stream(&ListParams::default().labels("app=web"));
    /// while let Some(pod) = pods.try_next().await? {
    ///     println!("{}", pod.metadata.name.unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn list_stream(&self, params: &ListParams) -> ListStream<K>
    where
        K: Allows<verb::List>,
    {
        ListStream::new(self.target.clone(), params)
    }
}

pub(crate) async fn list_page<K: Object>(target: &Target, params: &ListParams) -> Result<List<K>> {
    Ok(read_page(target, params).await?.0)
}

pub(crate) async fn list_all<K: Object>(target: &Target, params: &ListParams) -> Result<List<K>> {
    list_within(target, params, LIST_BYTES_MAX).await
}

/// A page, and how many bytes it was.
async fn read_page<K: Object>(target: &Target, params: &ListParams) -> Result<(List<K>, usize)> {
    let params = target.within_selectors(params);
    let request = target.collection(Method::GET).params(|query| params.add_to(query));
    let answer = target.rest().send(request).await;
    let list = answer.and_then(|answer| {
        let list: Result<List<K>> = decode(answer.headers(), answer.body());
        // Which object it is costs something only when there is one.
        let mut list = list.map_err(|error| first_undecodable::<K>(answer.body()).unwrap_or(error))?;
        list.adopt_types();
        Ok((list, answer.body().len()))
    });
    list.map_err(|error| target.explain(error).during(about(target)))
}

async fn list_within<K: Object>(target: &Target, params: &ListParams, max: usize) -> Result<List<K>> {
    let first = params.clone().limit(PAGE_SIZE);
    let (mut list, mut bytes) = read_page::<K>(target, &first).await?;
    let (mut asked, mut items) = (None, list.items.len());
    loop {
        let next = next_page(asked.as_deref(), &list.metadata, items);
        let Some(token) = next.map_err(|error| error.during(about(target)))? else {
            return Ok(list);
        };
        let token = token.to_owned();
        match read_page::<K>(target, &first.clone().continue_from(&token)).await {
            Ok((page, more)) => {
                let added = add_bytes(bytes, more, max);
                bytes = added.map_err(|error| error.during(about(target)))?;
                items = page.items.len();
                list.metadata = page.metadata;
                list.items.extend(page.items);
            }
            // The version of the first page is gone: read all at once, at a newer one.
            Err(error) if error.is_gone() => return list_page(target, params).await,
            Err(error) => return Err(error),
        }
        asked = Some(token);
        // A server that is quicker than we are leaves nothing to wait for.
        tokio::task::yield_now().await;
    }
}

fn about(target: &Target) -> String {
    format!("list {}", target.description())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use bytes::Bytes;
    use http::{Request, Response, Uri};
    use http_body_util::Full;
    use k8s_openapi::api::core::v1::ConfigMap;

    use super::*;
    use crate::rest::RestClient;
    use crate::transport::{Body, Deadlines, Transport};

    /// Answers each request with the page of its number, and counts them.
    fn serving(page: fn(u32) -> String) -> (Target, Arc<AtomicU32>) {
        let asked = Arc::<AtomicU32>::default();
        let count = Arc::clone(&asked);
        let service = tower::service_fn(move |_: Request<Body>| {
            let page = page(count.fetch_add(1, Ordering::Relaxed));
            std::future::ready(Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(page)))))
        });
        let base = Uri::from_static("http://fake");
        let rest = RestClient::new(Transport::new(service), base, Deadlines::unary());
        (Target::of::<ConfigMap>(rest), asked)
    }

    /// A page of one object, or of none, with the token of the next.
    fn page(token: &str, items: usize) -> String {
        let items = vec![r#"{"metadata":{"name":"a"}}"#; items].join(",");
        format!(r#"{{"metadata":{{"resourceVersion":"7","continue":"{token}"}},"items":[{items}]}}"#)
    }

    async fn failure(page: fn(u32) -> String) -> (String, u32) {
        let (target, asked) = serving(page);
        let error = list_within::<ConfigMap>(&target, &ListParams::default(), 10_000).await.unwrap_err();
        (format!("{error:#}"), asked.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn a_list_that_does_not_come_to_its_end_is_an_error() {
        let (text, asked) = failure(|_| page("x", 1)).await;
        assert_eq!((&*text, asked), ("list configmaps: page of a list is to be followed by itself", 2));
        let (text, asked) = failure(|number| page(&number.to_string(), usize::from(number < 2))).await;
        assert_eq!((&*text, asked), ("list configmaps: page of a list is empty and not the last", 3));
        let (text, asked) = failure(|number| page(&number.to_string(), 1)).await;
        assert!((100..200).contains(&asked), "{asked}");
        assert_eq!(text, "list configmaps: list is longer than 10000 bytes");
    }

    #[tokio::test]
    async fn others_get_a_turn_while_a_list_is_read() {
        let (target, asked) = serving(|number| {
            assert!(number < 100, "nobody else gets a turn");
            page(&number.to_string(), 1)
        });
        let params = ListParams::default();
        let list = tokio::time::timeout(std::time::Duration::ZERO, list_all::<ConfigMap>(&target, &params));
        assert!(list.await.is_err());
        assert!(asked.load(Ordering::Relaxed) > 0);
    }
}
