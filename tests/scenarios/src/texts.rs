//! Pure: which texts are equal although their letters are not: times, ages, versions and addresses in them.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a pattern"));
    };
}

pattern!(UID, r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$");
pattern!(UID_INSIDE, r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b");
pattern!(TIME, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9:]{5})$");
pattern!(
    TIME_INSIDE,
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}(\.[0-9]+)?(Z| ?[+-][0-9]{2}:?[0-9]{2}( UTC)?)"
);
pattern!(DATE_INSIDE, r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} [+-][0-9]{4}");
pattern!(VERSION_INSIDE, r"(?i)(resource ?version[^0-9]{0,24}?|, current: )[0-9]+( \([0-9]+\))?");
pattern!(ADDRESS, r"(https?://)?(127\.0\.0\.1|localhost):[0-9]+");
pattern!(AGE, r"^([0-9]+[ydhms]){1,2}$");
pattern!(AGE_INSIDE, r"(^|\s)([0-9]+[ydhms]){1,2}(\s|$)");
pattern!(SPACES, r" {2,}|\t+");
pattern!(TOKEN, r"^eyJ[\w-]+\.[\w-]+\.[\w-]+$");

/// Times that the servers made lie this near to now.
const NEAR: SignedDuration = SignedDuration::from_hours(25);
/// As far as two servers may be apart in one step.
const APART: SignedDuration = SignedDuration::from_mins(5);

pub(crate) fn is_uid(text: &str) -> bool {
    UID.is_match(text)
}

/// What `kubectl get` and tables show as an age.
pub(crate) fn is_age(text: &str) -> bool {
    AGE.is_match(text)
}

/// A signed token: its claims carry times.
pub(crate) fn is_token(text: &str) -> bool {
    TOKEN.is_match(text)
}

/// Whether two texts are times of this run, written in the same form and of about the same moment. A time from
/// longer ago came from the scenario, and must be exact.
pub(crate) fn same_time(one: &str, other: &str, now: Timestamp) -> bool {
    let form = |text: &str| {
        let form = |c: char| if c.is_ascii_digit() { '0' } else { c };
        TIME.is_match(text).then(|| text.chars().map(form).collect::<String>())
    };
    let moment = |text: &str| text.parse::<Timestamp>().ok();
    let (Some(form_one), Some(form_other)) = (form(one), form(other)) else { return false };
    let (Some(one), Some(other)) = (moment(one), moment(other)) else { return false };
    form_one == form_other && one.duration_since(now).abs() < NEAR && one.duration_since(other).abs() < APART
}

/// A message without what depends on the server's own numbers.
pub(crate) fn message(text: &str) -> String {
    let text = TIME_INSIDE.replace_all(text, "<time>");
    let text = DATE_INSIDE.replace_all(&text, "<time>");
    let text = ADDRESS.replace_all(&text, "<server>");
    VERSION_INSIDE.replace_all(&text, "$1<version>").into_owned()
}

/// A line of kubectl's as [`message`] has it, without ages, unknown uids and the width of columns.
pub(crate) fn output(line: &str) -> String {
    let line = message(line);
    // Twice, because neighbours share the space between them.
    let line = AGE_INSIDE.replace_all(&line, "$1<age>$3").into_owned();
    let line = AGE_INSIDE.replace_all(&line, "$1<age>$3");
    let line = UID_INSIDE.replace_all(&line, "<uid>");
    SPACES.replace_all(line.trim_end(), "  ").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_this_run_are_the_same_in_the_same_form() {
        let now: Timestamp = "2026-11-24T11:00:00Z".parse().unwrap();
        let same = |one, other| same_time(one, other, now);
        assert!(same("2026-11-24T10:59:58Z", "2026-11-24T11:00:07Z"));
        assert!(same("2026-11-24T10:59:58.123456Z", "2026-11-24T11:00:07.000001Z"));
        assert!(!same("2026-11-24T10:59:58.123456Z", "2026-11-24T11:00:07Z"), "another form");
        assert!(!same("2026-11-24T10:59:58Z", "2026-11-24T11:20:07Z"), "another moment");
        assert!(!same("2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z"), "from the scenario");
        assert!(!same("2026-11-24T10:59:58Z", "soon"));
    }

    #[test]
    fn versions_and_addresses_disappear_from_messages() {
        assert_eq!(message("too old resource version: 5 (100)"), "too old resource version: <version>");
        assert_eq!(
            message("Too large resource version: 999, current: 12"),
            "Too large resource version: <version>, current: <version>"
        );
        assert_eq!(
            message("ResourceVersion in precondition: 5, x"),
            "ResourceVersion in precondition: <version>, x"
        );
        assert_eq!(message("https://127.0.0.1:123/api"), "<server>/api");
        assert_eq!(message("must be no more than 63 characters"), "must be no more than 63 characters");
        assert_eq!(message("at 2026-11-24 11:00:00 +0000 UTC"), "at <time>");
    }

    #[test]
    fn ages_and_widths_disappear_from_output() {
        assert_eq!(output("a      1     5s   2m10s "), output("a   1  12s    3m"));
        assert_ne!(output("a  1"), output("a  2"));
        assert!(is_age("2m10s") && is_age("5d") && !is_age("5") && !is_age("s5"));
    }
}
