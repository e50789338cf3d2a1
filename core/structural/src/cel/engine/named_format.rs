//! Pure: the named formats: `format.dns1123Label().validate(name)`.

use crate::formats;
use crate::pattern::compile;

use super::url::Url;

/// A format by its name.
#[derive(Debug)]
pub(crate) struct NamedFormat {
    pub(crate) name: &'static str,
    /// How long the regular expression is by which the server reckons the cost.
    pub(crate) size: u64,
    check: Check,
}

#[derive(Debug)]
enum Check {
    Label,
    Label1035,
    Subdomain,
    QualifiedName,
    LabelValue,
    Uri,
    Format(&'static str, &'static str),
}

static FORMATS: [NamedFormat; 13] = [
    NamedFormat { name: "dns1123Label", size: 30, check: Check::Label },
    NamedFormat { name: "dns1123Subdomain", size: 60, check: Check::Subdomain },
    NamedFormat { name: "dns1035Label", size: 30, check: Check::Label1035 },
    NamedFormat { name: "qualifiedName", size: 60, check: Check::QualifiedName },
    NamedFormat { name: "dns1123LabelPrefix", size: 30, check: Check::Label },
    NamedFormat { name: "dns1123SubdomainPrefix", size: 60, check: Check::Subdomain },
    NamedFormat { name: "dns1035LabelPrefix", size: 30, check: Check::Label1035 },
    NamedFormat { name: "labelValue", size: 40, check: Check::LabelValue },
    NamedFormat { name: "uri", size: 1103, check: Check::Uri },
    NamedFormat { name: "uuid", size: 72, check: Check::Format("uuid", "does not match the UUID format") },
    NamedFormat { name: "byte", size: 84, check: Check::Format("byte", "invalid base64") },
    NamedFormat { name: "date", size: 72, check: Check::Format("date", "invalid date") },
    NamedFormat { name: "datetime", size: 72, check: Check::Format("datetime", "invalid datetime") },
];

/// The format of this name.
pub(crate) fn named(name: &str) -> Option<&'static NamedFormat> {
    FORMATS.iter().find(|format| format.name == name)
}

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_1035: &str = "[a-z]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN: &str = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const KEY: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const LABEL_VALUE: &str = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";

impl NamedFormat {
    /// What is wrong with a text, in the words of the API server; nothing if it has the format.
    pub(crate) fn problems(&self, text: &str) -> Vec<String> {
        // A name that something is appended to may end with a dash.
        let prefix = self.name.ends_with("Prefix") && text.len() > 1 && text.ends_with('-');
        let masked = prefix.then(|| format!("{}a", text.get(..text.len() - 2).unwrap_or_default()));
        let text = masked.as_deref().unwrap_or(text);
        match &self.check {
            Check::Label => label(text),
            Check::Label1035 => {
                let mut problems = too_long(text, 63);
                if !is_match(LABEL_1035, text) {
                    problems.push(unlike(
                        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                        LABEL_1035,
                        &["my-name", "abc-123"],
                    ));
                }
                problems
            }
            Check::Subdomain => subdomain(text),
            Check::QualifiedName => qualified_name(text),
            Check::LabelValue => {
                let mut problems = too_long(text, 63);
                if !is_match(LABEL_VALUE, text) {
                    problems.push(unlike(
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                        LABEL_VALUE,
                        &["MyValue", "my_value", "12345"],
                    ));
                }
                problems
            }
            Check::Uri => Url::parse(text).err().into_iter().collect(),
            Check::Format(format, problem) => {
                if formats::matches(format, text) {
                    Vec::new()
                } else {
                    vec![(*problem).to_owned()]
                }
            }
        }
    }
}

fn is_match(pattern: &str, text: &str) -> bool {
    compile(&format!("^{pattern}$")).is_ok_and(|regex| regex.is_match(text))
}

fn too_long(text: &str, length: usize) -> Vec<String> {
    if text.len() > length { vec![format!("must be no more than {length} characters")] } else { Vec::new() }
}

fn unlike(message: &str, pattern: &str, examples: &[&str]) -> String {
    let examples: Vec<String> = examples.iter().map(|example| format!("'{example}', ")).collect();
    format!("{message} (e.g. {}regex used for validation is '{pattern}')", examples.join(" or "))
}

fn label(text: &str) -> Vec<String> {
    let mut problems = too_long(text, 63);
    if is_match(LABEL, text) {
        return problems;
    }
    problems.push(if is_match(SUBDOMAIN, text) {
        "must not contain dots".to_owned()
    } else {
        unlike(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
            LABEL,
            &["my-name", "123-abc"],
        )
    });
    problems
}

fn subdomain(text: &str) -> Vec<String> {
    let mut problems = too_long(text, 253);
    if !is_match(SUBDOMAIN, text) {
        problems.push(unlike(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            SUBDOMAIN,
            &["example.com"],
        ));
    }
    problems
}

fn qualified_name(text: &str) -> Vec<String> {
    let message = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    let examples = ["MyName", "my.name", "123-abc"];
    let mut problems = Vec::new();
    let parts: Vec<&str> = text.split('/').collect();
    let name = match parts.as_slice() {
        [name] => *name,
        [prefix, name] => {
            if prefix.is_empty() {
                problems.push("prefix part must be non-empty".to_owned());
            } else {
                problems
                    .extend(subdomain(prefix).into_iter().map(|problem| format!("prefix part {problem}")));
            }
            *name
        }
        _ => {
            let unlike = unlike(message, KEY, &examples);
            let tail = " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![format!("a qualified name {unlike}{tail}")];
        }
    };
    if name.is_empty() {
        problems.push("name part must be non-empty".to_owned());
    } else if name.len() > 63 {
        problems.push("name part must be no more than 63 characters".to_owned());
    }
    if !is_match(KEY, name) {
        problems.push(format!("name part {}", unlike(message, KEY, &examples)));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_what_it_takes_and_what_it_refuses() {
        for (name, right, wrong) in [
            ("dns1123Label", "a-b", "a.b"),
            ("dns1123Subdomain", "a.b", "A"),
            ("dns1035Label", "a1", "1a"),
            ("qualifiedName", "example.com/Name", "a/b/c"),
            ("dns1123LabelPrefix", "a-", "-a"),
            ("dns1123SubdomainPrefix", "a.b-", "."),
            ("dns1035LabelPrefix", "a-", "-"),
            ("labelValue", "", "-"),
            ("uri", "https://a", "a"),
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", "x"),
            ("byte", "aGVsbG8=", "?"),
            ("date", "2021-01-01", "2021"),
            ("datetime", "2021-01-01T00:00:00Z", "2021-01-01"),
        ] {
            let format = named(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(format.problems(right), [""; 0], "{name}");
            assert!(!format.problems(wrong).is_empty(), "{name}");
        }
        assert!(named("email").is_none());
    }
}
