//! Pure: a user and a password.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::Result;
use crate::transport::{Credential, Secret};

pub(crate) fn basic(user: &str, password: &Secret) -> Result<Credential> {
    let packed = STANDARD.encode(format!("{user}:{}", password.as_str()));
    Ok(Credential { authorization: Some(Secret::header(format!("Basic {packed}"))?), identity: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_and_a_password_are_one_sensitive_header() {
        let credential = basic("Aladdin", &Secret::new("open sesame")).unwrap();
        let header = credential.authorization.unwrap();
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(header.is_sensitive());
    }
}
