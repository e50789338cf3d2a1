use std::fmt;
use std::time::Duration;

use http::Method;

use crate::api::Target;
use crate::error::Result;
use crate::rest::{ListParams, Request};
use crate::transport::{Deadlines, ResponseBody};
use crate::watch::{ListRequest, ListWatch, VersionMatch, WatchRequest};

/// How long a list may pause while it arrives. Its length is not known, so there is no limit in all.
const LIST_IDLE: Option<Duration> = Some(Duration::from_secs(60));
/// The deadlines of a list that is read while it arrives.
pub(super) const LIST_DEADLINES: Deadlines = Deadlines::stream().headers(LIST_IDLE).idle(LIST_IDLE);

/// One resource to list and watch, in one namespace or all of them, with selectors: joins the typed
/// handles and the reflector.
///
/// Each request is sent once: when to try again is the reflector's to decide.
#[derive(Clone)]
pub struct ResourceListWatch {
    target: Target,
}

impl ResourceListWatch {
    pub(crate) fn new(target: Target) -> Self {
        Self { target }
    }

    fn request(&self) -> Request {
        let selectors = self.target.within_selectors(&ListParams::default());
        self.target.collection(Method::GET).params(|query| selectors.add_to(query)).once()
    }

    fn list_request(&self, asked: &ListRequest) -> Request {
        self.request()
            .params(|query| {
                query.push_some("limit", asked.limit);
                query.push_some("continue", asked.continue_token.as_deref());
                query.push_some("resourceVersion", asked.resource_version.as_deref());
                let version_match = asked.version_match.map(VersionMatch::as_str);
                query.push_some("resourceVersionMatch", version_match);
            })
            .deadlines(LIST_DEADLINES)
    }

    fn watch_request(&self, asked: &WatchRequest) -> Request {
        self.target.watching(self.request()).params(|query| {
            query.push("watch", "true");
            query.push_some("resourceVersion", asked.resource_version.as_deref());
            let timeout = asked.timeout.map(|timeout| timeout.as_secs());
            query.push_some("timeoutSeconds", timeout);
            query.push_some("allowWatchBookmarks", asked.bookmarks.then_some("true"));
            query.push_some("sendInitialEvents", asked.send_initial_events);
            // The server refuses initial events without it.
            let version_match = asked.send_initial_events.map(|_| VersionMatch::NotOlderThan.as_str());
            query.push_some("resourceVersionMatch", version_match);
        })
    }
}

impl ListWatch for ResourceListWatch {
    type Body = ResponseBody;

    fn description(&self) -> String {
        self.target.description()
    }

    async fn list(&self, request: ListRequest) -> Result<ResponseBody> {
        let answer = self.target.rest().stream(self.list_request(&request)).await;
        answer.map_err(|error| self.target.explain(error))
    }

    async fn watch(&self, request: WatchRequest) -> Result<ResponseBody> {
        let answer = self.target.rest().stream(self.watch_request(&request)).await;
        answer.map_err(|error| self.target.explain(error))
    }
}

impl fmt::Debug for ResourceListWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceListWatch({})", self.description())
    }
}
