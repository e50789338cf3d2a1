//! Pure: the difference of two texts as hunks of changed lines.

use std::collections::HashMap;

/// Unchanged lines that are shown around changed ones.
const CONTEXT: usize = 3;
/// In texts of so many lines, those that come often do not start a match.
const LONG: usize = 200;

/// Lines that both texts have: where they begin, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    old: usize,
    new: usize,
    size: usize,
}

/// A stretch of both texts, equal or not.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    is_equal: bool,
    old: (usize, usize),
    new: (usize, usize),
}

struct Matcher<'a> {
    old: &'a [String],
    new: &'a [String],
    places: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Matcher<'a> {
    fn new(old: &'a [String], new: &'a [String]) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, line) in new.iter().enumerate() {
            places.entry(line).or_default().push(index);
        }
        if new.len() >= LONG {
            places.retain(|_, indices| indices.len() <= new.len() / 100 + 1);
        }
        Self { old, new, places }
    }

    /// The longest match within both ranges; the first of several.
    fn longest(&self, old: (usize, usize), new: (usize, usize)) -> Match {
        let mut best = Match { old: old.0, new: new.0, size: 0 };
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for i in old.0..old.1 {
            let mut next = HashMap::new();
            for j in self.places.get(self.old[i].as_str()).into_iter().flatten().copied() {
                if j < new.0 || j >= new.1 {
                    continue;
                }
                let size = 1 + j.checked_sub(1).and_then(|j| lengths.get(&j)).copied().unwrap_or(0);
                next.insert(j, size);
                if size > best.size {
                    best = Match { old: i + 1 - size, new: j + 1 - size, size };
                }
            }
            lengths = next;
        }
        while best.old > old.0 && best.new > new.0 && self.old[best.old - 1] == self.new[best.new - 1] {
            best = Match { old: best.old - 1, new: best.new - 1, size: best.size + 1 };
        }
        while best.old + best.size < old.1
            && best.new + best.size < new.1
            && self.old[best.old + best.size] == self.new[best.new + best.size]
        {
            best.size += 1;
        }
        best
    }

    fn matches(&self, old: (usize, usize), new: (usize, usize), found: &mut Vec<Match>) {
        let best = self.longest(old, new);
        if best.size == 0 {
            return;
        }
        if old.0 < best.old && new.0 < best.new {
            self.matches((old.0, best.old), (new.0, best.new), found);
        }
        match found.last_mut() {
            Some(last) if last.old + last.size == best.old && last.new + last.size == best.new => {
                last.size += best.size;
            }
            _ => found.push(best),
        }
        let after = (best.old + best.size, best.new + best.size);
        if after.0 < old.1 && after.1 < new.1 {
            self.matches((after.0, old.1), (after.1, new.1), found);
        }
    }

    /// Both texts as stretches, equal and unequal ones in turns.
    fn stretches(&self) -> Vec<Stretch> {
        let mut found = Vec::new();
        let end = (self.old.len(), self.new.len());
        self.matches((0, end.0), (0, end.1), &mut found);
        found.push(Match { old: end.0, new: end.1, size: 0 });
        let mut at = (0, 0);
        let mut stretches = Vec::new();
        for next in found {
            if at.0 < next.old || at.1 < next.new {
                let (old, new) = ((at.0, next.old), (at.1, next.new));
                stretches.push(Stretch { is_equal: false, old, new });
            }
            at = (next.old + next.size, next.new + next.size);
            if next.size > 0 {
                let (old, new) = ((next.old, at.0), (next.new, at.1));
                stretches.push(Stretch { is_equal: true, old, new });
            }
        }
        stretches
    }
}

/// Stretches that are shown together: long equal ones end a group.
fn groups(mut stretches: Vec<Stretch>) -> Vec<Vec<Stretch>> {
    if let Some(first) = stretches.first_mut().filter(|first| first.is_equal) {
        first.old.0 = first.old.0.max(first.old.1.saturating_sub(CONTEXT));
        first.new.0 = first.new.0.max(first.new.1.saturating_sub(CONTEXT));
    }
    if let Some(last) = stretches.last_mut().filter(|last| last.is_equal) {
        last.old.1 = last.old.1.min(last.old.0 + CONTEXT);
        last.new.1 = last.new.1.min(last.new.0 + CONTEXT);
    }
    let mut groups = vec![Vec::new()];
    for stretch in stretches {
        let mut rest = stretch;
        if stretch.is_equal && stretch.old.1 - stretch.old.0 > 2 * CONTEXT {
            let head = Stretch {
                old: (stretch.old.0, stretch.old.0 + CONTEXT),
                new: (stretch.new.0, stretch.new.0 + CONTEXT),
                ..stretch
            };
            if let Some(group) = groups.last_mut() {
                group.push(head);
            }
            groups.push(Vec::new());
            rest.old.0 = stretch.old.1 - CONTEXT;
            rest.new.0 = stretch.new.1 - CONTEXT;
        }
        if let Some(group) = groups.last_mut() {
            group.push(rest);
        }
    }
    groups.retain(|group| group.iter().any(|stretch| !stretch.is_equal));
    groups
}

fn range(from: usize, to: usize) -> String {
    match to - from {
        1 => format!("{}", from + 1),
        0 => format!("{from},0"),
        length => format!("{},{length}", from + 1),
    }
}

/// The hunks of lines that differ, each line ended; empty when nothing differs.
pub(super) fn unified(old: &[String], new: &[String]) -> String {
    let mut text = String::new();
    for group in groups(Matcher::new(old, new).stretches()) {
        let (first, last) = (group[0], group[group.len() - 1]);
        let ranges = (range(first.old.0, last.old.1), range(first.new.0, last.new.1));
        text.push_str(&format!("@@ -{} +{} @@\n", ranges.0, ranges.1));
        for stretch in group {
            let (was, is) = (&old[stretch.old.0..stretch.old.1], &new[stretch.new.0..stretch.new.1]);
            let mut lines = |sign: &str, lines: &[String]| {
                lines.iter().for_each(|line| text.push_str(&format!("{sign}{line}\n")));
            };
            if stretch.is_equal {
                lines(" ", was);
            } else {
                lines("-", was);
                lines("+", is);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn changed_lines_stand_between_three_unchanged_ones() {
        let old = lines("a b c d e f g h i j k l m n o p");
        let mut new = old.clone();
        new[4] = "E".to_owned();
        new.remove(14);
        assert_eq!(
            unified(&old, &new),
            "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n@@ -12,5 +12,4 @@\n l\n m\n n\n-o\n p\n"
        );
        assert_eq!(unified(&old, &old), "");
        assert_eq!(unified(&lines("a"), &lines("b")), "@@ -1 +1 @@\n-a\n+b\n");
    }

    #[test]
    fn lines_that_come_often_start_no_match_in_long_texts() {
        let old: Vec<String> = (0..300).map(|index| format!("{}", index % 10)).collect();
        let matcher = Matcher::new(&old, &old);
        assert!(matcher.places.is_empty());
        assert_eq!(matcher.longest((0, 300), (0, 300)).size, 300);
    }
}
