use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use http::Method;

use crate::api::Target;
use crate::api::list_watch::LIST_DEADLINES;
use crate::error::Result;
use crate::resource::{ListMeta, Object};
use crate::rest::ListParams;
use crate::transport::ResponseBody;
use crate::watch::{Items, PAGE_SIZE, item, next_page};

/// The objects of a list, one by one while they arrive, page after page.
///
/// One object that is not a `K` is an error that names it, and the stream goes on after it. After any other error, and
/// after the last object, it has ended. When a page after the first is too old to be had, that is an
/// [`is_gone`](crate::Error::is_gone): only a list from the start is whole then.
///
/// It is made by [`Api::list_stream`](crate::Api::list_stream), reads over a connection of its own, and no more than
/// it is asked for. Dropping it ends the request.
pub struct ListStream<K> {
    target: Target,
    params: ListParams,
    state: State,
    meta: ListMeta,
    kind: PhantomData<fn() -> K>,
}

enum State {
    /// The page that the params ask for is to be read.
    Due,
    Asking(Pin<Box<dyn Future<Output = Result<ResponseBody>> + Send>>),
    Reading(Box<Reading>),
    Ended,
}

struct Reading {
    body: ResponseBody,
    items: Items,
    /// Whether nothing is kept that was not asked for yet.
    waits: bool,
}

impl<K> ListStream<K> {
    pub(crate) fn new(target: Target, params: &ListParams) -> Self {
        let mut params = target.within_selectors(params);
        params.limit.get_or_insert(PAGE_SIZE);
        Self { target, params, state: State::Due, meta: ListMeta::default(), kind: PhantomData }
    }

    /// What the server says of the list, as far as it has come: of built-in kinds before the first object, of custom
    /// kinds after the last one of a page. Its version is where a watch starts that misses nothing.
    #[must_use]
    pub fn metadata(&self) -> &ListMeta {
        &self.meta
    }

    fn ask(&self) -> State {
        let rest = self.target.rest().clone();
        let request = self.target.collection(Method::GET).params(|query| self.params.add_to(query));
        let request = request.deadlines(LIST_DEADLINES);
        State::Asking(Box::pin(async move { rest.stream(request).await }))
    }

    /// The state after the page.
    fn turn(&mut self, items: Items) -> Result<State> {
        let seen = items.seen();
        self.meta = items.finish()?.metadata;
        let Some(token) = next_page(self.params.continue_token.as_deref(), &self.meta, seen)? else {
            return Ok(State::Ended);
        };
        self.params = self.params.clone().continue_from(token);
        Ok(State::Due)
    }
}

impl<K: Object> ListStream<K> {
    /// The next object; `None` after the last one. The same as that of `futures_util::TryStreamExt`, without it.
    ///
    /// # Errors
    ///
    /// As any call, and when an object is not a `K`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing.
    pub async fn try_next(&mut self) -> Result<Option<K>> {
        poll_fn(|cx| self.poll_object(cx)).await
    }

    fn poll_object(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<K>>> {
        let object = ready!(self.poll_page(cx));
        let error = match object {
            Ok(Some(Ok(object))) => return Poll::Ready(Ok(Some(object))),
            Ok(Some(Err(unreadable))) => unreadable,
            Ok(None) => {
                self.state = State::Ended;
                return Poll::Ready(Ok(None));
            }
            Err(error) => {
                self.state = State::Ended;
                self.target.explain(error)
            }
        };
        Poll::Ready(Err(error.during(format!("list {}", self.target.description()))))
    }

    /// An object, or what is wrong with one, or what ends the stream.
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Result<K>>>> {
        loop {
            match &mut self.state {
                State::Due => self.state = self.ask(),
                State::Asking(answer) => {
                    let body = ready!(answer.as_mut().poll(cx))?;
                    self.state =
                        State::Reading(Box::new(Reading { body, items: Items::default(), waits: true }));
                }
                State::Reading(reading) => {
                    let Reading { body, items, waits } = &mut **reading;
                    let next = items.next()?;
                    if let Some(head) = items.head().filter(|_| items.seen() <= 1) {
                        self.meta.clone_from(&head.metadata);
                    }
                    if let Some(json) = next {
                        *waits = false;
                        return Poll::Ready(Ok(Some(item(&json, items.seen() - 1, items.head()))));
                    }
                    if !std::mem::replace(waits, true) {
                        body.restart_idle();
                    }
                    match ready!(Pin::new(body).poll_next(cx)) {
                        Some(chunk) => items.push(chunk?),
                        None => {
                            let items = std::mem::take(items);
                            self.state = self.turn(items)?;
                        }
                    }
                }
                State::Ended => return Poll::Ready(Ok(None)),
            }
        }
    }
}

impl<K: Object> Stream for ListStream<K> {
    type Item = Result<K>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<K>>> {
        self.get_mut().poll_object(cx).map(Result::transpose)
    }
}

/// Shows what is listed, and no token.
impl<K> fmt::Debug for ListStream<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListStream({})", self.target.description())
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use bytes::Bytes;
    use futures_util::stream;
    use http::{Request, Response, Uri};
    use http_body::Frame;
    use http_body_util::StreamBody;
    use k8s_openapi::api::core::v1::ConfigMap;
    use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

    use super::*;
    use crate::error::ErrorKind;
    use crate::rest::RestClient;
    use crate::transport::{Body, Deadlines, Transport};

    type Chunk = Result<Frame<Bytes>, std::io::Error>;

    /// A server that is asked once for each body and answers with it; and what it was asked.
    fn serving(bodies: Vec<UnboundedReceiver<Chunk>>) -> (ListStream<ConfigMap>, Arc<Mutex<Vec<String>>>) {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&asked);
        let bodies = Arc::new(Mutex::new(bodies.into_iter()));
        let service = tower::service_fn(move |request: Request<Body>| {
            seen.lock().unwrap().push(request.uri().to_string());
            let mut body = bodies.lock().unwrap().next().expect("no more pages");
            let body = stream::poll_fn(move |cx| body.poll_recv(cx));
            std::future::ready(Ok::<_, Infallible>(Response::new(StreamBody::new(body))))
        });
        let rest =
            RestClient::new(Transport::new(service), Uri::from_static("http://fake"), Deadlines::unary());
        (ListStream::new(Target::of::<ConfigMap>(rest), &ListParams::default().limit(2)), asked)
    }

    fn body() -> (UnboundedSender<Chunk>, UnboundedReceiver<Chunk>) {
        unbounded_channel()
    }

    fn send(sender: &UnboundedSender<Chunk>, text: &'static str) {
        sender.send(Ok(Frame::data(Bytes::from_static(text.as_bytes())))).unwrap();
    }

    /// A body that has come as a whole.
    fn whole(text: &'static str) -> UnboundedReceiver<Chunk> {
        let (sender, body) = body();
        send(&sender, text);
        body
    }

    const HEAD: &str =
        r#"{"kind":"ConfigMapList","metadata":{"resourceVersion":"7","continue":"x y"},"items":["#;

    fn name(map: Option<ConfigMap>) -> String {
        map.unwrap().metadata.name.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn an_object_is_there_before_the_next_has_come() {
        let (sender, first) = body();
        let last = whole(r#"{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"c"}}]}"#);
        let (mut stream, asked) = serving(vec![first, last]);
        send(&sender, HEAD);
        send(&sender, r#"{"metadata":{"name":"a"}},{"metada"#);
        assert_eq!(name(stream.try_next().await.unwrap()), "a");
        assert_eq!(stream.metadata().resource_version, "7");
        assert!(tokio::time::timeout(Duration::from_secs(1), stream.try_next()).await.is_err());
        send(&sender, r#"ta":{"name":"b"}}]}"#);
        assert_eq!(name(stream.try_next().await.unwrap()), "b");
        drop(sender);
        assert_eq!(name(stream.try_next().await.unwrap()), "c");
        assert!(stream.try_next().await.unwrap().is_none());
        assert!(stream.try_next().await.unwrap().is_none(), "it has ended");
        let asked = asked.lock().unwrap();
        let pages = ["?limit=2", "?limit=2&continue=x%20y"];
        assert_eq!(*asked, pages.map(|query| format!("http://fake/api/v1/configmaps{query}")));
    }

    #[tokio::test]
    async fn an_object_that_is_something_else_is_named_and_the_others_come() {
        let page = whole(
            r#"{"metadata":{},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"},"data":5},{"metadata":{"name":"c"}}]}"#,
        );
        let (mut stream, _) = serving(vec![page]);
        assert_eq!(name(stream.try_next().await.unwrap()), "a");
        let error = stream.try_next().await.unwrap_err();
        assert!(error.kind() == ErrorKind::Decode && format!("{error:#}").contains("\"b\""), "{error:#}");
        assert_eq!(name(stream.try_next().await.unwrap()), "c");
        assert!(stream.try_next().await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_list_that_is_cut_or_turns_in_a_circle_ends_with_an_error() {
        let (cut, rest) = body();
        send(&cut, HEAD);
        send(&cut, r#"{"metadata":{"name":"a"}},"#);
        drop(cut);
        let (mut stream, _) = serving(vec![rest]);
        assert_eq!(name(stream.try_next().await.unwrap()), "a");
        let error = stream.try_next().await.unwrap_err();
        assert_eq!(format!("{error:#}"), "list configmaps: list ended in the middle of its items");
        assert!(stream.try_next().await.unwrap().is_none());

        let page = || whole(r#"{"metadata":{"continue":"x"},"items":[{"metadata":{"name":"a"}}]}"#);
        let (mut stream, _) = serving(vec![page(), page()]);
        stream.try_next().await.unwrap();
        stream.try_next().await.unwrap();
        let error = stream.try_next().await.unwrap_err();
        assert_eq!(format!("{error:#}"), "list configmaps: page of a list is to be followed by itself");
    }

    #[tokio::test(start_paused = true)]
    async fn the_readers_own_time_is_not_the_servers() {
        let (sender, page) = body();
        let (mut stream, _) = serving(vec![page]);
        send(&sender, HEAD);
        send(&sender, r#"{"metadata":{"name":"a"}},"#);
        assert_eq!(name(stream.try_next().await.unwrap()), "a");
        tokio::time::advance(Duration::from_secs(600)).await;
        let next = tokio::time::timeout(Duration::from_secs(59), stream.try_next()).await;
        assert!(next.is_err(), "the server has its time from now on");
        let error = stream.try_next().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
    }
}
