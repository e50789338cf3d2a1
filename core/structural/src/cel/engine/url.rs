//! Pure: URLs as Go reads them, as far as expressions look at them.

use super::value::Value;

#[derive(Clone, Debug)]
pub(crate) struct Url {
    text: String,
    pub(crate) scheme: String,
    pub(crate) host: String,
    pub(crate) path: String,
    query: String,
}

impl Url {
    /// An absolute URL, or an absolute path.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("parse {}: {why}", crate::field_error::quote(text));
        if text.is_empty() {
            return Err(wrong("empty url"));
        }
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err(wrong("net/url: invalid control character in URL"));
        }
        let (scheme, rest) = scheme(text).map_err(wrong)?;
        let whole = rest.split_once('#').map_or(rest, |(before, _)| before);
        let (before, query) = whole.split_once('?').unwrap_or((whole, ""));
        if !before.starts_with('/') && (scheme.is_empty() || !before.is_empty() || rest.is_empty()) {
            // `mailto:a` is opaque, and not what is asked for here.
            if scheme.is_empty() {
                return Err(wrong("invalid URI for request"));
            }
        }
        let (host, path) = match before.strip_prefix("//") {
            Some(authority) if !scheme.is_empty() || !before.starts_with("///") => {
                let end = authority.find('/').unwrap_or(authority.len());
                let (authority, path) = authority.split_at(end);
                let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
                check_host(host).map_err(|why| wrong(&why))?;
                (host.to_owned(), path)
            }
            _ => (String::new(), before),
        };
        if let Some(escape) = wrong_escape(path) {
            return Err(wrong(&format!("invalid URL escape {}", crate::field_error::quote(escape))));
        }
        Ok(Self {
            text: text.to_owned(),
            scheme: scheme.to_ascii_lowercase(),
            host,
            path: escaped_path(path),
            query: query.to_owned(),
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn hostname(&self) -> &str {
        match self.host.strip_prefix('[') {
            Some(address) => address.split(']').next().unwrap_or_default(),
            None => self.host.split(':').next().unwrap_or_default(),
        }
    }

    pub(crate) fn port(&self) -> &str {
        let after = self.host.rsplit_once(']').map_or(self.host.as_str(), |(_, after)| after);
        after.rsplit_once(':').map_or("", |(_, port)| port)
    }

    /// The parameters: each key with its values.
    pub(crate) fn query(&self) -> Value<'static> {
        let mut entries: Vec<(String, Vec<Value<'static>>)> = Vec::new();
        for pair in self.query.split('&').filter(|pair| !pair.is_empty() && !pair.contains(';')) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(key), Some(value)) = (decoded(key), decoded(value)) else { continue };
            let value = Value::text(value);
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, values)) => values.push(value),
                None => entries.push((key, vec![value])),
            }
        }
        let entries = entries.into_iter().map(|(key, values)| (Value::text(key), Value::list(values)));
        Value::map(entries.collect())
    }
}

fn scheme(text: &str) -> Result<(&str, &str), &'static str> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err("missing protocol scheme"),
            b':' => return Ok((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    // A colon in the first segment of a path would be a scheme that is none.
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') && !text.starts_with('/') {
        return Err("first path segment in URL cannot contain colon");
    }
    Ok(("", text))
}

fn check_host(host: &str) -> Result<(), String> {
    let quote = crate::field_error::quote;
    let after = match host.strip_prefix('[') {
        Some(address) => address.split_once(']').ok_or("missing ']' in host")?.1,
        None => host.find(':').map_or("", |at| &host[at..]),
    };
    let port = after.strip_prefix(':');
    if !after.is_empty() && !port.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(format!("invalid port {} after host", quote(after)));
    }
    match host.chars().find(|c| matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')) {
        Some(wrong) => Err(format!("invalid character {} in host name", quote(&wrong.to_string()))),
        None => Ok(()),
    }
}

fn wrong_escape(text: &str) -> Option<&str> {
    for (at, _) in text.match_indices('%') {
        let digits = text.as_bytes().get(at + 1..at + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            let end = (at + 3).min(text.len());
            return Some(text.get(at..end).unwrap_or("%"));
        }
    }
    None
}

/// The path with everything escaped that must be.
fn escaped_path(path: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:@/[]%".contains(&byte);
    let mut escaped = String::with_capacity(path.len());
    for byte in path.bytes() {
        if allowed(byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// A part of a query without its escapes.
fn decoded(text: &str) -> Option<String> {
    if wrong_escape(text).is_some() {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            other => bytes.push(other),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_have_parts() {
        let url = Url::parse("https://user@example.com:80/a b?k=1&k=2&x%20y=z+#frag")
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((url.scheme.as_str(), url.host.as_str()), ("https", "example.com:80"));
        assert_eq!((url.hostname(), url.port(), url.path.as_str()), ("example.com", "80", "/a%20b"));
        let url = Url::parse("https://[::1]:80/").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((url.hostname(), url.port()), ("::1", "80"));
    }

    #[test]
    fn relative_references_are_no_urls() {
        for wrong in ["", "a", "../a", "https://a:b", "https://a b/", "/%zz", ":a", "1a:b"] {
            assert!(Url::parse(wrong).is_err(), "{wrong}");
        }
        for right in ["/path", "https://example.com", "http://a?b", "mailto:a"] {
            assert!(Url::parse(right).is_ok(), "{right}");
        }
    }
}
