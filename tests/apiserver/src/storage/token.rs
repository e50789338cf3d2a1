//! Pure: the tokens that continue a list.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Value, json};

use crate::status::Status;
use crate::storage::Key;

/// As lenient as the real server's.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// Where a list goes on, and at which version: `None` means the newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Continue {
    pub(crate) version: Option<u64>,
    /// The first path that is still to be listed: `name` within a namespace, else `namespace/name`.
    start: String,
}

impl Continue {
    /// Goes on behind `key` in the list of `namespace`, or of all.
    pub(crate) fn after(version: Option<u64>, key: &Key, namespace: Option<&str>) -> Self {
        let start = if namespace.is_some() || key.namespace.is_empty() {
            format!("{}\0", key.name)
        } else {
            format!("{}/{}\0", key.namespace, key.name)
        };
        Self { version, start }
    }

    /// The same place, at the newest version.
    pub(crate) fn at_newest(&self) -> Self {
        Self { version: None, start: self.start.clone() }
    }

    /// The first key that is still to be listed.
    pub(crate) fn key(&self, namespace: Option<&str>, namespaced: bool) -> Key {
        let start = self.start.trim_start_matches('/');
        let (namespace, name) = match namespace {
            Some(namespace) => (namespace, start),
            None if namespaced => start.split_once('/').unwrap_or((start, "")),
            None => ("", start),
        };
        Key { namespace: namespace.to_owned(), name: name.to_owned() }
    }

    pub(crate) fn encode(&self) -> String {
        let version = self.version.map_or_else(|| Value::from(-1), Value::from);
        let token = json!({"v": "meta.k8s.io/v1", "rv": version, "start": self.start});
        BASE64.encode(token.to_string())
    }

    pub(crate) fn decode(token: &str) -> Result<Self, Status> {
        Self::read(token).map_err(|why| {
            let why = if why.is_empty() { why } else { format!(": {why}") };
            Status::bad_request(format!("invalid continue token: continue key is not valid{why}"))
        })
    }

    fn read(token: &str) -> Result<Self, String> {
        let token = BASE64
            .decode(token)
            .map_err(|_| format!("illegal base64 data at input byte {}", first_illegal(token.as_bytes())))?;
        let token: Value = serde_json::from_slice(&token).map_err(|error| not_json(&token, &error))?;
        let known = token.get("v").and_then(Value::as_str).unwrap_or_default();
        let version = match token.get("rv") {
            None => 0,
            Some(version) => version.as_i64().ok_or_else(|| of_type(version, "rv", "int64"))?,
        };
        let start = match token.get("start") {
            None => "",
            Some(start) => start.as_str().ok_or_else(|| of_type(start, "start", "string"))?,
        };
        if known != "meta.k8s.io/v1" {
            return Err(format!("server does not recognize this encoded version {known}"));
        }
        if version == 0 {
            return Err("incorrect encoded start resourceVersion (version meta.k8s.io/v1)".to_owned());
        }
        if start.is_empty() {
            return Err("encoded start key empty (version meta.k8s.io/v1)".to_owned());
        }
        // A path that leads out of the resource, or to a place by a second name.
        let path = start.strip_prefix('/').unwrap_or(start);
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(start.to_owned());
        }
        Ok(Self { version: u64::try_from(version).ok(), start: start.to_owned() })
    }
}

/// Where the decoder gives up: at the first foreign letter, or at the last quantum when only one letter is left.
fn first_illegal(token: &[u8]) -> usize {
    let is_known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    token.iter().position(|byte| !is_known(byte)).unwrap_or(token.len() - token.len() % 4)
}

fn not_json(token: &[u8], error: &serde_json::Error) -> String {
    match token.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(first) if !b"{[\"-0123456789tfn".contains(first) => {
            let first = char::from(*first);
            let shown = if first.is_ascii_graphic() {
                first.to_string()
            } else {
                format!("\\u{:04x}", u32::from(first))
            };
            format!("invalid character '{shown}' looking for beginning of value")
        }
        _ if error.is_eof() => "unexpected end of JSON input".to_owned(),
        _ => error.to_string(),
    }
}

fn of_type(value: &Value, field: &str, wanted: &str) -> String {
    let given = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    format!("json: cannot unmarshal {given} into Go struct field continueToken.{field} of type {wanted}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(namespace: &str, name: &str) -> Key {
        Key { namespace: namespace.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn tokens_come_back_as_they_went() {
        for version in [None, Some(7)] {
            for (of, namespace, namespaced) in [
                (key("ns", "a"), Some("ns"), true),
                (key("ns", "a"), None, true),
                (key("", "a"), None, false),
            ] {
                let token = Continue::decode(&Continue::after(version, &of, namespace).encode()).unwrap();
                assert_eq!(token.version, version);
                let next = token.key(namespace, namespaced);
                assert!(next > of && next < key(&of.namespace, "a0"), "{next:?}");
            }
        }
    }

    #[test]
    fn broken_tokens_are_refused_with_the_reason() {
        let encode = |token: Value| BASE64.encode(token.to_string());
        for (token, why) in [
            ("x".to_owned(), "illegal base64 data at input byte 0"),
            ("abcd*".to_owned(), "illegal base64 data at input byte 4"),
            ("garbage".to_owned(), "invalid character '\\u0081' looking for beginning of value"),
            ("e30".to_owned(), "server does not recognize this encoded version "),
            (
                encode(json!({"v": "meta.k8s.io/v1", "rv": 0, "start": "a"})),
                "incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
            ),
            (
                encode(json!({"v": "meta.k8s.io/v1", "rv": 1})),
                "encoded start key empty (version meta.k8s.io/v1)",
            ),
            (encode(json!({"v": "meta.k8s.io/v1", "rv": 1, "start": "../x"})), "../x"),
            (
                encode(json!({"v": "meta.k8s.io/v1", "rv": "1", "start": "x"})),
                "json: cannot unmarshal string into Go struct field continueToken.rv of type int64",
            ),
        ] {
            let message = Continue::decode(&token).unwrap_err().to_value()["message"].to_string();
            assert!(message.ends_with(&format!("{}\"", why.replace('\\', "\\\\"))), "{message}");
        }
    }
}
