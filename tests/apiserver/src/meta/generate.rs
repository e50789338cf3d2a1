//! Pure: what the server makes up: UIDs and the ends of generated names.

use std::hash::{BuildHasher, Hasher, RandomState};

/// The most of a `generateName` that goes into a name: with its suffix it is a DNS label.
const BASE_LIMIT: usize = 58;

fn random() -> u64 {
    // The keys of a RandomState are random; hashing nothing with them gives a random number.
    RandomState::new().build_hasher().finish()
}

/// A random number below `limit`.
pub(crate) fn below(limit: usize) -> usize {
    usize::try_from(random() % limit.max(1) as u64).unwrap_or(0)
}

/// A key that no other server has.
pub(crate) fn secret() -> Vec<u8> {
    (0..4).flat_map(|_| random().to_le_bytes()).collect()
}

/// A random UUID, version 4.
pub(crate) fn new_uid() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

/// A name that begins with `base` and ends in five random letters.
pub(crate) fn name(base: &str) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let cut =
        base.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= BASE_LIMIT).last();
    let mut name = base[..cut.unwrap_or(0)].to_owned();
    let mut number = random();
    for _ in 0..5 {
        let letter = LETTERS[(number % LETTERS.len() as u64) as usize];
        number /= LETTERS.len() as u64;
        name.push(char::from(letter));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_are_version_four_and_differ() {
        let uid = new_uid();
        assert!(kubist_structural::formats::matches("uuid4", &uid), "{uid}");
        assert_ne!(uid, new_uid());
    }

    #[test]
    fn generated_names_keep_their_beginning_and_are_labels() {
        let generated = name("web-");
        assert!(generated.starts_with("web-") && generated.len() == 9, "{generated}");
        let long = name(&"a".repeat(100));
        assert_eq!(long.len(), 63);
        assert!(kubist_structural::names::label(&long).is_empty());
    }
}
