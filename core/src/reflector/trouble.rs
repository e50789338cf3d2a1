//! Pure: when a failure is said in the log, and when that it is over.

use std::fmt;
use std::time::{Duration, Instant};

/// How long the same thing is not said again.
const QUIET: Duration = Duration::from_secs(60);

/// Keeps the log readable: something is said when it is new, and while it stays the same once a minute.
#[derive(Debug, Default)]
pub(crate) struct News(Option<(String, Instant)>);

impl News {
    /// Whether to say this now.
    pub(crate) fn is_new(&mut self, text: &str, now: Instant) -> bool {
        let same =
            |(said, at): &(String, Instant)| said == text && now.saturating_duration_since(*at) < QUIET;
        let new = !self.0.as_ref().is_some_and(same);
        if new {
            self.0 = Some((text.to_owned(), now));
        }
        new
    }
}

/// What a reflector asks of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Call {
    List,
    Watch,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "list",
            Self::Watch => "watch",
        })
    }
}

/// What keeps a reflector from listing or watching.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    news: News,
    current: Option<Current>,
}

#[derive(Debug)]
struct Current {
    call: Call,
    said: bool,
}

impl Trouble {
    /// A call failed. Whether to say so now.
    pub(crate) fn failed(&mut self, call: Call, text: &str, now: Instant) -> bool {
        let new = self.news.is_new(text, now);
        let said = new || self.current.as_ref().is_some_and(|current| current.said);
        self.current = Some(Current { call, said });
        new
    }

    /// A call succeeded. Whether that ends the trouble, and then whether the trouble was said.
    ///
    /// A list that succeeds says nothing about a watch that fails.
    pub(crate) fn succeeded(&mut self, call: Call) -> Option<bool> {
        self.current.take_if(|current| current.call <= call).map(|ended| ended.said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Instant {
        tokio::time::Instant::now().into_std()
    }

    #[test]
    fn news_is_what_is_first_or_other_or_a_minute_old() {
        let (mut news, start) = (News::default(), start());
        let mut said = |text, seconds| news.is_new(text, start + Duration::from_secs(seconds));
        assert!(said("a", 0));
        assert!(!said("a", 1) && !said("a", 59));
        assert!(said("a", 60) && !said("a", 61));
        assert!(said("b", 62) && said("a", 63));
    }

    #[test]
    fn a_trouble_ends_with_the_call_that_it_was_about() {
        let (mut trouble, now) = (Trouble::default(), start());
        assert_eq!(trouble.succeeded(Call::Watch), None);
        assert!(trouble.failed(Call::List, "a", now));
        assert_eq!(trouble.succeeded(Call::List), Some(true));
        assert_eq!(trouble.succeeded(Call::Watch), None);
        assert!(trouble.failed(Call::Watch, "b", now));
        assert!(!trouble.failed(Call::Watch, "b", now));
        assert_eq!(trouble.succeeded(Call::List), None);
        assert_eq!(trouble.succeeded(Call::Watch), Some(true));
    }

    #[test]
    fn what_comes_and_goes_is_said_once_a_minute_together_with_its_end() {
        let (mut trouble, now) = (Trouble::default(), start());
        assert!(trouble.failed(Call::List, "a", now));
        assert_eq!(trouble.succeeded(Call::List), Some(true));
        assert!(!trouble.failed(Call::List, "a", now));
        assert_eq!(trouble.succeeded(Call::List), Some(false));
    }
}
