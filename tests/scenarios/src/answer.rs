//! Pure: what a step brought on one server.

use std::collections::BTreeMap;

use serde_json::Value;

#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// What is compared besides the body, by name: the status, some headers, an exit code.
    pub(crate) facts: BTreeMap<String, String>,
    pub(crate) body: Body,
    /// What the scenario itself says and this server does not do.
    pub(crate) problems: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum Body {
    #[default]
    None,
    Json(Value),
    /// Texts, each with its name in messages.
    Text(Vec<(&'static str, String)>),
    /// Protobuf, or compressed: there is only its kind to compare.
    Bytes(usize),
}

impl Body {
    pub(crate) fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::None | Self::Text(_) | Self::Bytes(_) => None,
        }
    }

    /// As much as fits into a message.
    pub(crate) fn excerpt(&self) -> String {
        let whole = match self {
            Self::None => return String::new(),
            Self::Json(value) => {
                value.get("message").and_then(Value::as_str).map_or_else(|| value.to_string(), str::to_owned)
            }
            Self::Text(texts) => texts.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" "),
            Self::Bytes(length) => format!("{length} bytes"),
        };
        shorten(&whole, 300)
    }
}

/// The text, or its beginning and three dots.
pub(crate) fn shorten(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
