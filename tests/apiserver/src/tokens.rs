//! Pure: tokens of service accounts, as this server signs and knows them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kubist_structural::node::strings;
use ring::hmac;
use serde_json::{Value, json};

/// The audience of the server itself, and the issuer of its tokens.
pub(crate) const AUDIENCE: &str = "https://kubernetes.default.svc";

/// Who sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) uid: String,
    pub(crate) groups: Vec<String>,
}

impl User {
    /// Who has the server's own token, or needs none.
    pub(crate) fn admin() -> Self {
        let groups = ["system:masters", "system:authenticated"].map(str::to_owned).to_vec();
        Self { name: "admin".to_owned(), uid: "admin".to_owned(), groups }
    }

    fn service_account(namespace: &str, name: &str, uid: &str) -> Self {
        let groups = vec![
            "system:serviceaccounts".to_owned(),
            format!("system:serviceaccounts:{namespace}"),
            "system:authenticated".to_owned(),
        ];
        Self { name: format!("system:serviceaccount:{namespace}:{name}"), uid: uid.to_owned(), groups }
    }

    /// The user as reviews show it.
    pub(crate) fn to_value(&self) -> Value {
        json!({"username": self.name, "uid": self.uid, "groups": self.groups})
    }
}

/// Signs tokens with a key of its own, and knows whose any token is.
pub(crate) struct Issuer {
    key: hmac::Key,
    /// The token of who may do everything.
    admin: Option<String>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Issuer")
    }
}

impl Issuer {
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, secret), admin: None }
    }

    pub(crate) fn set_admin(&mut self, token: Option<String>) {
        self.admin = token;
    }

    /// Whose token it is, and for which of these audiences.
    pub(crate) fn identify(&self, token: &str, wanted: &[String], now: i64) -> Option<(User, Vec<String>)> {
        let (user, meant) = if self.admin.as_deref() == Some(token) {
            (User::admin(), vec![AUDIENCE.to_owned()])
        } else {
            let claims = self.claims(token, now)?;
            (user(&claims), strings(claims.get("aud")))
        };
        let audiences: Vec<String> =
            wanted.iter().filter(|audience| meant.contains(audience)).cloned().collect();
        (!audiences.is_empty()).then_some((user, audiences))
    }

    /// A JSON web token with these claims.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = hmac::sign(&self.key, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The claims of a token that is signed by this issuer and valid at `now`, in seconds of the Unix epoch.
    fn claims(&self, token: &str, now: i64) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        hmac::verify(&self.key, signed.as_bytes(), &signature).ok()?;
        let (_, claims) = signed.split_once('.')?;
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
        (claims["exp"].as_i64()? > now).then_some(claims)
    }
}

/// The user that claims are about.
fn user(claims: &Value) -> User {
    let about = &claims["kubernetes.io"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let account = &about["serviceaccount"];
    User::service_account(&text(&about["namespace"]), &text(&account["name"]), &text(&account["uid"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_until_it_expires_and_only_to_its_issuer() {
        let issuer = Issuer::new(b"one");
        let claims = json!({"aud": ["a"], "exp": 10, "kubernetes.io": {
            "namespace": "n", "serviceaccount": {"name": "s", "uid": "u"},
        }});
        let token = issuer.sign(&claims);
        assert_eq!(token.split('.').count(), 3);
        assert_eq!(issuer.claims(&token, 9), Some(claims.clone()));
        assert_eq!(issuer.claims(&token, 10), None);
        assert_eq!(Issuer::new(b"two").claims(&token, 9), None);
        assert_eq!(issuer.claims("x.y.z", 9), None);
        assert_eq!(user(&claims).name, "system:serviceaccount:n:s");
        let wanted = ["a".to_owned(), "b".to_owned()];
        assert_eq!(issuer.identify(&token, &wanted, 9).unwrap().1, ["a"]);
        assert_eq!(issuer.identify(&token, &wanted[1..], 9), None);
    }
}
