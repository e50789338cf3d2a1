//! Pure: the name that was probably meant.

/// The nearest of the names, if one is near enough to be what was meant.
pub(super) fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let best = names.into_iter().map(|name| (distance(written, name), name)).min()?;
    (best.0 <= written.len() / 3 && best.0 > 0).then_some(best.1)
}

/// How many single-letter edits lead from one name to the other, letter case aside.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.bytes().enumerate() {
        let mut current = vec![row + 1];
        for (column, y) in b.bytes().enumerate() {
            let replace = previous[column] + usize::from(x != y);
            current.push(replace.min(previous[column + 1] + 1).min(current[column] + 1));
        }
        previous = current;
    }
    // Only the letter case differs: as near as can be, but not the same.
    previous.last().copied().unwrap_or_default().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_leads_to_the_right_one() {
        assert_eq!(nearest("matchs", ["size", "matches", "max"]), Some("matches"));
        assert_eq!(nearest("Startswith", ["startsWith"]), Some("startsWith"));
        assert_eq!(nearest("zz", ["size", "matches"]), None);
    }
}
