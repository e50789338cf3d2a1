//! Pure: what an answer warns of.

use std::fmt;

use http::HeaderMap;
use http::header;

/// The code of warnings for people.
const FOR_PEOPLE: u16 = 299;

/// A warning that came with an answer: a deprecated version, an unknown field, a policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Warning {
    /// 299 for all that the API server sends.
    pub code: u16,
    /// Who warns; `-` for the API server.
    pub agent: String,
    /// What it says. There are no control characters in it.
    pub text: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The warnings for people (code 299) in the headers of an answer. What is not as RFC 7234 wants it is left out.
#[must_use]
pub fn warnings(headers: &HeaderMap) -> Vec<Warning> {
    let mut found = Vec::new();
    for value in headers.get_all(header::WARNING) {
        let Ok(mut rest) = std::str::from_utf8(value.as_bytes()) else {
            continue;
        };
        while let Some((warning, after)) = next(rest.trim_start()) {
            if warning.code == FOR_PEOPLE && !warning.text.is_empty() {
                found.push(warning);
            }
            rest = after;
        }
    }
    found
}

/// The first warning, and what follows its comma.
fn next(header: &str) -> Option<(Warning, &str)> {
    let (code, rest) = header.split_once(' ')?;
    let digits = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let code = digits.then(|| code.parse().ok())??;
    let (agent, rest) = rest.trim_start().split_once(' ')?;
    let (text, rest) = quoted(rest.trim_start())?;
    let mut rest = rest.trim_start();
    if rest.starts_with('"') {
        // The date of a cached answer.
        rest = quoted(rest)?.1.trim_start();
    }
    let after = match rest.strip_prefix(',') {
        Some(after) => after,
        None if rest.is_empty() => "",
        None => return None,
    };
    let plain = |text: &str| !text.chars().any(char::is_control);
    (!agent.is_empty() && plain(agent) && plain(&text))
        .then(|| (Warning { code, agent: agent.to_owned(), text }, after))
}

/// A quoted string without its quotes and backslashes, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut chars = text.strip_prefix('"')?.char_indices();
    let mut plain = String::new();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((plain, &text[at + 2..])),
            '\\' => plain.push(chars.next()?.1),
            c => plain.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn texts(values: &[&str]) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::WARNING, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        warnings(&headers).into_iter().map(|warning| warning.text).collect()
    }

    #[test]
    fn warnings_are_read_from_several_headers_and_several_in_one() {
        assert_eq!(texts(&[r#"299 - "one""#, r#"299 - "two", 299 - "three""#]), ["one", "two", "three"]);
        assert_eq!(texts(&[r#"299 agent:80 "a \"b\" \\ c""#]), [r#"a "b" \ c"#]);
        assert_eq!(texts(&[r#"299 - "old" "Wed, 21 Oct 2015 07:28:00 GMT", 299 - "new""#]), ["old", "new"]);
        assert_eq!(texts(&[r#"299 - "größer""#]), ["größer"]);
        assert_eq!(texts(&[r#"  299   -   "spaces"  "#]), ["spaces"]);
    }

    #[test]
    fn other_codes_empty_texts_and_nonsense_are_left_out() {
        for nonsense in [
            r#"199 - "other code""#,
            r#"299 - """#,
            "",
            "299",
            "299 -",
            "299 - text",
            r#"299 - "no end"#,
            r#"299 - "end\"#,
            r#"2999 - "x""#,
            r#"+99 - "x""#,
            r#"299 - "x" y"#,
            "299 - \"tab\there\"",
        ] {
            assert!(texts(&[nonsense]).is_empty(), "{nonsense}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::WARNING, HeaderValue::from_bytes(b"299 - \"\xff\"").unwrap());
        assert!(warnings(&headers).is_empty());
        assert_eq!(texts(&[r#"299 - "good", bad"#]), ["good"]);
    }
}
