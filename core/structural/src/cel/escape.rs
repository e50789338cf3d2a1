//! Pure: names of fields that are no names in the language.
//!
//! A field `a-b` is written `a__dash__b`, a field `namespace` `__namespace__`; names with other characters cannot
//! be reached at all (tried against kube-apiserver v1.37.2).

use super::token::is_reserved;

const ESCAPES: [(&str, &str); 4] = [("underscores", "__"), ("dot", "."), ("dash", "-"), ("slash", "/")];

/// The name in JSON of a field as an expression writes it, or `None` where no field can have been meant.
///
/// # Examples
///
/// ```
/// use kubist_structural::cel::unescape;
///
/// assert_eq!(unescape("replicas").as_deref(), Some("replicas"));
/// assert_eq!(unescape("max__dash__age").as_deref(), Some("max-age"));
/// assert_eq!(unescape("__namespace__").as_deref(), Some("namespace"));
/// assert_eq!(unescape("a__b__c"), None);
/// ```
#[must_use]
pub fn unescape(written: &str) -> Option<String> {
    let mut name = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(start) = rest.find("__") {
        let inner = &rest[start + 2..];
        // Two underscores, what is no underscore, two underscores; otherwise they stand for themselves.
        let word = inner.split('_').next().unwrap_or_default();
        if word.is_empty() || !inner[word.len()..].starts_with("__") {
            let step = rest[start..].chars().take_while(|c| *c == '_').count().max(1);
            // The last two of a run of underscores may open an escape.
            let step = if step > 2 { step - 2 } else { 2 };
            name.push_str(&rest[..start + step]);
            rest = &rest[start + step..];
            continue;
        }
        name.push_str(&rest[..start]);
        match ESCAPES.iter().find(|(escape, _)| *escape == word) {
            Some((_, plain)) => name.push_str(plain),
            None if is_reserved(word) && written.len() == word.len() + 4 => name.push_str(word),
            None => return None,
        }
        rest = &inner[word.len() + 2..];
    }
    name.push_str(rest);
    Some(name)
}

/// How an expression writes the field of this name in JSON, or `None` where it cannot.
///
/// # Examples
///
/// ```
/// use kubist_structural::cel::escape;
///
/// assert_eq!(escape("max-age").as_deref(), Some("max__dash__age"));
/// assert_eq!(escape("in").as_deref(), Some("__in__"));
/// assert_eq!(escape("$ref"), None);
/// ```
#[must_use]
pub fn escape(name: &str) -> Option<String> {
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if is_reserved(name) {
        return Some(format!("__{name}__"));
    }
    let mut written = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let escape = ESCAPES.iter().find(|(_, plain)| rest.starts_with(plain));
        match escape {
            Some((escape, plain)) => {
                written.push_str("__");
                written.push_str(escape);
                written.push_str("__");
                rest = &rest[plain.len()..];
            }
            None if first.is_ascii_alphanumeric() || first == '_' => {
                written.push(first);
                rest = &rest[1..];
            }
            None => return None,
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back() {
        for name in ["a", "a-b", "a.b/c", "namespace", "a__b", "_", "___", "x___y", "app.kubernetes.io/name"]
        {
            let written = escape(name).unwrap_or_default();
            assert_eq!(unescape(&written).as_deref(), Some(name), "{written}");
        }
    }

    #[test]
    fn names_are_escaped_as_the_server_does() {
        for (name, written) in [
            ("a-b", Some("a__dash__b")),
            ("a.b", Some("a__dot__b")),
            ("a/b", Some("a__slash__b")),
            ("a__b", Some("a__underscores__b")),
            ("a___b", Some("a__underscores___b")),
            ("namespace", Some("__namespace__")),
            ("true", Some("__true__")),
            ("int", Some("int")),
            ("1a", None),
            ("a b", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(escape(name).as_deref(), written, "{name}");
        }
    }

    #[test]
    fn two_underscores_with_an_unknown_word_lead_nowhere() {
        assert_eq!(unescape("__foo__"), None);
        assert_eq!(unescape("a__namespace__"), None);
        assert_eq!(unescape("a__b"), Some("a__b".to_owned()));
    }
}
