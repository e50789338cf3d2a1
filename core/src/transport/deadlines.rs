use std::time::Duration;

/// How long one try of a request may take. `None` is no limit.
///
/// # Defaults
///
/// [`Deadlines::unary`], for calls with one answer: headers 30 s, total 60 s, idle none.
/// [`Deadlines::stream`], for watches and other streams: headers 30 s, total and idle none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadlines {
    /// From the start of the try to the end of the answer's headers; connecting is part of it.
    pub headers: Option<Duration>,
    /// From the start of the try to the end of the answer's body; connecting is part of it.
    pub total: Option<Duration>,
    /// Between two chunks of the answer's body.
    pub idle: Option<Duration>,
}

impl Deadlines {
    /// For a call that is answered once.
    #[must_use]
    pub const fn unary() -> Self {
        Self { headers: Some(Duration::from_secs(30)), total: Some(Duration::from_secs(60)), idle: None }
    }

    /// For an answer that goes on until one side ends it.
    #[must_use]
    pub const fn stream() -> Self {
        Self { headers: Some(Duration::from_secs(30)), total: None, idle: None }
    }

    /// Sets the wait for the headers.
    #[must_use]
    pub const fn headers(mut self, wait: Option<Duration>) -> Self {
        self.headers = wait;
        self
    }

    /// Sets the wait for the whole answer.
    #[must_use]
    pub const fn total(mut self, wait: Option<Duration>) -> Self {
        self.total = wait;
        self
    }

    /// Sets the wait between two chunks.
    #[must_use]
    pub const fn idle(mut self, wait: Option<Duration>) -> Self {
        self.idle = wait;
        self
    }
}
