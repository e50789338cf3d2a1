//! Pure: what is demanded of a value: rules, bounds, patterns.

use std::fmt::Display;

pub(crate) fn unknown_reason(reason: &str) -> String {
    format!(
        "`{reason}` is not a reason: use FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate"
    )
}

pub(crate) fn no_such_field(name: &str, owner: &str) -> String {
    format!("no field `{name}` in `{owner}`")
}

pub(crate) fn no_such_field_near(name: &str, owner: &str, nearest: &str) -> String {
    format!("no field `{name}` in `{owner}`; did you mean `{nearest}`?")
}

pub(crate) fn group_member_is_required(name: &str) -> String {
    format!("`{name}` is always set; a field of which one may be set must be an `Option`")
}

pub(crate) fn group_member_is_unreadable(name: &str, json: &str) -> String {
    format!(
        "`{name}` is called `{json}` in JSON, which no rule can read, and a rule counts what is set of a group; call it something of letters, digits and `_`"
    )
}

pub(crate) fn immutable_is_unreadable(json: &str) -> String {
    format!(
        "no rule can read `{json}`, so this immutable field could be taken away; call it something of letters, digits and `_`, or make it required"
    )
}

pub(crate) fn minimum_above_maximum(lower: &str, least: &str, upper: &str, greatest: &str) -> String {
    format!("{lower} {least} is greater than {upper} {greatest}: no value can be valid")
}

pub(crate) fn multiple_of_nothing() -> String {
    "`multiple_of` must be greater than zero".to_owned()
}

pub(crate) fn cel(explained: &str) -> String {
    format!("CEL: {explained}")
}

pub(crate) fn cel_of_another_type(because: &str, found: &dyn Display) -> String {
    format!("CEL: {because}, and this is of type `{found}`")
}

pub(crate) fn rule_of_several_lines() -> String {
    "a rule of several lines needs a `message`: the API server cannot show the rule".to_owned()
}

pub(crate) fn message_of_several_lines() -> String {
    "`message` must be one line".to_owned()
}

pub(crate) fn empty_message() -> String {
    "`message` must not be empty; without one the API server shows the rule".to_owned()
}

pub(crate) fn no_old_self() -> String {
    "`optional_old_self` says nothing: the rule does not use `oldSelf`".to_owned()
}

pub(crate) fn bad_pattern(problem: &str, column: usize) -> String {
    format!("pattern: {problem}, at column {column}; the API server takes RE2 syntax")
}
