//! Pure: what may be said about JSON that could not be decoded.
//!
//! serde's messages quote the value that did not fit, and that value may be a secret. What stays is
//! the place, the expectation and the name of a missing field: these come from types, not from data.

/// The message of a decoding error without anything of what was decoded.
pub(crate) fn describe(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    let problem = match error.classify() {
        serde_json::error::Category::Io => "it could not be read".to_owned(),
        serde_json::error::Category::Eof => "it ends too early".to_owned(),
        serde_json::error::Category::Syntax => "it is not JSON".to_owned(),
        serde_json::error::Category::Data => describe_data(text),
    };
    match error.line() {
        // What was decoded is no text.
        0 => problem,
        line => format!("{problem} (line {line}, column {})", error.column()),
    }
}

fn describe_data(text: &str) -> String {
    if text.starts_with("missing field `") {
        return text.to_owned();
    }
    match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("a value does not fit, expected {expected}"),
        None => "a value does not fit".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[serde(rename = "number")]
        _number: i32,
    }

    fn message(json: &str) -> String {
        describe(&serde_json::from_str::<Sample>(json).unwrap_err())
    }

    #[test]
    fn a_decoding_error_never_shows_the_value() {
        let text = message(r#"{"number":"hunter2, expected too"}"#);
        assert!(!text.contains("hunter2"), "{text}");
        assert_eq!(text, "a value does not fit, expected i32 (line 1, column 33)");
    }

    #[test]
    fn a_decoding_error_says_what_is_missing_or_broken() {
        assert_eq!(message("{}"), "missing field `number` (line 1, column 2)");
        assert_eq!(message("{"), "it ends too early (line 1, column 1)");
        assert_eq!(message("<html>"), "it is not JSON (line 1, column 1)");
    }
}
