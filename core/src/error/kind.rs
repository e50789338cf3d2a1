/// The class of a failure. The variants are the same under every feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No usable kubeconfig or in-cluster configuration.
    Config,
    /// There are no credentials to send: a token file cannot be read, an exec plugin or an identity
    /// provider gave none. What the server refused is a `Status` (401).
    Credentials,
    /// An answer or an event could not be decoded.
    Decode,
    /// The input was refused before anything was sent.
    Invalid,
    /// The cluster serves no such kind or resource.
    NoMatch,
    /// The server answered with a failure; see [`Error::status`](crate::Error::status).
    Status,
    /// This thing was stopped or dropped.
    Stopped,
    /// Something did not happen in time.
    Timeout,
    /// The server could not be reached, or the connection broke.
    Transport,
}
