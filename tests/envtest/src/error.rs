//! What can go wrong while a control plane is started or used.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

/// Why a control plane did not do what was asked.
///
/// `Debug` prints the whole chain of causes in readable form, because that is what a test's `unwrap` shows.
#[non_exhaustive]
pub enum EnvtestError {
    /// `KUBEBUILDER_ASSETS` is not set.
    NoAssets,
    /// `KUBEBUILDER_ASSETS` names a folder that does not hold this binary.
    MissingBinary {
        /// Where the binary was looked for.
        path: PathBuf,
    },
    /// The operating system refused something.
    Io {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        source: io::Error,
    },
    /// A certificate could not be made.
    Certificate {
        /// The cause.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A server ended by itself.
    Exited {
        /// The name of its binary.
        name: &'static str,
        /// How it ended.
        status: ExitStatus,
        /// The last lines it logged.
        log: String,
    },
    /// The kube-apiserver did not become ready in time.
    NotReady {
        /// How long was waited.
        waited: Duration,
        /// The last lines it logged.
        log: String,
    },
    /// The kube-apiserver was asked to do what it cannot do in its state: stop while stopped, start while started.
    WrongState {
        /// The state it is in.
        state: &'static str,
    },
    /// A request got no answer.
    Request {
        /// The path that was asked for.
        path: String,
        /// The cause.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A request got another answer than the one it must get.
    UnexpectedAnswer {
        /// The path that was asked for.
        path: String,
        /// The HTTP status of the answer.
        status: u16,
    },
}

impl EnvtestError {
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }

    pub(crate) fn certificate(source: impl Error + Send + Sync + 'static) -> Self {
        Self::Certificate { source: source.into() }
    }

    /// True when a server ended because another process took its port between the choice of the port and its use.
    pub(crate) fn port_was_taken(&self) -> bool {
        matches!(self, Self::Exited { log, .. } if log.contains("address already in use"))
    }
}

impl fmt::Display for EnvtestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAssets => {
                write!(f, "KUBEBUILDER_ASSETS is not set: export KUBEBUILDER_ASSETS=$(tests/envtest/build)")
            }
            Self::MissingBinary { path } => {
                write!(f, "KUBEBUILDER_ASSETS is set, but there is no {}", path.display())
            }
            Self::Io { doing, .. } => write!(f, "could not {doing}"),
            Self::Certificate { .. } => write!(f, "could not make a certificate"),
            Self::Exited { name, status, log } => {
                write!(f, "{name} ended by itself ({status}), its last lines are:\n{log}")
            }
            Self::NotReady { waited, log } => {
                write!(f, "kube-apiserver was not ready after {waited:?}, its last lines are:\n{log}")
            }
            Self::WrongState { state } => write!(f, "kube-apiserver is {state}"),
            Self::Request { path, .. } => write!(f, "no answer to the request for {path}"),
            Self::UnexpectedAnswer { path, status } => {
                write!(f, "the answer for {path} was {status}")
            }
        }
    }
}

impl fmt::Debug for EnvtestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

impl Error for EnvtestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Certificate { source } | Self::Request { source, .. } => Some(source.as_ref()),
            Self::NoAssets
            | Self::MissingBinary { .. }
            | Self::Exited { .. }
            | Self::NotReady { .. }
            | Self::WrongState { .. }
            | Self::UnexpectedAnswer { .. } => None,
        }
    }
}
