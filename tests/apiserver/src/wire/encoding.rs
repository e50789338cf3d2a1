//! Pure: JSON written otherwise: as YAML, or with line breaks.

use bytes::Bytes;
use serde_json::Value;

use crate::request::negotiate::{Accepted, Media};

/// Writes JSON in the accepted form.
pub(crate) fn encode(accepted: Accepted, json: Bytes) -> Bytes {
    match accepted.media {
        Media::Yaml => yaml(&json).map_or(json, Bytes::from),
        Media::Json if accepted.pretty => indent(&json).into(),
        Media::Json => json,
    }
}

fn yaml(json: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(json).ok()?;
    serde_saphyr::to_string(&value).ok()
}

/// Breaks lines and indents by two blanks; the order of keys stays.
fn indent(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let break_line = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', 2 * depth));
    };
    for (index, &byte) in json.iter().enumerate() {
        if quoted {
            out.push(byte);
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'{' | b'[' => {
                out.push(byte);
                if matches!(json.get(index + 1), Some(b'}' | b']')) {
                    continue;
                }
                depth += 1;
                break_line(&mut out, depth);
            }
            b'}' | b']' => {
                if !matches!(out.last(), Some(b'{' | b'[')) {
                    depth = depth.saturating_sub(1);
                    break_line(&mut out, depth);
                }
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                break_line(&mut out, depth);
            }
            b':' => out.extend(b": "),
            byte => {
                quoted = byte == b'"';
                out.push(byte);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn indented_json_is_what_serde_writes() {
        let value = json!({"a": {}, "b": [1, {"c": "x,\\\"{}"}], "d": [], "e": null});
        let indented = indent(value.to_string().as_bytes());
        assert_eq!(String::from_utf8(indented).unwrap(), serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn yaml_keeps_texts_that_look_like_something_else() {
        let value = json!({"kind": "ConfigMap", "data": {"a": "1", "b": "true", "c": "2026-01-01T00:00:00Z", "d": "x: y\n"}});
        let yaml = yaml(value.to_string().as_bytes()).unwrap();
        assert_eq!(serde_saphyr::from_str::<Value>(&yaml).unwrap(), value);
    }
}
