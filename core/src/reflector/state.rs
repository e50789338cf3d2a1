//! Pure: what a reflector does next.
//!
//! The driver does what it is told, says what came of it, and is told the next thing. The version to
//! go on from only moves past events that were applied, or named as poisoned, and no round without
//! progress is followed by the next one at once.

use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind};
use crate::reflector::ReflectorOptions;
use crate::reflector::trouble::Call;
use crate::resource::{ListMeta, is_older};
use crate::task::{Backoff, Random};
use crate::watch::{ListRequest, PAGE_SIZE, VersionMatch, WatchRequest};

/// A watch that ends sooner than this, and told nothing, is a failure.
const WATCH_MIN: Duration = Duration::from_secs(1);

/// The longest wait that a server can ask for, so that a wrong answer does not end the reflector.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(300);

/// What to do next.
#[derive(Debug)]
pub(crate) enum Action {
    /// Ask for a page of the list. Without a token it is the first: forget earlier pages.
    List(ListRequest),
    /// The pages together are the list: hand it on.
    Replace { resource_version: String },
    /// Open a watch and read it to its end.
    Watch(WatchRequest),
    /// Do nothing for this long, because of this failure; an expired version is none.
    Wait { time: Duration, failure: Option<Error> },
    /// There is no point in going on.
    Stop(Error),
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Outcome {
    Listed(ListMeta),
    ListFailed(Error),
    Replaced,
    /// The watch was refused, or there was no connection.
    WatchFailed(Error),
    /// The watch was open and is over: ended by the server, or by an error.
    WatchEnded(Option<Error>),
    Waited,
}

impl Outcome {
    /// What it came of.
    pub(crate) fn call(&self) -> Call {
        match self {
            Self::Listed(_) | Self::ListFailed(_) | Self::Replaced | Self::Waited => Call::List,
            Self::WatchFailed(_) | Self::WatchEnded(_) => Call::Watch,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Next {
    List,
    Watch,
}

#[derive(Debug)]
enum State {
    Listing(Listing),
    Replacing,
    Watching(Watching),
    Waiting(Next),
}

#[derive(Debug)]
struct Listing {
    /// The version that the first page was asked at.
    asked: Option<String>,
    /// The version of the first page, once it is there.
    version: Option<String>,
    /// It was begun again, in one piece, when a token expired.
    again: bool,
}

#[derive(Debug)]
struct Watching {
    opened: Instant,
    /// Whether the version moved on, or an event said something new.
    progress: bool,
    /// The watch began at no version: what it adds first is in no order of versions.
    unordered: Option<Option<String>>,
}

/// The state of a reflector.
#[derive(Debug)]
pub(crate) struct Machine {
    state: State,
    options: ReflectorOptions,
    /// The version up to which everything was applied.
    version: Option<String>,
    /// The server does not have that version (any more): list what it has.
    unavailable: bool,
    /// The server answers in pages even where it could answer from memory.
    pages: bool,
    /// The version was too old to go on from, and no watch has gone well since.
    expired: bool,
    /// The connection of the last watch was lost before it told anything.
    lost: bool,
    backoff: Backoff,
    random: Random,
}

impl Machine {
    pub(crate) fn new(options: ReflectorOptions, random: Random) -> Self {
        Self {
            state: State::Waiting(Next::List),
            random,
            options,
            version: None,
            unavailable: false,
            pages: false,
            expired: false,
            lost: false,
            backoff: Backoff::default(),
        }
    }

    /// What to do, given what came of the last thing. The first call says [`Outcome::Waited`].
    pub(crate) fn step(&mut self, outcome: Outcome, now: Instant) -> Action {
        match outcome {
            Outcome::Listed(meta) => self.listed(meta),
            Outcome::ListFailed(error) => self.list_failed(error, now),
            Outcome::Replaced => self.watch(now),
            Outcome::WatchFailed(error) => self.watch_failed(error, now),
            Outcome::WatchEnded(error) => self.watch_ended(error, now),
            Outcome::Waited => match self.state {
                State::Waiting(Next::Watch) => self.watch(now),
                _ => self.list(),
            },
        }
    }

    /// The watch that was asked for is open.
    pub(crate) fn opened(&mut self, now: Instant) {
        if let State::Watching(watching) = &mut self.state {
            watching.opened = now;
        }
    }

    /// An event was applied, or its object named as poisoned; its version is empty where it has none.
    /// Returns whether the version to go on from moved.
    pub(crate) fn seen(&mut self, version: &str, added: bool) -> bool {
        let State::Watching(watching) = &mut self.state else {
            return false;
        };
        let version = match (version, &mut watching.unordered) {
            (version, Some(held)) if added && !version.is_empty() => {
                *held = Some(version.to_owned());
                return false;
            }
            (version, unordered) => {
                let held = unordered.take().flatten();
                Some(version.to_owned()).filter(|version| !version.is_empty()).or(held)
            }
        };
        let Some(version) = version else {
            return false;
        };
        let moves =
            self.version.as_deref().is_none_or(|current| current != version && !is_older(&version, current));
        if moves {
            watching.progress = true;
            self.expired = false;
            self.version = Some(version);
        }
        moves
    }

    /// The version up to which everything was applied.
    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    fn list(&mut self) -> Action {
        self.lost = false;
        let asked = if self.unavailable {
            None
        } else {
            Some(self.version.clone().unwrap_or_else(|| "0".to_owned()))
        };
        let known = asked.as_deref().is_some_and(|version| version != "0");
        let limit = self.options.page_size.or_else(|| {
            // At a known version a limit would make the server read from its storage.
            (self.pages || !known).then_some(PAGE_SIZE)
        });
        self.state = State::Listing(Listing { asked: asked.clone(), version: None, again: false });
        Action::List(ListRequest {
            limit,
            version_match: known.then_some(VersionMatch::NotOlderThan),
            resource_version: asked,
            continue_token: None,
        })
    }

    fn listed(&mut self, meta: ListMeta) -> Action {
        let State::Listing(listing) = &mut self.state else {
            return self.list();
        };
        // The pages are all of the first one's version.
        let version = listing.version.take().unwrap_or(meta.resource_version);
        if let Some(token) = meta.continue_token.filter(|token| !token.is_empty()) {
            listing.version = Some(version);
            self.pages |= listing.asked.as_deref() == Some("0");
            return Action::List(ListRequest {
                limit: Some(self.options.page_size.unwrap_or(PAGE_SIZE)),
                continue_token: Some(token),
                ..ListRequest::default()
            });
        }
        self.unavailable = false;
        self.state = State::Replacing;
        self.version = Some(version.clone()).filter(|version| !version.is_empty());
        Action::Replace { resource_version: version }
    }

    fn list_failed(&mut self, error: Error, now: Instant) -> Action {
        if error.kind() == ErrorKind::Invalid {
            return Action::Stop(error);
        }
        let State::Listing(listing) = &self.state else {
            return self.wait(Next::List, error, now);
        };
        if listing.version.is_some() && error.is_gone() && !listing.again {
            // The token of a later page expired: once more, in one piece.
            let asked = listing.asked.clone();
            let known = asked.as_deref().is_some_and(|version| version != "0");
            self.state = State::Listing(Listing { asked: asked.clone(), version: None, again: true });
            return Action::List(ListRequest {
                version_match: known.then_some(VersionMatch::NotOlderThan),
                resource_version: asked,
                ..ListRequest::default()
            });
        }
        let unavailable = error.is_gone() || error.is_resource_version_too_large();
        if unavailable && listing.asked.is_some() {
            self.unavailable = true;
            return self.list();
        }
        self.wait(Next::List, error, now)
    }

    fn watch(&mut self, now: Instant) -> Action {
        let version = self.version.clone().filter(|version| version != "0");
        self.state = State::Watching(Watching {
            opened: now,
            progress: false,
            unordered: version.is_none().then_some(None),
        });
        let min = self.options.watch_timeout_min;
        let timeout = min.mul_f64(1.0 + self.random.unit());
        Action::Watch(WatchRequest {
            resource_version: self.version.clone(),
            timeout: Some(Duration::from_secs(timeout.as_secs())),
            bookmarks: true,
            send_initial_events: None,
        })
    }

    fn watch_failed(&mut self, error: Error, now: Instant) -> Action {
        let again = match error.kind() {
            ErrorKind::Invalid => return Action::Stop(error),
            ErrorKind::Transport | ErrorKind::Timeout => Next::Watch,
            _ if error.is_too_many_requests() => Next::Watch,
            _ => Next::List,
        };
        self.wait(again, error, now)
    }

    fn watch_ended(&mut self, error: Option<Error>, now: Instant) -> Action {
        let nothing = || Error::new(ErrorKind::Transport, "it ended at once and told nothing");
        let State::Watching(watching) = &self.state else {
            return self.wait(Next::List, error.unwrap_or_else(nothing), now);
        };
        match error {
            Some(error) if error.is_too_many_requests() => self.wait(Next::Watch, error, now),
            Some(error) if !is_broken_connection(&error) => self.wait(Next::List, error, now),
            // The usual end, or a lost connection: nothing was missed, go on from here.
            _ if watching.progress || now.saturating_duration_since(watching.opened) >= WATCH_MIN => {
                (self.expired, self.lost) = (false, false);
                self.watch(now)
            }
            // That a connection was lost says nothing about the version. But where none holds, lists are the only
            // way to learn of anything.
            Some(error) if !self.lost => {
                self.lost = true;
                self.wait(Next::Watch, error, now)
            }
            error => self.wait(Next::List, error.unwrap_or_else(nothing), now),
        }
    }

    fn wait(&mut self, next: Next, error: Error, now: Instant) -> Action {
        self.state = State::Waiting(next);
        let wait = self.backoff.wait(now, self.random.unit());
        let asked = error.retry_after().unwrap_or_default();
        let time = wait.max(asked.min(RETRY_AFTER_MAX));
        // Versions grow old, that is their way; one that is old as soon as it was listed is not.
        let usual = error.is_gone() && !std::mem::replace(&mut self.expired, true);
        Action::Wait { time, failure: Some(error).filter(|_| !usual) }
    }
}

fn is_broken_connection(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout)
}
