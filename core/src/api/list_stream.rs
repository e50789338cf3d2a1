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

    /// What the server says of the list: known before the first object has come. Its version is where a watch
    /// starts that misses nothing.
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
                    if let Some(json) = items.next()? {
                        *waits = false;
                        return Poll::Ready(Ok(Some(item(&json, items.seen() - 1, items.head()))));
                    }
                    if let Some(head) = items.head() {
                        self.meta.clone_from(&head.metadata);
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
