use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// One try of a request that did not go well.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When the try began, counted from the beginning of the first.
    pub began: Duration,
    /// How long it took.
    pub took: Duration,
    /// The HTTP status code, if there was an answer.
    pub code: Option<u16>,
    /// What went wrong, in one line: the whole chain of the error.
    pub failure: Arc<str>,
}

impl Attempt {
    /// A try that failed like this.
    pub(crate) fn new(began: Duration, took: Duration, code: Option<u16>, failure: String) -> Self {
        Self { began, took, code, failure: failure.into() }
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "after {:?} for {:?}: {}", self.began, self.took, self.failure)
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is said of several tries that all failed: how many, how long, and what went wrong other than at the last.
pub(crate) fn summary(attempts: &[Attempt]) -> String {
    let (Some(first), Some(last)) = (attempts.first(), attempts.last()) else {
        return "no try was made".to_owned();
    };
    let spent = (last.began + last.took).saturating_sub(first.began);
    let spent = Duration::from_millis(u64::try_from(spent.as_millis()).unwrap_or(u64::MAX));
    let mut text = format!("gave up after {} tries in {spent:?}", attempts.len());
    let mut others: Vec<&str> = Vec::new();
    for attempt in attempts.iter().rev().skip(1) {
        if attempt.failure != last.failure && !others.contains(&&*attempt.failure) {
            others.push(&attempt.failure);
        }
    }
    if !others.is_empty() {
        text.push_str(&format!(", before that {}", others.join(" and ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_that_failed_in_different_ways_are_all_told_and_the_same_once() {
        let attempt = |began, failure: &str| {
            Attempt::new(Duration::from_secs(began), Duration::from_millis(5), None, failure.to_owned())
        };
        let same = [attempt(0, "no connection"), attempt(1, "no connection")];
        assert_eq!(summary(&same), "gave up after 2 tries in 1.005s");
        let different = [attempt(0, "no connection"), attempt(1, "no connection"), attempt(2, "503")];
        assert_eq!(summary(&different), "gave up after 3 tries in 2.005s, before that no connection");
    }
}
