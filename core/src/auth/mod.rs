//! Who the program is to the server.
//!
//! A [`Config`](crate::config::Config) holds one of: a bearer token, a file with a token that is
//! read again, a user with a password, an [exec plugin](ExecConfig), an
//! [OpenID Connect provider](OidcConfig); and beside it a client certificate, which may come from
//! files that are read again or from a [`ClientIdentity`] that the program replaces itself.
//!
//! # When credentials are renewed
//!
//! * When they expire, as far as they say when.
//! * When the server answers 401: then once, and the request is sent once more if there are others
//!   by then. Authentication comes before everything else, so nothing had been done.
//! * Files are read again with a request, when they were last read a minute ago.
//!
//! Connections with an old certificate get no new requests, and end a minute later. A watch that
//! ran over one goes on over another, where it was.
//!
//! What can hold a secret here has no `Display`, and a `Debug` without it.

mod basic;
mod clean;
mod credentials;
mod exec;
mod identity;
mod oidc;
mod provider;
mod renewing;
mod token_file;

pub(crate) use self::credentials::Credentials;
pub use self::exec::{ExecCluster, ExecConfig, InteractiveMode, PluginPolicy};
pub use self::identity::ClientIdentity;
pub use self::oidc::{OidcConfig, OidcTokens};
pub(crate) use self::provider::provider;
pub(crate) use self::token_file::TokenFile;
