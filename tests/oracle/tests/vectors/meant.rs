//! The differences that are meant: each stands in README.md, and must be met by a row of its table.

use std::cell::RefCell;
use std::collections::BTreeMap;

const README: &str = include_str!("../../README.md");

/// The differences of one table, and how many rows have met each.
pub(crate) struct Meant {
    table: &'static str,
    met: RefCell<BTreeMap<&'static str, usize>>,
}

impl Meant {
    /// The differences of a table: the words of the second column of README.md.
    pub(crate) fn new(table: &'static str, differences: &[&'static str]) -> Self {
        for difference in differences {
            let row = format!("| `{table}` | {difference} |");
            assert!(README.lines().any(|line| line.starts_with(&row)), "README.md has no row {row}");
        }
        Self { table, met: RefCell::new(differences.iter().map(|difference| (*difference, 0)).collect()) }
    }

    /// A row differs in this way.
    pub(crate) fn met(&self, difference: &str) {
        *self.met.borrow_mut().get_mut(difference).unwrap_or_else(|| panic!("{difference} is not listed")) +=
            1;
    }

    /// Fails when a difference is there no more.
    pub(crate) fn all_met(&self) {
        for (difference, rows) in &*self.met.borrow() {
            assert!(*rows > 0, "{}: {difference}: nothing differs so any more", self.table);
        }
    }
}
