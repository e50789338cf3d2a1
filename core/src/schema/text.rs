//! Pure: text in constant evaluation, for errors at compile time.

/// A message that is put together while the compiler runs; what does not fit is cut.
pub(crate) struct Message {
    bytes: [u8; Self::CAPACITY],
    len: usize,
}

impl Message {
    const CAPACITY: usize = 400;

    pub(crate) const fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], len: 0 }
    }

    pub(crate) const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.len < Self::CAPACITY {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Pushes `` `text` ``.
    pub(crate) const fn quote(self, text: &str) -> Self {
        self.push("`").push(text).push("`")
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "(a message cut within a character)",
        }
    }
}

pub(crate) const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Names longer than this are never suggested; it bounds the work of the compiler.
const LENGTH_MAX: usize = 48;

/// How many single-letter edits lead from one name to the other, letter case and `_` aside.
pub(crate) const fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > LENGTH_MAX || b.len() > LENGTH_MAX {
        return usize::MAX;
    }
    let mut previous = [0; LENGTH_MAX + 1];
    let mut column = 0;
    while column <= b.len() {
        previous[column] = column;
        column += 1;
    }
    let mut row = 1;
    while row <= a.len() {
        let mut current = [0; LENGTH_MAX + 1];
        current[0] = row;
        let mut column = 1;
        while column <= b.len() {
            let same = a[row - 1].eq_ignore_ascii_case(&b[column - 1]);
            let replace = previous[column - 1] + if same { 0 } else { 1 };
            let insert = current[column - 1] + 1;
            let remove = previous[column] + 1;
            current[column] = least(replace, least(insert, remove));
            column += 1;
        }
        previous = current;
        row += 1;
    }
    previous[b.len()]
}

const fn least(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_single_letter_edits() {
        assert_eq!(distance("replicas", "replicas"), 0);
        assert_eq!(distance("replcas", "replicas"), 1);
        assert_eq!(distance("Replicas", "replicas"), 0);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn a_message_that_is_too_long_is_cut_and_stays_text() {
        let mut message = Message::new();
        for _ in 0..100 {
            message = message.push("abcdefgh");
        }
        assert_eq!(message.as_str().len(), Message::CAPACITY);
    }
}
