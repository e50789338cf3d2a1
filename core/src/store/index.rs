//! Pure: objects by key, by namespace, and by the values of indexes.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

use hashbrown::hash_table::{Entry, HashTable};
use hashbrown::{Equivalent, HashMap};

use crate::resource::{IndexDefinition, IndexKey, ObjectKey, Stored};

/// Where an object lies in [`Indexer::slots`].
type Slot = u32;

/// So many slots are kept, however few of them are in use.
const SLOTS_MIN: usize = 1024;

type Buckets<K> = HashMap<K, BTreeSet<Slot>, RandomState>;

/// Objects and their indexes. Every index entry points at a stored object, and each stored object is in
/// its namespace's set and in the set of each of its index values; no set is empty.
pub(crate) struct Indexer<S: Stored> {
    /// The objects, each in its place until the slots shrink.
    slots: Vec<Option<(ObjectKey, Arc<S>)>>,
    free: Vec<Slot>,
    hasher: RandomState,
    by_key: HashTable<Slot>,
    by_namespace: Buckets<Box<str>>,
    definitions: Vec<IndexDefinition<S::Object>>,
    /// One for each definition.
    by_value: Vec<Buckets<IndexKey>>,
}

impl<S: Stored> Indexer<S> {
    pub(crate) fn new(definitions: Vec<IndexDefinition<S::Object>>) -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            hasher: RandomState::new(),
            by_key: HashTable::new(),
            by_namespace: HashMap::with_hasher(RandomState::new()),
            by_value: definitions.iter().map(|_| HashMap::with_hasher(RandomState::new())).collect(),
            definitions,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Looks up without making a key.
    pub(crate) fn get(&self, namespace: Option<&str>, name: &str) -> Option<&Arc<S>> {
        let hash = self.hash(namespace, name);
        let found = self.by_key.find(hash, |slot| self.is_at(*slot, namespace, name))?;
        self.object(*found)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ObjectKey, &Arc<S>)> {
        self.slots.iter().flatten().map(|(key, object)| (key, object))
    }

    pub(crate) fn in_namespace(&self, namespace: &str) -> impl Iterator<Item = &Arc<S>> {
        self.bucket(self.by_namespace.get(namespace))
    }

    /// The objects with this value; `None` when there is no such index.
    pub(crate) fn by(&self, index: &str, value: &IndexKey) -> Option<impl Iterator<Item = &Arc<S>>> {
        let position = self.position(index)?;
        Some(self.bucket(self.by_value[position].get(value)))
    }

    /// The values of an index, sorted; `None` when there is no such index.
    pub(crate) fn values(&self, index: &str) -> Option<Vec<IndexKey>> {
        let position = self.position(index)?;
        let mut values: Vec<IndexKey> = self.by_value[position].keys().cloned().collect();
        values.sort_unstable();
        Some(values)
    }

    /// Stores an object and gives back the one it takes the place of.
    pub(crate) fn insert(&mut self, key: ObjectKey, object: Arc<S>) -> Option<Arc<S>> {
        let hash = self.hash(key.namespace(), key.name());
        let (slots, hasher) = (&self.slots, &self.hasher);
        let place = self.by_key.entry(
            hash,
            |slot| slots[*slot as usize].as_ref().is_some_and(|(other, _)| *other == key),
            |slot| {
                let key = slots[*slot as usize].as_ref().map(|(key, _)| key);
                key.map_or(0, |key| hasher.hash_one((key.namespace(), key.name())))
            },
        );
        match place {
            Entry::Occupied(place) => {
                let slot = *place.get();
                let old = self.slots[slot as usize]
                    .as_mut()
                    .map(|(_, stored)| std::mem::replace(stored, Arc::clone(&object)));
                self.index(slot, old.as_deref(), Some(&object));
                old
            }
            Entry::Vacant(place) => {
                let slot = self.free.pop().unwrap_or(self.slots.len() as Slot);
                place.insert(slot);
                if slot as usize == self.slots.len() {
                    self.slots.push(None);
                }
                if let Some(namespace) = key.namespace() {
                    add(&mut self.by_namespace, namespace, |text| text.into(), slot);
                }
                self.slots[slot as usize] = Some((key, Arc::clone(&object)));
                self.index(slot, None, Some(&object));
                None
            }
        }
    }

    /// Takes an object out.
    pub(crate) fn remove(&mut self, key: &ObjectKey) -> Option<Arc<S>> {
        let hash = self.hash(key.namespace(), key.name());
        let slots = &self.slots;
        let is_it = |slot: &Slot| {
            let stored = slots[*slot as usize].as_ref();
            stored.is_some_and(|(stored, _)| stored == key)
        };
        let (slot, _) = self.by_key.find_entry(hash, is_it).ok()?.remove();
        let (key, object) = self.slots[slot as usize].take()?;
        self.free.push(slot);
        if let Some(namespace) = key.namespace() {
            take(&mut self.by_namespace, namespace, slot);
        }
        self.index(slot, Some(&object), None);
        self.shrink();
        Some(object)
    }

    /// Puts the objects into new slots and tables when less than a quarter of the slots is in use. At least three
    /// times as many objects were removed since the last time as are moved now.
    fn shrink(&mut self) {
        if self.slots.len() > SLOTS_MIN && self.len() < self.slots.len() / 4 {
            for (key, object) in self.clear().into_iter().flatten() {
                self.insert(key, object);
            }
        }
    }

    /// Takes everything out; the indexes stay.
    pub(crate) fn clear(&mut self) -> Vec<Option<(ObjectKey, Arc<S>)>> {
        self.free = Vec::new();
        self.by_key = HashTable::new();
        self.by_namespace = HashMap::with_hasher(RandomState::new());
        for buckets in &mut self.by_value {
            *buckets = HashMap::with_hasher(RandomState::new());
        }
        std::mem::take(&mut self.slots)
    }

    #[cfg(test)]
    fn assert_invariants(&self) {
        let stored = self.slots.iter().flatten().count();
        assert_eq!((self.by_key.len(), self.free.len()), (stored, self.slots.len() - stored));
        let filled = |bucket: &BTreeSet<Slot>| {
            !bucket.is_empty() && bucket.iter().all(|slot| self.object(*slot).is_some())
        };
        assert!(self.by_namespace.values().all(filled));
        assert!(self.by_value.iter().all(|buckets| buckets.values().all(filled)));
    }

    /// Brings the sets of one object up to date.
    fn index(&mut self, slot: Slot, old: Option<&S>, new: Option<&S>) {
        for (definition, buckets) in self.definitions.iter().zip(&mut self.by_value) {
            let values =
                |object: Option<&S>| object.map(|object| object.index_keys(definition)).unwrap_or_default();
            let (old, new) = (values(old), values(new));
            if old == new {
                continue;
            }
            for value in &old {
                take(buckets, value, slot);
            }
            for value in new {
                buckets.entry(value).or_default().insert(slot);
            }
        }
    }

    fn hash(&self, namespace: Option<&str>, name: &str) -> u64 {
        self.hasher.hash_one((namespace.filter(|namespace| !namespace.is_empty()), name))
    }

    fn is_at(&self, slot: Slot, namespace: Option<&str>, name: &str) -> bool {
        self.slots[slot as usize].as_ref().is_some_and(|(key, _)| {
            key.name() == name && key.namespace().unwrap_or_default() == namespace.unwrap_or_default()
        })
    }

    fn object(&self, slot: Slot) -> Option<&Arc<S>> {
        self.slots[slot as usize].as_ref().map(|(_, object)| object)
    }

    fn bucket<'a>(&'a self, slots: Option<&'a BTreeSet<Slot>>) -> impl Iterator<Item = &'a Arc<S>> {
        slots.into_iter().flatten().filter_map(|slot| self.object(*slot))
    }

    fn position(&self, index: &str) -> Option<usize> {
        self.definitions.iter().position(|definition| definition.name() == index)
    }
}

fn add<K, Q>(buckets: &mut Buckets<K>, value: &Q, owned: impl FnOnce(&Q) -> K, slot: Slot)
where
    K: Eq + Hash,
    Q: Hash + Equivalent<K> + ?Sized,
{
    match buckets.get_mut(value) {
        Some(bucket) => {
            bucket.insert(slot);
        }
        None => {
            buckets.insert(owned(value), BTreeSet::from([slot]));
        }
    }
}

fn take<K, Q>(buckets: &mut Buckets<K>, value: &Q, slot: Slot)
where
    K: Eq + Hash,
    Q: Hash + Equivalent<K> + ?Sized,
{
    if let Some(bucket) = buckets.get_mut(value) {
        bucket.remove(&slot);
        if bucket.is_empty() {
            buckets.remove(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use k8s_openapi::api::core::v1::ConfigMap;
    use proptest::prelude::*;

    use super::*;

    /// Objects by key: what there is to an index without being quick.
    type Model = BTreeMap<String, Vec<String>>;

    fn map(namespace: &str, name: &str, colors: &[String]) -> ConfigMap {
        let mut map = ConfigMap::default();
        map.metadata.namespace = Some(namespace.to_owned()).filter(|namespace| !namespace.is_empty());
        map.metadata.name = Some(name.to_owned());
        map.metadata.finalizers = Some(colors.to_vec());
        map
    }

    fn indexer() -> Indexer<ConfigMap> {
        Indexer::new(vec![IndexDefinition::new("color", |map: &ConfigMap, keys| {
            for color in map.metadata.finalizers.iter().flatten() {
                keys.push(color);
            }
        })])
    }

    fn keys<'a>(objects: impl Iterator<Item = &'a Arc<ConfigMap>>) -> Vec<String> {
        let mut keys: Vec<String> = objects.map(|map| map.stored_key().to_string()).collect();
        keys.sort();
        keys
    }

    fn color(color: &str) -> IndexKey {
        IndexKey::String(color.into())
    }

    #[test]
    fn an_empty_set_goes_away_and_a_full_one_stays() {
        let mut indexer = indexer();
        let red = ["red".to_owned()];
        for name in ["a", "b"] {
            indexer.insert(ObjectKey::new(Some("n"), name), Arc::new(map("n", name, &red)));
        }
        indexer.remove(&ObjectKey::new(Some("n"), "a"));
        assert_eq!(indexer.values("color").unwrap(), [color("red")]);
        indexer.remove(&ObjectKey::new(Some("n"), "b"));
        assert!(indexer.values("color").unwrap().is_empty());
        assert!(indexer.by_namespace.is_empty() && indexer.by_value[0].is_empty());
        assert!(indexer.by("size", &color("red")).is_none());
    }

    #[test]
    fn slots_shrink_when_most_objects_are_gone() {
        let mut indexer = indexer();
        let keys: Vec<ObjectKey> = (0..10_000).map(|n| ObjectKey::new(Some("n"), &format!("m{n}"))).collect();
        for key in &keys {
            let object = map("n", key.name(), &[key.name().to_owned(), "red".to_owned()]);
            indexer.insert(key.clone(), Arc::new(object));
        }
        for key in &keys[..9_900] {
            assert!(indexer.remove(key).is_some());
            assert!(indexer.slots.len() <= (4 * indexer.len() + 4).max(SLOTS_MIN));
        }
        indexer.assert_invariants();
        assert!(indexer.slots.capacity() <= 2 * SLOTS_MIN && indexer.by_key.capacity() <= 2 * SLOTS_MIN);
        assert_eq!(indexer.iter().count(), 100);
        assert_eq!(indexer.in_namespace("n").count(), 100);
        assert_eq!(indexer.by("color", &color("red")).unwrap().count(), 100);
        for key in &keys[9_900..] {
            assert!(indexer.get(Some("n"), key.name()).is_some());
            assert_eq!(indexer.by("color", &color(key.name())).unwrap().count(), 1);
        }
    }

    proptest! {
        #[test]
        fn an_indexer_finds_what_a_search_would(
            steps in prop::collection::vec(
                (prop::bool::weighted(0.7), "[ab]?", "[a-d]", prop::collection::vec("[rgb]", 0..3)),
                0..60,
            ),
        ) {
            let (mut indexer, mut model) = (indexer(), Model::new());
            for (insert, namespace, name, colors) in steps {
                let object = map(&namespace, &name, &colors);
                let (key, text) = (object.stored_key(), object.stored_key().to_string());
                let (old, expected) = if insert {
                    (indexer.insert(key, Arc::new(object)), model.insert(text, colors))
                } else {
                    (indexer.remove(&key), model.remove(&text))
                };
                let old = old.map(|old| old.metadata.finalizers.clone().unwrap_or_default());
                prop_assert_eq!(old, expected);
                indexer.assert_invariants();
                prop_assert_eq!(indexer.len(), model.len());
                let stored = indexer.get(Some(&namespace), &name).is_some();
                prop_assert_eq!(stored, insert);
                prop_assert_eq!(keys(indexer.iter().map(|(_, object)| object)), model.keys().cloned().collect::<Vec<_>>());
                let search = |holds: &dyn Fn(&str, &[String]) -> bool| -> Vec<String> {
                    model.iter().filter(|(key, colors)| holds(key, colors)).map(|(key, _)| key.clone()).collect()
                };
                for namespace in ["a", "b"] {
                    let expected = search(&|key, _| key.starts_with(&format!("{namespace}/")));
                    prop_assert_eq!(keys(indexer.in_namespace(namespace)), expected);
                }
                for wanted in ["r", "g", "b"] {
                    let expected = search(&|_, colors| colors.iter().any(|color| color == wanted));
                    let wanted = color(wanted);
                    prop_assert_eq!(keys(indexer.by("color", &wanted).unwrap()), expected);
                }
            }
        }
    }
}
