//! Pure: rules about fields, written as tables: a path, and what must hold there.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format::Format;

/// Rules in the order in which their mistakes are reported. A path leads through objects (`a.b`), over the
/// items of lists (`a[].b`) and over the entries of maps (`a{}.b`); the empty path is the object itself.
pub(super) type Rules = &'static [(&'static str, Rule)];

/// What must hold at one place.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Something must stand there that is not empty; the text says why.
    Required(&'static str),
    /// Something must stand there, be it empty.
    Present(&'static str),
    /// A text, if there is one, must be one of these.
    OneOf(&'static [&'static str]),
    /// There must be a text, and it must be one of these.
    Needed(&'static [&'static str]),
    /// The text must be one of these; an empty one is none of them.
    Exactly(&'static [&'static str]),
    /// A text, if there is one, must have this form.
    Form(Format),
    /// There must be a text, and it must have this form.
    Name(Format),
    /// The text, be it empty, must have this form.
    Always(Format),
    /// What is set, be it empty, must obey this rule.
    Optional(&'static Self),
    /// A number must be 0 or more.
    NonNegative,
    /// A number, if there is one, must lie between these two.
    Range(i64, i64),
    /// The fields of an object, if it is there.
    Rules(Rules),
    /// Whatever takes more than one field to judge.
    Check(fn(&At<'_>, &mut Errors)),
}

impl Rule {
    pub(super) fn judge(self, at: &At<'_>, errors: &mut Errors) {
        match self {
            Self::Required(why) if at.is_empty() => errors.required(at, why),
            Self::Present(why) if !at.is_set() => errors.required(at, why),
            Self::Needed(_) | Self::Name(_) if at.text().is_empty() => errors.required(at, ""),
            Self::OneOf(_) | Self::Form(_) if at.text().is_empty() => {}
            Self::OneOf(known) | Self::Needed(known) | Self::Exactly(known) => {
                if !known.contains(&at.text()) {
                    errors.unsupported(at, known);
                }
            }
            Self::Form(format) | Self::Name(format) | Self::Always(format) => errors.format(at, format),
            Self::NonNegative => {
                if at.int().is_some_and(|number| number < 0) {
                    errors.invalid(at, "must be greater than or equal to 0");
                }
            }
            Self::Range(low, high) => {
                if at.int().is_some_and(|number| number < low || number > high) {
                    errors.invalid(at, format!("must be between {low} and {high}, inclusive"));
                }
            }
            Self::Optional(rule) if at.is_set() => rule.judge(at, errors),
            Self::Rules(rules) if at.is_set() => run(rules, at, errors),
            Self::Check(check) => check(at, errors),
            Self::Required(_) | Self::Present(_) | Self::Optional(_) | Self::Rules(_) => {}
        }
    }
}

/// Judges `at` by all of `rules`.
pub(super) fn run(rules: Rules, at: &At<'_>, errors: &mut Errors) {
    for (path, rule) in rules {
        for place in places(at, path) {
            rule.judge(&place, errors);
        }
    }
}

/// Every place that `path` leads to.
fn places<'a>(from: &At<'a>, path: &str) -> Vec<At<'a>> {
    if path.is_empty() {
        return vec![from.clone()];
    }
    let mut places = vec![from.clone()];
    for step in path.split('.') {
        let name = step.trim_end_matches("[]").trim_end_matches("{}");
        if !name.is_empty() {
            places = places.iter().map(|place| place.at(name)).collect();
        }
        if step.ends_with("[]") {
            places = places.iter().flat_map(At::items).collect();
        } else if step.ends_with("{}") {
            places = places.iter().flat_map(At::entries).map(|(_, place)| place).collect();
        }
    }
    places
}

/// What an update may not do, in the order in which it is reported.
#[derive(Clone, Copy)]
pub(super) enum Change {
    /// The new object must pass these rules.
    Rules(Rules),
    /// This field stays as it is, or not there.
    Immutable(&'static str),
    /// This text stays as it is; a missing one is an empty one.
    ImmutableText(&'static str),
    /// This field stays as it is; its value is not shown.
    Frozen(&'static str),
    /// Whatever takes both objects to judge.
    Check(fn(new: &At<'_>, old: &At<'_>, errors: &mut Errors)),
}

/// Judges the change from `old` to `new`.
pub(super) fn run_changes(changes: &[Change], new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    for change in changes {
        match change {
            Change::Rules(rules) => run(rules, new, errors),
            Change::Check(check) => check(new, old, errors),
            Change::Frozen(path) => {
                let now = new.at(path);
                if now.value != old.at(path).value {
                    errors.invalid_as(&now, serde_json::Value::Null, "field is immutable");
                }
            }
            Change::ImmutableText(path) => {
                let now = new.at(path);
                if now.text() != old.at(path).text() {
                    errors.invalid_text(&now, "field is immutable");
                }
            }
            Change::Immutable(path) => {
                let now = new.at(path);
                if now.value != old.at(path).value {
                    errors.invalid(&now, "field is immutable");
                }
            }
        }
    }
}
