//! Pure: who waits for the changes of a collection. A change wakes only those whom it concerns.

use std::collections::HashMap;

use crate::signal::{Listener, Signal};
use crate::storage::Key;

/// The signals of one namespace, or of the cluster-scoped objects.
#[derive(Debug)]
struct Namespace {
    all: Signal,
    names: HashMap<String, Signal>,
}

/// Signals for all objects, for each namespace, and for single objects, as far as somebody has asked.
#[derive(Debug)]
pub(crate) struct Audience {
    all: Signal,
    namespaces: HashMap<String, Namespace>,
    /// How many signals there were after the last tidying.
    tidied: usize,
    signals: usize,
    /// After how many changes those who wait for one object are woken in any case, so that they keep up with a
    /// history of which little concerns them.
    refresh: usize,
    told: usize,
}

/// Below this many signals nobody tidies.
const FEW: usize = 64;

impl Audience {
    pub(crate) fn new(version: u64, refresh: usize) -> Self {
        let all = Signal::new(version);
        Self { all, namespaces: HashMap::new(), tidied: FEW, signals: 0, refresh, told: 0 }
    }

    /// Tells of one object when it is named, of a namespace when that is named, else of everything.
    pub(crate) fn subscribe(&mut self, namespace: Option<&str>, name: Option<&str>) -> Listener {
        if namespace.is_none() && name.is_none() {
            return self.all.listen();
        }
        if self.signals >= 2 * self.tidied {
            self.tidy();
        }
        let version = self.all.value();
        let mut added = 0;
        let of = self.namespaces.entry(namespace.unwrap_or_default().to_owned()).or_insert_with(|| {
            added += 1;
            Namespace { all: Signal::new(version), names: HashMap::new() }
        });
        let listener = match name {
            None => of.all.listen(),
            Some(name) => {
                let signal = of.names.entry(name.to_owned()).or_insert_with(|| {
                    added += 1;
                    Signal::new(version)
                });
                signal.listen()
            }
        };
        self.signals += added;
        listener
    }

    /// Wakes those who wait for the object under `key`.
    pub(crate) fn tell(&mut self, key: &Key, version: u64) {
        self.all.set(version);
        self.told += 1;
        if self.told >= self.refresh {
            self.told = 0;
            self.namespaces.values().flat_map(|of| of.names.values()).for_each(|name| name.set(version));
        }
        if let Some(of) = self.namespaces.get(&key.namespace) {
            of.all.set(version);
            if let Some(signal) = of.names.get(&key.name) {
                signal.set(version);
            }
        }
    }

    /// Drops the signals that nobody hears any more.
    fn tidy(&mut self) {
        for of in self.namespaces.values_mut() {
            of.names.retain(|_, signal| signal.is_heard());
        }
        self.namespaces.retain(|_, of| of.all.is_heard() || !of.names.is_empty());
        self.signals = self.namespaces.values().map(|of| 1 + of.names.len()).sum();
        self.tidied = self.signals.max(FEW);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(namespace: &str, name: &str) -> Key {
        Key { namespace: namespace.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn only_those_are_woken_whom_a_change_concerns() {
        let mut audience = Audience::new(1, 100);
        let scopes = [(None, None), (Some("a"), None), (Some("a"), Some("x")), (Some("b"), None)];
        let mut listeners = scopes.map(|(namespace, name)| audience.subscribe(namespace, name));
        let mut woken = |audience: &mut Audience, key: &Key| {
            audience.tell(key, 2);
            listeners.each_mut().map(|listener| {
                let changed = listener.has_changed().unwrap();
                listener.borrow_and_update();
                changed
            })
        };
        assert_eq!(woken(&mut audience, &key("a", "x")), [true, true, true, false]);
        assert_eq!(woken(&mut audience, &key("a", "y")), [true, true, false, false]);
        assert_eq!(woken(&mut audience, &key("b", "x")), [true, false, false, true]);
    }

    #[test]
    fn signals_that_nobody_hears_are_dropped() {
        let mut audience = Audience::new(1, 100);
        let kept = audience.subscribe(Some("kept"), Some("x"));
        for index in 0..10_000 {
            drop(audience.subscribe(Some(&format!("ns{index}")), None));
        }
        assert!(audience.signals <= 2 * FEW + 2, "{}", audience.signals);
        audience.tell(&key("kept", "x"), 7);
        assert!(kept.has_changed().unwrap());
    }
}
