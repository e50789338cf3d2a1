//! Pure: which objects name which others as their owners.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::kinds;
use crate::meta::owners;
use crate::storage::Key;

/// The dependents of each owner, by the owner's UID.
#[derive(Debug, Default)]
pub(crate) struct Dependents(HashMap<String, BTreeSet<(kinds::Collection, Key)>>);

impl Dependents {
    /// The dependents of an owner, in the order of their names.
    pub(crate) fn of(&self, uid: &str) -> Vec<(kinds::Collection, Key)> {
        self.0.get(uid).into_iter().flatten().cloned().collect()
    }

    /// Takes over what an object says about its owners now that it replaces `old`.
    pub(crate) fn change(
        &mut self,
        name: &kinds::Collection,
        key: &Key,
        old: Option<&Value>,
        new: Option<&Value>,
    ) {
        for uid in old.into_iter().flat_map(uids) {
            if let Some(dependents) = self.0.get_mut(uid) {
                dependents.remove(&(name.clone(), key.clone()));
                if dependents.is_empty() {
                    self.0.remove(uid);
                }
            }
        }
        for uid in new.into_iter().flat_map(uids) {
            self.0.entry(uid.to_owned()).or_default().insert((name.clone(), key.clone()));
        }
    }
}

fn uids(object: &Value) -> impl Iterator<Item = &str> {
    owners::of(object).iter().filter_map(|owner| owner.get("uid").and_then(Value::as_str))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dependents_follow_the_references() {
        let mut dependents = Dependents::default();
        let name = (String::new(), "pods".to_owned());
        let key = Key { namespace: "a".to_owned(), name: "b".to_owned() };
        let object = |uid: &str| json!({"metadata": {"ownerReferences": [{"uid": uid}]}});
        dependents.change(&name, &key, None, Some(&object("1")));
        assert_eq!(dependents.of("1"), [(name.clone(), key.clone())]);
        dependents.change(&name, &key, Some(&object("1")), Some(&object("2")));
        assert!(dependents.of("1").is_empty() && dependents.of("2").len() == 1);
        dependents.change(&name, &key, Some(&object("2")), None);
        assert!(dependents.0.is_empty());
    }
}
