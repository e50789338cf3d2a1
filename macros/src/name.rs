//! Pure: which names the API server takes, and what to try instead.
//!
//! The rules are those of kube-apiserver v1.37.2, tried one by one.

const LABEL_MAX: usize = 63;
const GROUP_MAX: usize = 253;

/// A DNS-1035 label: plural, singular, short names, categories, versions.
pub(crate) fn is_label(name: &str) -> bool {
    let first = name.starts_with(|c: char| c.is_ascii_lowercase());
    first
        && name.len() <= LABEL_MAX
        && !name.ends_with('-')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The nearest label to a text.
pub(crate) fn to_label(text: &str) -> String {
    let mut label = String::new();
    for c in kebab(text).chars() {
        match c {
            'a'..='z' | '0'..='9' => label.push(c),
            _ if label.ends_with('-') => {}
            _ => label.push('-'),
        }
    }
    let label = label.trim_matches('-').trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    if label.is_empty() { "name".to_owned() } else { label.chars().take(LABEL_MAX).collect() }
}

/// An API group of one's own: a DNS subdomain with a dot.
pub(crate) fn is_group(group: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    group.len() <= GROUP_MAX && group.contains('.') && group.split('.').all(label)
}

/// The nearest group to a text.
pub(crate) fn to_group(text: &str) -> String {
    let parts: Vec<String> = text.split('.').filter(|part| !part.is_empty()).map(to_label).collect();
    match parts.as_slice() {
        [] => "example.com".to_owned(),
        [one] => format!("{one}.example.com"),
        many => many.join("."),
    }
}

/// The domain of the Kubernetes project that a group lies in; the server wants an approval there.
pub(crate) fn protected_domain(group: &str) -> Option<&'static str> {
    ["k8s.io", "kubernetes.io"]
        .into_iter()
        .find(|domain| group == *domain || group.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
}

/// What the annotation of an approval may hold: a URL, or the word that there is none.
pub(crate) fn is_approval(text: &str) -> bool {
    text.starts_with("unapproved")
        || text.split_once("://").is_some_and(|(scheme, rest)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric()) && !rest.is_empty()
        })
}

/// What the value of a label may be.
pub(crate) fn is_label_value(value: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let ends = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    value.is_empty() || (value.len() <= LABEL_MAX && value.bytes().all(inner) && ends(value))
}

/// The name of a label or an annotation: `team`, or `example.com/team`.
pub(crate) fn is_qualified(name: &str) -> bool {
    let (prefix, name) = name.rsplit_once('/').map_or((None, name), |(prefix, name)| (Some(prefix), name));
    let is_domain = |prefix: &str| {
        let part = |part: &str| {
            let plain = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            plain && !part.is_empty() && !part.starts_with('-') && !part.ends_with('-')
        };
        prefix.len() <= 253 && prefix.split('.').all(part)
    };
    !name.is_empty() && is_label_value(name) && prefix.is_none_or(is_domain)
}

/// `v1`, `v2beta3`, …: what sorts as a version.
pub(crate) fn is_version(version: &str) -> bool {
    let number =
        |text: &str| !text.is_empty() && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = version.strip_prefix('v') else {
        return false;
    };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (major, stage) = rest.split_at(end);
    let minor = stage.strip_prefix("alpha").or_else(|| stage.strip_prefix("beta"));
    number(major) && (stage.is_empty() || minor.is_some_and(number))
}

/// The nearest version to a text.
pub(crate) fn to_version(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut numbers = lower.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let major = numbers.next().unwrap_or("1").trim_start_matches('0').to_owned();
    let major = if major.is_empty() { "1".to_owned() } else { major };
    let minor = numbers.next().unwrap_or("1");
    if lower.contains("al") {
        format!("v{major}alpha{minor}")
    } else if lower.contains("be") {
        format!("v{major}beta{minor}")
    } else {
        format!("v{major}")
    }
}

/// A kind: PascalCase, and a label when in lower case.
pub(crate) fn is_kind(kind: &str) -> bool {
    kind.starts_with(|c: char| c.is_ascii_uppercase())
        && kind.len() <= LABEL_MAX
        && kind.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The nearest kind to a text.
pub(crate) fn to_kind(text: &str) -> String {
    let mut kind = String::new();
    let mut upper = true;
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() {
            upper = true;
        } else if upper && !(kind.is_empty() && c.is_ascii_digit()) {
            kind.push(c.to_ascii_uppercase());
            upper = false;
        } else if !kind.is_empty() {
            kind.push(c);
        }
    }
    if kind.is_empty() { "Kind".to_owned() } else { kind.chars().take(LABEL_MAX).collect() }
}

/// The regular plural, or the probable one where English is not regular: a wrong guess would be a 404
/// at run time, so the user has to say it.
pub(crate) fn plural(kind: &str) -> Result<String, String> {
    let singular = kind.to_ascii_lowercase();
    let irregular = ["s", "x", "z", "ch", "sh"].iter().any(|ending| singular.ends_with(ending));
    match singular.strip_suffix('y') {
        Some(stem) if stem.ends_with(['a', 'e', 'o', 'u']) => Err(format!("{singular}s")),
        Some(stem) => Err(format!("{stem}ies")),
        None if irregular => Err(format!("{singular}es")),
        None => Ok(format!("{singular}s")),
    }
}

fn kebab(text: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for c in text.chars() {
        if c.is_ascii_uppercase() && previous_lower {
            out.push('-');
        }
        previous_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_the_names_and_values_that_the_server_takes() {
        for good in ["team", "example.com/team", "a.b-c_d", "A", "x/y"] {
            assert!(is_qualified(good), "{good}");
        }
        for bad in
            ["", "my note", "/team", "example.com/", "Example.com/team", "a/b/c", "-a", "a.", &"a".repeat(64)]
        {
            assert!(!is_qualified(bad), "{bad}");
        }
        assert!(is_label_value("") && is_label_value("a_b.c"));
        assert!(!is_label_value("a b") && !is_label_value("a-"));
    }

    #[test]
    fn labels_are_lower_case_and_start_with_a_letter() {
        for good in ["web", "w", "web-site2"] {
            assert!(is_label(good), "{good}");
        }
        for bad in ["", "Web", "1web", "web-", "we b", "w_b", "w.b", &"w".repeat(64)] {
            assert!(!is_label(bad), "{bad}");
            assert!(is_label(&to_label(bad)), "{bad} -> {}", to_label(bad));
        }
        assert_eq!(to_label("My Foos"), "my-foos");
    }

    #[test]
    fn groups_have_a_dot_and_no_upper_case() {
        for good in ["example.com", "a.b", "1.2", "my-app.example.com"] {
            assert!(is_group(good), "{good}");
        }
        for bad in ["", "example", "Foo.com", "a_b.com", "-a.com", "a.com.", ".com"] {
            assert!(!is_group(bad), "{bad}");
            assert!(is_group(&to_group(bad)), "{bad} -> {}", to_group(bad));
        }
        assert_eq!(to_group("Foo_Bar"), "foo-bar.example.com");
        assert_eq!(protected_domain("apps.k8s.io"), Some("k8s.io"));
        assert_eq!(protected_domain("x-k8s.io"), None);
    }

    #[test]
    fn versions_are_those_that_sort() {
        for good in ["v1", "v10", "v1alpha1", "v2beta3"] {
            assert!(is_version(good), "{good}");
        }
        for (bad, hint) in [
            ("v1alfa1", "v1alpha1"),
            ("1", "v1"),
            ("V1", "v1"),
            ("v1b2", "v1"),
            ("v0", "v1"),
            ("v1-beta2", "v1beta2"),
        ] {
            assert!(!is_version(bad), "{bad}");
            assert_eq!(to_version(bad), hint);
        }
    }

    #[test]
    fn kinds_are_pascal_case() {
        assert!(is_kind("Website") && is_kind("V2Thing"));
        for (bad, hint) in
            [("foo", "Foo"), ("Foo-Bar", "FooBar"), ("my_kind", "MyKind"), ("9a", "A"), ("", "Kind")]
        {
            assert!(!is_kind(bad), "{bad}");
            assert_eq!(to_kind(bad), hint);
        }
    }

    #[test]
    fn only_a_regular_plural_is_guessed() {
        assert_eq!(plural("Website"), Ok("websites".to_owned()));
        for (kind, guess) in [
            ("Proxy", "proxies"),
            ("Gateway", "gateways"),
            ("Ingress", "ingresses"),
            ("Box", "boxes"),
            ("Batch", "batches"),
        ] {
            assert_eq!(plural(kind), Err(guess.to_owned()));
        }
    }
}
