//! Pure: what stands in braces in a scenario.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{([a-z][a-z0-9_]*)\}").expect("a pattern"));
static REPEAT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{(.)\*([0-9]+)\}").expect("a pattern"));

/// The values of one run on one server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables(BTreeMap<String, String>);

impl Variables {
    pub(crate) fn set(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The text with every `{name}` that is known replaced, and every `{x*80}` by eighty x.
    pub(crate) fn fill(&self, text: &str) -> String {
        let known = NAME.replace_all(text, |found: &Captures<'_>| {
            self.0.get(&found[1]).cloned().unwrap_or_else(|| found[0].to_owned())
        });
        let repeated = |found: &Captures<'_>| found[1].repeat(found[2].parse().unwrap_or_default());
        REPEAT.replace_all(&known, repeated).into_owned()
    }
}

/// The names in braces.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    NAME.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str()))
}

/// Whether something can be saved by this name.
pub(crate) fn is_name(name: &str) -> bool {
    NAME.is_match(&format!("{{{name}}}"))
}

/// The name of what a scenario has for itself: the beginning of its title, a sum over all of it, and a suffix.
pub(crate) fn own_name(title: &str, length: usize, suffix: &str) -> String {
    let sum = title.bytes().fold(5381_u32, |sum, byte| sum.wrapping_mul(33) ^ u32::from(byte));
    format!("{}-{:04x}-{suffix}", slug(title, length), sum & 0xffff)
}

/// Words joined by hyphens, at most `length` letters, as a DNS label has them.
fn slug(title: &str, length: usize) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if slug.len() >= length {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_and_repetitions_are_filled_in() {
        let mut variables = Variables::default();
        variables.set("ns", "here".to_owned());
        assert_eq!(variables.fill("/n/{ns}/{x*3}{unknown}{\"a\": 1}"), "/n/here/xxx{unknown}{\"a\": 1}");
        assert_eq!(names("/{ns}/{v1}/{\"a\"}").collect::<Vec<_>>(), ["ns", "v1"]);
    }

    #[test]
    fn a_title_becomes_a_label() {
        assert_eq!(slug("A list, at an *exact* version", 14), "a-list-at-an-e");
        assert_eq!(slug("A list, at an *exact* version", 13), "a-list-at-an");
        assert_ne!(own_name("A list at one", 6, "x"), own_name("A list at two", 6, "x"));
    }
}
