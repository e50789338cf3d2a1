//! Pure: which objects a list shows, of which version, and where it goes on.

use std::sync::Arc;

use crate::cluster::{Cluster, view};
use crate::kinds::Kind;
use crate::request::query::{ListOptions, VersionMatch};
use crate::selector::Selector;
use crate::status::Status;
use crate::storage::collection::Collection;
use crate::storage::token::Continue;
use crate::storage::{Key, Stored};

/// A list, or a part of it.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) items: Vec<Arc<Stored>>,
    pub(crate) version: u64,
    /// The token that continues the list, when there is more.
    pub(crate) next: Option<String>,
    /// How many objects come after these, when that is known.
    pub(crate) remaining: Option<usize>,
}

/// Where a list or a watch looks: a field selector can narrow what the path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) namespace: Option<String>,
    /// One object, when its place is known.
    pub(crate) name: Option<String>,
}

impl Scope {
    pub(crate) fn new(kind: &Kind, namespace: Option<&str>, selector: &Selector) -> Self {
        let exact = |field: &str| selector.exact(&["metadata", field]).map(str::to_owned);
        let namespace = namespace.map(str::to_owned);
        let namespace = if kind.namespaced { namespace.or_else(|| exact("namespace")) } else { namespace };
        let is_placed = namespace.is_some() || !kind.namespaced;
        Self { name: exact("name").filter(|_| is_placed), namespace }
    }

    fn key(&self) -> Option<Key> {
        let name = self.name.clone()?;
        Some(Key { namespace: self.namespace.clone().unwrap_or_default(), name })
    }
}

/// The objects that a list asks for.
pub(crate) fn select(
    cluster: &Cluster,
    kind: &Kind,
    namespace: Option<&str>,
    options: &ListOptions,
) -> Result<Page, Status> {
    let selector = Selector::parse(&options.labels, &options.fields, kind)?;
    let scope = Scope::new(kind, namespace, &selector);
    let collection = cluster.store.collection(&kind.collection()).ok_or_else(Status::no_such_resource)?;
    let at = exact_version(options, scope.name.is_some());
    let current = cluster.store.version();
    if let Some(wanted) = at.or(options.version).filter(|wanted| *wanted > current) {
        return Err(Status::version_too_large(wanted, current));
    }
    let floor = cluster.store.compacted().max(collection.history().forgotten(None));
    if at.is_some_and(|version| version < floor) {
        return Err(match &options.start {
            Some(start) => Status::continue_expired(start.at_newest().encode()),
            None => Status::expired("The resourceVersion for the provided list is too old."),
        });
    }
    let version = at.unwrap_or(current);
    let mut page = Page { items: Vec::new(), version, next: None, remaining: None };
    page.fill(collection, kind, &selector, &scope, options);
    Ok(page)
}

/// The version at which a list must be answered, if not the newest.
pub(crate) fn exact_version(options: &ListOptions, single: bool) -> Option<u64> {
    if let Some(start) = &options.start {
        return start.version;
    }
    let version = options.version.filter(|version| *version > 0)?;
    match options.version_match {
        Some(VersionMatch::Exact) => Some(version),
        Some(VersionMatch::NotOlderThan) => None,
        // Without a match, a limit makes the version an exact one.
        None => options.limit.filter(|_| !single).map(|_| version),
    }
}

impl Page {
    fn fill(
        &mut self,
        collection: &Collection,
        kind: &Kind,
        selector: &Selector,
        scope: &Scope,
        options: &ListOptions,
    ) {
        let namespace = scope.namespace.as_deref();
        let take = Take { kind, selector, limit: options.limit.unwrap_or(usize::MAX) };
        let history = collection.history();
        if let Some(key) = scope.key() {
            let then = history
                .since(self.version, namespace)
                .find(|change| change.new.key == key)
                .map_or_else(|| collection.get(&key), |change| change.old.as_ref());
            self.items = take.of(&mut then.into_iter());
            return;
        }
        let start = options.start.as_ref().map(|start| start.key(namespace, kind.namespaced));
        let rest = if history.newest() <= self.version {
            let mut objects = collection.range(namespace, start.as_ref());
            self.items = take.of(&mut objects);
            objects.count()
        } else {
            let undone = history.undone_to(self.version, namespace);
            let mut objects = collection.range_at(&undone, namespace, start.as_ref());
            self.items = take.of(&mut objects);
            objects.count()
        };
        if rest > 0
            && let Some(last) = self.items.last()
        {
            self.next = Some(Continue::after(Some(self.version), &last.key, namespace).encode());
            // Nobody knows how many of them a selector would leave.
            self.remaining = selector.is_empty().then_some(rest);
        }
    }
}

/// Takes what matches, up to a limit; what comes after is not looked at.
struct Take<'a> {
    kind: &'a Kind,
    selector: &'a Selector,
    limit: usize,
}

impl Take<'_> {
    fn of<'b>(&self, objects: &mut impl Iterator<Item = &'b Arc<Stored>>) -> Vec<Arc<Stored>> {
        let all = self.selector.is_empty();
        objects
            .filter(|stored| all || self.selector.matches(&view(stored, self.kind)))
            .take(self.limit)
            .cloned()
            .collect()
    }
}
