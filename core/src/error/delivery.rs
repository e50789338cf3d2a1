/// How far a failed request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// Nothing is said: the server answered, there was no request, or nobody knows.
    Unstated,
    /// Nothing was sent, and the next try may go better.
    NotSent,
    /// Nothing was sent, and the next try would fail in the same way.
    Refused,
    /// It was sent, and the server may or may not have acted on it.
    OutcomeUnknown,
}
