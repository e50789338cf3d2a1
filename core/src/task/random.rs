//! A small source of random numbers for jitter. Not for secrets.

use std::hash::{BuildHasher, RandomState};

/// An xorshift generator: the same seed gives the same numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// A generator with a seed of the process's own choice.
    pub(crate) fn new() -> Self {
        Self::seeded(RandomState::new().hash_one(0_u8))
    }

    /// A generator that repeats itself.
    pub(crate) fn seeded(seed: u64) -> Self {
        // Zero is the one state that xorshift never leaves.
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number in `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        // 53 bits: what an f64 holds exactly.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fill_the_unit_interval_and_repeat_with_their_seed() {
        for seed in [0, 1, u64::MAX] {
            let mut random = Random::seeded(seed);
            let numbers: Vec<f64> = (0..1000).map(|_| random.unit()).collect();
            assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
            let mean = numbers.iter().sum::<f64>() / 1000.0;
            assert!((0.45..0.55).contains(&mean), "seed {seed}: mean {mean}");
            let mut again = Random::seeded(seed);
            assert!(numbers.iter().all(|number| *number == again.unit()));
        }
    }
}
