//! Pure: the tokens that continue a list.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::status::Status;
use crate::storage::Key;

/// Where a list goes on, and at which version: `None` means the newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Continue {
    pub(crate) version: Option<u64>,
    pub(crate) after: Key,
}

impl Continue {
    pub(crate) fn encode(&self) -> String {
        let version = self.version.map_or_else(|| Value::from(-1), Value::from);
        let start = format!("{}/{}\0", self.after.namespace, self.after.name);
        let token = json!({"v": "meta.k8s.io/v1", "rv": version, "start": start});
        URL_SAFE_NO_PAD.encode(token.to_string())
    }

    pub(crate) fn decode(token: &str) -> Result<Self, Status> {
        Self::read(token)
            .ok_or_else(|| Status::bad_request("invalid continue token: continue key is not valid"))
    }

    fn read(token: &str) -> Option<Self> {
        let token: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
        let version = token.get("rv")?;
        let version =
            if *version == -1 { None } else { Some(version.as_u64().filter(|version| *version > 0)?) };
        let (namespace, name) = token.get("start")?.as_str()?.strip_suffix('\0')?.split_once('/')?;
        let known = token.get("v")? == "meta.k8s.io/v1";
        known.then(|| Self { version, after: Key { namespace: namespace.to_owned(), name: name.to_owned() } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_as_they_went() {
        for version in [None, Some(7)] {
            let token = Continue { version, after: Key { namespace: "ns".to_owned(), name: "a".to_owned() } };
            assert_eq!(Continue::decode(&token.encode()).unwrap(), token);
        }
        for bad in ["", "x", "e30", "////"] {
            assert!(Continue::decode(bad).is_err(), "{bad}");
        }
    }
}
