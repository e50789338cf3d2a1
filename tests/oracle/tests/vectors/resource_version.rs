//! The order of resourceVersions.

use std::cmp::Ordering;

use kubist::resource::compare_resource_versions;

use crate::{none_wrong, rows};

#[test]
fn versions_are_compared() {
    let mut wrong = Vec::new();
    for (left, right, order) in rows::<(String, String, Option<i8>)>("resource_version", "pairs") {
        let found = compare_resource_versions(&left, &right);
        // A difference that is meant: versions that are no numbers are equal to themselves.
        if order.is_none() && left == right {
            assert_eq!(found, Some(Ordering::Equal));
            continue;
        }
        if found.map(|found| found as i8) != order {
            wrong.push(format!("{left:?} {right:?}: {found:?}, expected {order:?}"));
        }
    }
    none_wrong(&wrong);
}
