//! Pure: the paths by which rules and selectable fields name a part of what their schema describes.

use crate::node::Node;

/// Follows a path such as `.spec.labels['a']` through a schema. Returns the schema at its end, and the path as errors
/// write it.
///
/// # Errors
/// What is wrong with the path, in the server's words.
pub(crate) fn resolve<'a>(
    root: &'a Node,
    path: &str,
    allows_brackets: bool,
) -> Result<(&'a Node, String), String> {
    const NO_FIELD: &str = "does not refer to a valid field";
    let mut at = root;
    let mut shown = String::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (delimiter, after) = token(rest);
        let name = match delimiter {
            "." if after.is_empty() => return Err("unexpected end of JSON path".to_owned()),
            "." => {
                let (name, tail) = token(after);
                rest = tail;
                name.to_owned()
            }
            "[" if !allows_brackets => return Err("array notation is not allowed".to_owned()),
            "[" => {
                let (name, tail) = quoted(after)?;
                rest = tail;
                name
            }
            found => return Err(format!("expected [ or . but got: {found}")),
        };
        if at.properties.is_empty() {
            at = at.additional_schema().ok_or(NO_FIELD)?;
            shown.push_str(&format!("[{name}]"));
        } else {
            at = at.properties.get(&name).ok_or(NO_FIELD)?;
            if !shown.is_empty() {
                shown.push('.');
            }
            shown.push_str(&name);
        }
    }
    Ok((at, shown))
}

/// The next delimiter, or the text before it, and what follows.
fn token(text: &str) -> (&str, &str) {
    match text.find(['.', '[', ']']) {
        Some(0) => text.split_at(1),
        Some(end) => text.split_at(end),
        None => (text, ""),
    }
}

/// A key in quotes and the bracket behind it, and what follows.
fn quoted(text: &str) -> Result<(String, &str), String> {
    let wrong = || match token(text).0 {
        "" => "unexpected end of JSON path".to_owned(),
        found => format!("expected single quoted string but got {found}"),
    };
    let inside = text.strip_prefix('\'').ok_or_else(wrong)?;
    let mut name = String::new();
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' => {
                let after = &inside[at + 1..];
                return match token(after) {
                    ("]", rest) => Ok((name, rest)),
                    ("", _) => Err("unexpected end of JSON path".to_owned()),
                    (found, _) => Err(format!("expected ] but got {found}")),
                };
            }
            '\\' => match chars.next() {
                Some((_, 'n')) => name.push('\n'),
                Some((_, 'r')) => name.push('\r'),
                Some((_, 't')) => name.push('\t'),
                Some((_, c @ ('\'' | '\\'))) => name.push(c),
                Some((_, c)) => return Err(format!("invalid string literal: invalid escape char \\{c}")),
                None => break,
            },
            c => name.push(c),
        }
    }
    Err(wrong())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_go_through_fields_and_keys_but_not_through_lists() {
        let schema = json!({"properties": {"a": {"properties": {"b": {"type": "string"}}},
            "m": {"additionalProperties": {"properties": {"c": {}}}}, "l": {"items": {"properties": {"x": {}}}}}});
        let schema = Node::parse(&schema);
        let shown = |path: &str| resolve(&schema, path, true).map(|(_, shown)| shown);
        assert_eq!(shown(".a.b").unwrap(), "a.b");
        assert_eq!(shown("['a'].b").unwrap(), "a.b");
        assert_eq!(shown(".m['k.k'].c").unwrap(), "m[k.k].c");
        assert_eq!(shown(".m.k").unwrap(), "m[k]");
        for bad in ["a", ".x", ".l.x", ".l[0].x", ".a[b]", ".", ".a."] {
            assert!(shown(bad).is_err(), "{bad}");
        }
    }
}
