//! Pure: whether versions belong together; each check is a panic in constant evaluation, at the user's tokens.

use super::Version;
use crate::resource::{ResourceMeta, Scope};
use crate::schema::{Message, equal};

#[track_caller]
const fn refuse(message: Message) -> ! {
    panic!("{}", message.as_str())
}

/// Refuses a version that does not go together with those listed before it.
///
/// # Panics
///
/// When it is there twice, belongs to another kind, or when two versions store; in a `const` that is a compile error.
#[track_caller]
pub const fn check_version(versions: &[Version], index: usize) {
    let this = &versions[index];
    if is_broken(&this.meta) {
        return;
    }
    let mut before = 0;
    while before < index {
        let other = &versions[before];
        if !is_broken(&other.meta) {
            check_same_kind(&other.meta, &this.meta);
            check_same("list kind", &other.meta, other.list_kind, &this.meta, this.list_kind);
            if this.storage && other.storage {
                let message = Message::new().quote(other.meta.version).push(" and ").quote(this.meta.version);
                let message = message.push(" of ").quote(this.meta.kind);
                refuse(message.push(
                    " are both marked `storage`; exactly one may be: say `#[resource(storage = false)]` at the others",
                ));
            }
        }
        before += 1;
    }
}

/// Refuses versions of which none stores, or none is served.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_versions(versions: &[Version]) {
    let (mut storage, mut served) = (false, false);
    let mut index = 0;
    while index < versions.len() {
        if is_broken(&versions[index].meta) {
            return;
        }
        storage |= versions[index].storage;
        served |= versions[index].served;
        index += 1;
    }
    if versions.len() > 1 && !storage {
        let message = Message::new().push("none of the versions of ").quote(versions[0].meta.kind);
        refuse(message.push(
            " is marked `storage`; exactly one must be: take `storage = false` from the one that objects are stored in",
        ));
    }
    if !served {
        let message = Message::new().push("no version of ").quote(versions[0].meta.kind);
        refuse(message.push(" is served, so nobody could use it: take `served = false` from one of them"));
    }
}

/// What the derive writes after a mistake, which has been reported.
const fn is_broken(meta: &ResourceMeta) -> bool {
    equal(meta.kind, "Unknown") && equal(meta.plural, "unknowns")
}

#[track_caller]
const fn check_same_kind(first: &ResourceMeta, this: &ResourceMeta) {
    if !equal(first.kind, this.kind) {
        let message = Message::new().quote(first.kind).push(" and ").quote(this.kind);
        refuse(message.push(" are two kinds; `crd!` takes the versions of one"));
    }
    check_same("group", first, first.group, this, this.group);
    if equal(first.version, this.version) {
        let message = Message::new().quote(this.version).push(" of ").quote(this.kind);
        refuse(message.push(" is listed twice"));
    }
    check_same("scope", first, scope(first), this, scope(this));
    check_same("plural", first, first.plural, this, this.plural);
    check_same("singular", first, first.singular, this, this.singular);
    check_same_list("short names", first, first.short_names, this, this.short_names);
    check_same_list("categories", first, first.categories, this, this.categories);
}

#[track_caller]
const fn check_same(what: &str, first: &ResourceMeta, one: &str, this: &ResourceMeta, other: &str) {
    if !equal(one, other) {
        let message = Message::new().push("the ").push(what).push(" of ").quote(this.kind).push(" is ");
        let message = given(message, one).push(" in ").quote(first.version).push(" and ");
        let message = given(message, other).push(" in ").quote(this.version);
        refuse(message.push("; all versions of a kind have the same"));
    }
}

const fn given(message: Message, name: &str) -> Message {
    if name.is_empty() { message.push("not given") } else { message.quote(name) }
}

#[track_caller]
const fn check_same_list(
    what: &str,
    first: &ResourceMeta,
    one: &[&str],
    this: &ResourceMeta,
    other: &[&str],
) {
    let mut same = one.len() == other.len();
    let mut index = 0;
    while same && index < one.len() {
        same = equal(one[index], other[index]);
        index += 1;
    }
    if !same {
        let message = Message::new().push("the ").push(what).push(" of ").quote(this.kind).push(" are ");
        let message = list(message, one).push(" in ").quote(first.version).push(" and ");
        let message = list(message, other).push(" in ").quote(this.version);
        refuse(message.push("; all versions of a kind have the same"));
    }
}

const fn list(mut message: Message, names: &[&str]) -> Message {
    if names.is_empty() {
        return message.push("none");
    }
    let mut index = 0;
    while index < names.len() {
        message = if index == 0 { message } else { message.push(", ") }.quote(names[index]);
        index += 1;
    }
    message
}

const fn scope(meta: &ResourceMeta) -> &'static str {
    match meta.scope {
        Scope::Cluster => "Cluster",
        Scope::Namespaced => "Namespaced",
    }
}
