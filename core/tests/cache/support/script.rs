use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use kubist::watch::{ListRequest, ListWatch, WatchRequest};
use kubist::{Error, Result};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, timeout};

/// What the scripted server answers.
pub(crate) enum Reply {
    /// These chunks, and the end.
    Body(Vec<Result<Bytes>>),
    /// These chunks, and then nothing.
    Hang(Vec<Bytes>),
    /// What the test sends.
    Live(mpsc::UnboundedReceiver<Bytes>),
    Refuse(Error),
}

/// A server that expects certain questions in a certain order. Past the end of the script, and after a
/// question that was not expected, it does not answer.
#[derive(Clone)]
pub(crate) struct Script(Arc<Shared>);

struct Shared {
    started: Instant,
    state: Mutex<State>,
    asked: Notify,
}

#[derive(Default)]
struct State {
    expected: Vec<String>,
    replies: VecDeque<Reply>,
    asked: Vec<(String, Duration)>,
    watch_timeouts: Vec<Duration>,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Shared { started: Instant::now(), state: Mutex::default(), asked: Notify::new() }))
    }

    /// `question` is for example `list rv=0 limit=500` or `watch rv=10`.
    pub(crate) fn expect(self, question: &str, reply: Reply) -> Self {
        {
            let mut state = self.0.state.lock().expect("no panic");
            state.expected.push(question.to_owned());
            state.replies.push_back(reply);
        }
        self
    }

    /// The usual beginning: a first list of this version, and a watch that the test feeds.
    pub(crate) fn serving(version: u64, items: &[serde_json::Value]) -> (Self, mpsc::UnboundedSender<Bytes>) {
        let (send, receive) = mpsc::unbounded_channel();
        let list = Reply::Body(vec![Ok(super::list(version, items))]);
        let script = Self::new()
            .expect("list rv=0 limit=500", list)
            .expect(&format!("watch rv={version}"), Reply::Live(receive));
        (script, send)
    }

    /// Waits until every expected question was asked, and checks that nothing else was.
    pub(crate) async fn done(&self) {
        let expected = self.0.state.lock().expect("no panic").expected.clone();
        let all = async {
            loop {
                let asked = self.0.asked.notified();
                if self.asked().len() >= expected.len() {
                    return;
                }
                asked.await;
            }
        };
        // The clock is paused: this is over at once when nothing happens any more.
        let _ = timeout(Duration::from_secs(3600), all).await;
        assert_eq!(self.asked(), expected);
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        let state = self.0.state.lock().expect("no panic");
        state.asked.iter().map(|(asked, _)| asked.clone()).collect()
    }

    /// When each question was asked, in milliseconds from the beginning.
    pub(crate) fn times(&self) -> Vec<u128> {
        let state = self.0.state.lock().expect("no panic");
        state.asked.iter().map(|(_, at)| at.as_millis()).collect()
    }

    pub(crate) fn watch_timeouts(&self) -> Vec<Duration> {
        self.0.state.lock().expect("no panic").watch_timeouts.clone()
    }

    async fn answer(&self, question: String) -> Result<BoxStream<'static, Result<Bytes>>> {
        let reply = {
            let mut state = self.0.state.lock().expect("no panic");
            let position = state.asked.len();
            let matches = state.expected.get(position) == Some(&question);
            state.asked.push((question, self.0.started.elapsed()));
            state.replies.pop_front().filter(|_| matches)
        };
        self.0.asked.notify_waiters();
        match reply {
            Some(Reply::Body(chunks)) => Ok(stream::iter(chunks).boxed()),
            Some(Reply::Hang(chunks)) => {
                let chunks = stream::iter(chunks.into_iter().map(Ok));
                Ok(chunks.chain(stream::pending()).boxed())
            }
            Some(Reply::Live(receiver)) => Ok(stream::unfold(receiver, |mut receiver| async {
                receiver.recv().await.map(|chunk| (Ok(chunk), receiver))
            })
            .boxed()),
            Some(Reply::Refuse(error)) => Err(error),
            None => std::future::pending().await,
        }
    }
}

impl ListWatch for Script {
    type Body = BoxStream<'static, Result<Bytes>>;

    fn description(&self) -> String {
        "configmaps in \"shop\"".to_owned()
    }

    async fn list(&self, request: ListRequest) -> Result<Self::Body> {
        let mut question = "list".to_owned();
        if let Some(version) = &request.resource_version {
            question += &format!(" rv={version}");
            assert_eq!(request.version_match.is_some(), version != "0");
        } else {
            assert_eq!(request.version_match, None);
        }
        if let Some(limit) = request.limit {
            question += &format!(" limit={limit}");
        }
        if let Some(token) = &request.continue_token {
            question += &format!(" continue={token}");
        }
        self.answer(question).await
    }

    async fn watch(&self, request: WatchRequest) -> Result<Self::Body> {
        assert!(request.bookmarks);
        if let Some(timeout) = request.timeout {
            let mut state = self.0.state.lock().expect("no panic");
            state.watch_timeouts.push(timeout);
        }
        let version = request.resource_version.unwrap_or_default();
        self.answer(format!("watch rv={version}")).await
    }
}
