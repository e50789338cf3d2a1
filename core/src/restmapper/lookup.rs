//! Pure: which resource a name or a kind stands for.

use super::name::{Name, readings};
use crate::discovery::{ApiGroup, ServerResources};
use crate::error::{Error, ErrorKind, Result};
use crate::resource::{ApiResource, GroupVersionKind};

/// The resources that a name stands for, the likeliest first: each group's preferred version before its others.
pub(super) fn candidates<'a>(served: &'a ServerResources, name: &str) -> Vec<&'a ApiResource> {
    let lower = name.to_lowercase();
    let mut readings = readings(&lower).into_iter();
    readings
        .find_map(|name| Some(matching(served, name)).filter(|found| !found.is_empty()))
        .unwrap_or_default()
}

fn matching<'a>(served: &'a ServerResources, name: Name<'_>) -> Vec<&'a ApiResource> {
    let exact = |group: &str| name.group.is_none_or(|wanted| wanted == group);
    // A group may be cut short, where no group has just that name.
    let prefix =
        |group: &str| name.group.is_some_and(|wanted| !wanted.is_empty() && group.starts_with(wanted));
    for within in [&exact as &dyn Fn(&str) -> bool, &prefix] {
        let resources = || {
            let all = ordered(served).into_iter();
            all.filter(|resource| within(&resource.gvr.group))
                .filter(|resource| name.version.is_none_or(|version| version == resource.gvr.version))
        };
        // The full name of a resource is never taken for the short name of another.
        let full = |resource: &&ApiResource| {
            resource.gvr.resource == name.resource || singular(resource) == name.resource
        };
        let short = |resource: &&ApiResource| resource.short_names.iter().any(|short| short == name.resource);
        for found in [resources().filter(full).collect::<Vec<_>>(), resources().filter(short).collect()] {
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn singular(resource: &ApiResource) -> String {
    if resource.singular.is_empty() { resource.kind.to_lowercase() } else { resource.singular.clone() }
}

/// All resources that have a kind, by priority: core first, then what the API server serves by itself, then the rest;
/// in each group the preferred version first.
fn ordered(served: &ServerResources) -> Vec<&ApiResource> {
    let mut groups: Vec<&ApiGroup> = served.groups().iter().collect();
    groups.sort_by_key(|group| rank(&group.name));
    let mut resources = Vec::new();
    for group in groups {
        let mut versions: Vec<_> = group.versions.iter().collect();
        versions.sort_by_key(|version| version.version != group.preferred_version);
        resources.extend(versions.into_iter().flat_map(|version| &version.resources));
    }
    resources.retain(|resource| !resource.kind.is_empty());
    resources
}

/// Whose groups these are: the core's, Kubernetes' own, anybody's.
fn rank(group: &str) -> u8 {
    match group {
        "" => 0,
        group if !group.contains('.') || group.ends_with(".k8s.io") => 1,
        _ => 2,
    }
}

/// The one resource that a name stands for.
pub(super) fn resource<'a>(served: &'a ServerResources, name: &str) -> Result<&'a ApiResource> {
    let found = candidates(served, name);
    let Some(first) = found.first() else {
        return Err(no_match(served, &format!("resource {name:?}")));
    };
    let rivals = found.iter().filter(|other| rank(&other.gvr.group) == rank(&first.gvr.group));
    let mut names: Vec<String> = rivals.map(|resource| resource.gvr.to_string()).collect();
    names.dedup();
    if names.len() > 1 {
        let names = names.join(" and ");
        return Err(Error::invalid(format!("{name:?} may be {names}: give the name with its group")));
    }
    Ok(first)
}

/// The resource of a kind; without a version, in the version that its group prefers.
pub(super) fn mapping<'a>(served: &'a ServerResources, gvk: &GroupVersionKind) -> Result<&'a ApiResource> {
    let all = ordered(served).into_iter();
    let mut found = all.filter(|resource| {
        resource.kind == gvk.kind
            && resource.gvr.group == gvk.group
            && (gvk.version.is_empty() || resource.gvr.version == gvk.version)
    });
    let Some(first) = found.next() else {
        return Err(no_match(served, &format!("kind {:?} in {}", gvk.kind, group_version(gvk))));
    };
    match found.find(|other| other.gvr.version == first.gvr.version) {
        Some(other) => {
            let (a, b) = (&first.gvr, &other.gvr);
            Err(Error::invalid(format!("the kind {:?} is that of both {a} and {b}", gvk.kind)))
        }
        None => Ok(first),
    }
}

fn group_version(gvk: &GroupVersionKind) -> String {
    match (&*gvk.group, &*gvk.version) {
        ("", "") => "the core group".to_owned(),
        (group, "") => group.to_owned(),
        _ => gvk.api_version().into_owned(),
    }
}

/// Every resource of a category, once.
pub(super) fn category<'a>(served: &'a ServerResources, name: &str) -> Result<Vec<&'a ApiResource>> {
    let mut found = served.preferred_resources();
    found.retain(|resource| resource.categories.iter().any(|category| category == name));
    if found.is_empty() { Err(no_match(served, &format!("category {name:?}"))) } else { Ok(found) }
}

/// What could not be discovered may hold what was looked for.
fn no_match(served: &ServerResources, what: &str) -> Error {
    let error = Error::new(ErrorKind::NoMatch, format!("the cluster serves no {what}"));
    match served.complete() {
        Ok(()) => error,
        Err(failures) => error.with_source(failures),
    }
}
