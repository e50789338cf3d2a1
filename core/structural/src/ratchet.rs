//! Pure: which part of an old object a part of the new one comes from. What has not changed is not judged again.

use serde_json::Value;

use crate::node::{ListType, Node};

/// The old value of a member.
pub(crate) fn member<'a>(old: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    old?.get(name)
}

/// The old item that a new one continues. Only lists of type map say which that is.
pub(crate) fn item<'a>(old: Option<&'a Value>, new: &Value, list: &Node) -> Option<&'a Value> {
    let ListType::Map(keys) = &list.list_type else {
        return None;
    };
    let same = |item: &&Value| keys.iter().all(|key| item.get(key) == new.get(key));
    old?.as_array()?.iter().find(same)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_are_found_by_their_keys_and_otherwise_not_at_all() {
        let list = |kind: &str| {
            Node::parse(&json!({"type": "array", "x-kubernetes-list-type": kind,
                "x-kubernetes-list-map-keys": ["k"], "items": {"type": "object"}}))
        };
        let old = json!([{"k": 1, "v": 1}, {"k": 2, "v": 2}]);
        let new = json!({"k": 2, "v": 3});
        assert_eq!(item(Some(&old), &new, &list("map")), Some(&old[1]));
        assert_eq!(item(Some(&old), &new, &list("atomic")), None);
    }
}
