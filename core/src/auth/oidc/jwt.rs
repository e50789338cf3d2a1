//! Pure: what an ID token says of itself. It is not verified: that is the server's task.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::auth::oidc::unusable;
use crate::error::Result;

#[derive(Deserialize)]
struct Claims {
    /// Seconds, which some providers write with a fraction.
    exp: f64,
}

/// When a token ends.
pub(crate) fn expiry(token: &str) -> Result<SystemTime> {
    let no_token = || unusable("the ID token is no JSON web token with a time when it ends");
    let mut parts = token.split('.');
    let (Some(_), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(no_token());
    };
    let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).map_err(|_| no_token())?;
    // Without a source, which could quote it.
    let claims: Claims = serde_json::from_slice(&claims).map_err(|_| no_token())?;
    let seconds = Duration::try_from_secs_f64(claims.exp).map_err(|_| no_token())?;
    SystemTime::UNIX_EPOCH.checked_add(seconds).ok_or_else(no_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn the_end_of_a_token_is_read_and_anything_else_is_no_token() {
        let ends = |claims| expiry(&token(claims)).unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(ends(r#"{"exp":1700000000,"sub":"me"}"#), Duration::from_secs(1_700_000_000));
        assert_eq!(ends(r#"{"exp":1.5e3}"#), Duration::from_secs(1500));
        for wrong in [
            "",
            "hunter2",
            "a.b",
            "a.b.c.d",
            "e30.!.c",
            &token("{}"),
            &token(r#"{"exp":-1}"#),
            &token(r#"{"exp":1e99}"#),
            &token(r#"{"exp":"hunter2"}"#),
        ] {
            let error = format!("{:#}", expiry(wrong).unwrap_err());
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
