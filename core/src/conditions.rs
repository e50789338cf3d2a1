//! The conditions of a status: what is true of an object, since when, and why.
//!
//! The rules are those of apimachinery's `meta.SetStatusCondition`: one condition of each type; the time of the last
//! transition changes with the status, and with nothing else.
//!
//! ```
//! use kubist::conditions::{self, condition};
//!
//! let mut conditions = Vec::new();
//! assert!(conditions::set(&mut conditions, condition("Ready", "False", "Starting", "2 of 3 pods are up")));
//! assert!(conditions::set(&mut conditions, condition("Ready", "True", "Started", "")));
//! assert!(!conditions::set(&mut conditions, condition("Ready", "True", "Started", "")));
//! assert!(conditions::is_true(&conditions, "Ready"));
//! ```

use std::time::UNIX_EPOCH;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};
use k8s_openapi::jiff::Timestamp;

/// A condition whose last transition is when it is [`set`].
///
/// The status is `True`, `False` or `Unknown`; the reason is one word in `CamelCase`. Set `observed_generation` to the
/// `metadata.generation` that was looked at.
#[must_use]
pub fn condition(
    kind: impl Into<String>,
    status: impl Into<String>,
    reason: impl Into<String>,
    message: impl Into<String>,
) -> Condition {
    Condition {
        type_: kind.into(),
        status: status.into(),
        reason: reason.into(),
        message: message.into(),
        last_transition_time: Time(Timestamp::UNIX_EPOCH),
        observed_generation: None,
    }
}

/// Sets the condition of this type, and says whether that changed anything.
///
/// The time of the last transition is that of the new condition, or now where it has none (as one that [`condition`] made).
/// Where the status stays what it was, the old time stays, too.
pub fn set(conditions: &mut Vec<Condition>, new: Condition) -> bool {
    // In objects there are whole seconds.
    let now = UNIX_EPOCH.elapsed().ok().and_then(|since| i64::try_from(since.as_secs()).ok());
    set_at(conditions, new, now.and_then(|second| Timestamp::from_second(second).ok()).unwrap_or_default())
}

/// [`set`], with the time that is now.
pub fn set_at(conditions: &mut Vec<Condition>, mut new: Condition, now: Timestamp) -> bool {
    if new.last_transition_time.0 == Timestamp::UNIX_EPOCH {
        new.last_transition_time = Time(now);
    }
    let Some(old) = conditions.iter_mut().find(|old| old.type_ == new.type_) else {
        conditions.push(new);
        return true;
    };
    if old.status == new.status {
        new.last_transition_time = old.last_transition_time.clone();
    }
    let changed = *old != new;
    *old = new;
    changed
}

/// The condition of this type.
#[must_use]
pub fn find<'a>(conditions: &'a [Condition], kind: &str) -> Option<&'a Condition> {
    conditions.iter().find(|condition| condition.type_ == kind)
}

/// Removes the condition of this type, and says whether there was one.
pub fn remove(conditions: &mut Vec<Condition>, kind: &str) -> bool {
    let before = conditions.len();
    conditions.retain(|condition| condition.type_ != kind);
    conditions.len() < before
}

/// Whether there is a condition of this type with this status.
#[must_use]
pub fn is(conditions: &[Condition], kind: &str, status: &str) -> bool {
    find(conditions, kind).is_some_and(|condition| condition.status == status)
}

/// Whether there is a condition of this type, and it is true.
#[must_use]
pub fn is_true(conditions: &[Condition], kind: &str) -> bool {
    is(conditions, kind, "True")
}

/// Whether there is a condition of this type, and it is false.
#[must_use]
pub fn is_false(conditions: &[Condition], kind: &str) -> bool {
    is(conditions, kind, "False")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_time_of_the_last_transition_changes_with_the_status_alone() {
        let mut conditions = vec![condition("Other", "True", "X", "")];
        assert!(set_at(&mut conditions, condition("Ready", "False", "Starting", "a"), at(10)));
        assert!(set_at(&mut conditions, condition("Ready", "False", "Failing", "b"), at(20)));
        let ready = find(&conditions, "Ready").unwrap();
        assert_eq!((ready.last_transition_time.0, &*ready.reason, &*ready.message), (at(10), "Failing", "b"));
        assert!(!set_at(&mut conditions, condition("Ready", "False", "Failing", "b"), at(30)));
        assert!(set_at(&mut conditions, condition("Ready", "True", "Failing", "b"), at(40)));
        assert_eq!(find(&conditions, "Ready").unwrap().last_transition_time.0, at(40));
        assert_eq!(conditions.len(), 2);
    }

    #[test]
    fn a_time_that_is_given_is_kept_when_the_status_changes() {
        let given = |status: &str, second| Condition {
            last_transition_time: Time(at(second)),
            ..condition("Ready", status, "X", "")
        };
        let mut conditions = Vec::new();
        set_at(&mut conditions, given("True", 5), at(10));
        assert_eq!(conditions[0].last_transition_time.0, at(5));
        assert!(!set_at(&mut conditions, given("True", 6), at(10)));
        assert_eq!(conditions[0].last_transition_time.0, at(5));
        set_at(&mut conditions, given("False", 7), at(10));
        assert_eq!(conditions[0].last_transition_time.0, at(7));
    }

    #[test]
    fn the_generation_counts_as_a_change() {
        let seen = |generation| Condition {
            observed_generation: Some(generation),
            ..condition("Ready", "True", "X", "")
        };
        let mut conditions = Vec::new();
        assert!(
            set(&mut conditions, seen(1)) && !set(&mut conditions, seen(1)) && set(&mut conditions, seen(2))
        );
        assert!(is_true(&conditions, "Ready") && !is_false(&conditions, "Ready"));
        assert!(!is_true(&conditions, "Other"));
        assert!(remove(&mut conditions, "Ready") && !remove(&mut conditions, "Ready"));
    }
}
