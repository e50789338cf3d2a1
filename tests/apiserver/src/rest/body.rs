//! Pure: bodies of requests.

use serde_json::Value;

use crate::status::Status;

/// The media type without its parameters.
pub(crate) fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// Reads an object from JSON or YAML, as the content type says.
pub(crate) fn decode(content_type: &str, body: &[u8]) -> Result<Value, Status> {
    match media_type(content_type) {
        "" | "application/json" | "application/apply-patch+yaml" | "application/yaml" => {}
        _ => {
            return Err(Status::unsupported_media_type(
                "application/json, application/yaml, application/vnd.kubernetes.protobuf",
            ));
        }
    }
    let is_yaml = content_type.contains("yaml") && !body.trim_ascii_start().starts_with(b"{");
    if is_yaml { yaml(body) } else { json(body) }
}

/// Reads JSON.
pub(crate) fn json(body: &[u8]) -> Result<Value, Status> {
    serde_json::from_slice(body)
        .map_err(|why| Status::bad_request(format!("couldn't get version/kind; json parse error: {why}")))
}

fn yaml(body: &[u8]) -> Result<Value, Status> {
    let text =
        std::str::from_utf8(body).map_err(|_| Status::bad_request("error decoding YAML: invalid UTF-8"))?;
    serde_saphyr::from_str(text).map_err(|why| Status::bad_request(format!("error decoding YAML: {why}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_and_json_are_read_alike() {
        let yaml = b"apiVersion: v1\nkind: ConfigMap\ndata:\n  a: \"1\"\n  b: two\n";
        let json = br#"{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1", "b": "two"}}"#;
        let expected = json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1", "b": "two"}});
        assert_eq!(decode("application/apply-patch+yaml", yaml).unwrap(), expected);
        assert_eq!(decode("application/apply-patch+yaml", json).unwrap(), expected);
        assert_eq!(decode("application/json; charset=utf-8", json).unwrap(), expected);
        assert!(decode("text/plain", json).is_err() && decode("application/json", b"{").is_err());
    }
}
