//! Pure: decimal numbers of any size, exact.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Neg;

/// Digits and a power of ten.
#[derive(Clone, Debug, Default)]
pub(super) struct Decimal {
    negative: bool,
    /// Between 0 and 9, the most significant first, which is not zero; none for zero.
    digits: Vec<u8>,
    exponent: i32,
}

fn trimmed(mut digits: Vec<u8>) -> Vec<u8> {
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    digits
}

impl Decimal {
    pub(super) fn new(value: i64, exponent: i32) -> Self {
        Self::from_digits(value < 0, &value.unsigned_abs().to_string(), exponent)
    }

    /// A number out of ASCII digits.
    pub(super) fn from_digits(negative: bool, text: &str, exponent: i32) -> Self {
        Self { negative, digits: trimmed(text.bytes().map(|byte| byte - b'0').collect()), exponent }
    }

    pub(super) fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    pub(super) fn exponent(&self) -> i32 {
        self.exponent
    }

    /// The power of ten of the digit above the first one.
    fn magnitude(&self) -> i64 {
        self.digits.len() as i64 + i64::from(self.exponent)
    }

    pub(super) fn compare_magnitude(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self
                .magnitude()
                .cmp(&other.magnitude())
                .then_with(|| self.significant().cmp(other.significant())),
        }
    }

    /// The digits without zeros at the end.
    pub(super) fn significant(&self) -> &[u8] {
        let end = self.digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
        &self.digits[..end]
    }

    /// The power of ten that [`significant`](Self::significant) is multiplied with.
    pub(super) fn significant_exponent(&self) -> i32 {
        self.exponent + (self.digits.len() - self.significant().len()) as i32
    }

    pub(super) fn multiply(&mut self, factor: u64) {
        let mut carry = 0_u128;
        for digit in self.digits.iter_mut().rev() {
            let value = u128::from(*digit) * u128::from(factor) + carry;
            *digit = (value % 10) as u8;
            carry = value / 10;
        }
        let mut front = Vec::new();
        while carry > 0 {
            front.push((carry % 10) as u8);
            carry /= 10;
        }
        self.digits.splice(0..0, front.into_iter().rev());
        self.digits = trimmed(std::mem::take(&mut self.digits));
    }

    pub(super) fn times(&self, factor: i64) -> Self {
        let mut product = self.clone();
        product.multiply(factor.unsigned_abs());
        product.negative ^= factor < 0;
        product
    }

    /// A whole number divided by a small one, if nothing is left over.
    pub(super) fn divided(&self, divisor: u32) -> Option<Self> {
        let mut rest = 0;
        let mut quotient = Vec::with_capacity(self.digits.len());
        for digit in &self.digits {
            let value = rest * 10 + u32::from(*digit);
            quotient.push((value / divisor) as u8);
            rest = value % divisor;
        }
        (rest == 0 && self.exponent == 0).then(|| Self { digits: trimmed(quotient), ..*self })
    }

    /// The same number with at least this small a power of ten.
    fn spread(&self, exponent: i32) -> Vec<u8> {
        let zeros = self.exponent.saturating_sub(exponent);
        let mut digits = self.digits.clone();
        digits.resize(digits.len() + usize::try_from(zeros).unwrap_or(0), 0);
        digits
    }

    /// Leaves nothing below a power of ten: what is cut off makes the magnitude larger, not smaller. Says whether
    /// nothing was cut off.
    pub(super) fn round_up(&mut self, exponent: i32) -> bool {
        let Some(cut) =
            usize::try_from(i64::from(exponent) - i64::from(self.exponent)).ok().filter(|cut| *cut > 0)
        else {
            return true;
        };
        let rest = self.digits.split_off(self.digits.len().saturating_sub(cut));
        self.exponent = exponent;
        let exact = rest.iter().all(|digit| *digit == 0);
        if !exact {
            self.increment();
        }
        exact
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
    }

    /// The sum; and whether both, put to one power of ten, and the sum are of 64 bits.
    pub(super) fn plus(&self, other: &Self) -> (Self, bool) {
        if other.digits.is_empty() {
            return (self.clone(), true);
        }
        if self.digits.is_empty() {
            return (other.clone(), true);
        }
        let exponent = self.exponent.min(other.exponent);
        let put = |it: &Self| Self { negative: it.negative, digits: it.spread(exponent), exponent };
        let (a, b) = (put(self), put(other));
        let sum = if a.negative == b.negative {
            Self { negative: a.negative, digits: added(&a.digits, &b.digits), exponent }
        } else if a.compare_magnitude(&b).is_ge() {
            Self { negative: a.negative, digits: subtracted(&a.digits, &b.digits), exponent }
        } else {
            Self { negative: b.negative, digits: subtracted(&b.digits, &a.digits), exponent }
        };
        let fits = a.fits_i64() && b.fits_i64() && sum.fits_i64();
        (sum, fits)
    }

    fn digits_integer(&self) -> Option<i128> {
        let mut value = 0_i128;
        for digit in &self.digits {
            value = value.checked_mul(10)?.checked_add(i128::from(*digit))?;
        }
        Some(if self.negative { -value } else { value })
    }

    /// Whether its digits, without the power of ten, are a number of 64 bits.
    pub(super) fn fits_i64(&self) -> bool {
        self.digits_integer().is_some_and(|value| i64::try_from(value).is_ok())
    }

    /// How many times a power of ten it is, if that is a whole number of 64 bits.
    pub(super) fn whole(&self, exponent: i32) -> Option<i64> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let significant = Self { digits: self.significant().to_vec(), ..*self };
        let zeros = u32::try_from(self.significant_exponent() - exponent).ok()?;
        let value = significant.digits_integer()?.checked_mul(10_i128.checked_pow(zeros)?)?;
        i64::try_from(value).ok()
    }

    /// How many times a power of ten it is; the largest number that there is where that is too many.
    pub(super) fn integer(&self, exponent: i32) -> i128 {
        let spread = Self { digits: self.spread(exponent), ..*self };
        let largest = if self.negative { -i128::MAX } else { i128::MAX };
        if self.digits.is_empty() { 0 } else { spread.digits_integer().unwrap_or(largest) }
    }

    pub(super) fn approximate(&self) -> f64 {
        let text = |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
        let base: f64 = format!("0{}", text(&self.digits)).parse().unwrap_or(f64::INFINITY);
        let power: f64 = format!("1e{}", self.exponent).parse().unwrap_or(f64::INFINITY);
        let value = if base == 0.0 { 0.0 } else { base * power };
        if self.negative { -value } else { value }
    }
}

fn added(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut digits = Vec::with_capacity(a.len().max(b.len()) + 1);
    let (mut a, mut b, mut carry) = (a.iter().rev(), b.iter().rev(), 0);
    loop {
        let (left, right) = (a.next(), b.next());
        if left.is_none() && right.is_none() && carry == 0 {
            digits.reverse();
            return digits;
        }
        let value = left.unwrap_or(&0) + right.unwrap_or(&0) + carry;
        digits.push(value % 10);
        carry = value / 10;
    }
}

/// The difference of a number and one that is not larger.
fn subtracted(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut digits = Vec::with_capacity(a.len());
    let (mut b, mut borrow) = (b.iter().rev(), 0);
    for digit in a.iter().rev() {
        let take = b.next().unwrap_or(&0) + borrow;
        borrow = u8::from(*digit < take);
        digits.push(digit + 10 * borrow - take);
    }
    digits.reverse();
    trimmed(digits)
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(mut self) -> Self {
        self.negative = !self.negative;
        self
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| {
            let order = self.compare_magnitude(other);
            if self.negative { order.reverse() } else { order }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sign().hash(state);
        if !self.digits.is_empty() {
            self.magnitude().hash(state);
        }
        self.significant().hash(state);
    }
}
