//! Pure: what the name of an image says about pulling it.

use std::sync::LazyLock;

use regex::Regex;

/// `[host[:port]/]path[:tag][@digest]`
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const LABEL: &str = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    const PART: &str = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*";
    const DIGEST: &str = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
    let host = format!(r"{LABEL}(?:\.{LABEL})*(?::[0-9]+)?");
    Regex::new(&format!(
        r"^(?:{host}/)?{PART}(?:/{PART})*(?::(?<tag>\w[\w.-]{{0,127}}))?(?:@(?<digest>{DIGEST}))?$"
    ))
    .ok()
});

/// The pull policy of an image that names none: what may be another image tomorrow is always pulled.
pub(super) fn pull_policy(image: &str) -> &'static str {
    let Some(parts) = REFERENCE.as_ref().and_then(|reference| reference.captures(image)) else {
        return "IfNotPresent";
    };
    let is_latest = match (parts.name("tag"), parts.name("digest")) {
        (Some(tag), _) => tag.as_str() == "latest",
        (None, digest) => digest.is_none(),
    };
    if is_latest { "Always" } else { "IfNotPresent" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_without_a_tag_and_the_latest_are_always_pulled() {
        for image in ["nginx", "nginx:latest", "localhost:5000/b", "a.b/c/d", "Host/x", "a__b/c-d:latest"] {
            assert_eq!(pull_policy(image), "Always", "{image}");
        }
        let pinned = format!("nginx@sha256:{}", "a".repeat(64));
        for image in ["nginx:1", "localhost:5000/b:1", &pinned, "", "Nginx", "a//b", "nginx:", "latest:x"] {
            assert_eq!(pull_policy(image), "IfNotPresent", "{image}");
        }
    }
}
