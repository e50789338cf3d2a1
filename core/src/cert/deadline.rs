//! Pure: when a certificate is valid, and when to renew it.

use k8s_openapi::jiff::Timestamp;

use crate::cert::pem;
use crate::error::Result;

/// From when to when a certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validity {
    /// The first second.
    pub not_before: Timestamp,
    /// The last second.
    pub not_after: Timestamp,
}

impl Validity {
    /// That of the first certificate in a text in PEM.
    ///
    /// # Errors
    ///
    /// When there is no certificate in it, or it is broken.
    pub fn of_pem(pem: &str) -> Result<Self> {
        Self::of_der(&pem::first(pem)?)
    }

    pub(super) fn of_der(der: &[u8]) -> Result<Self> {
        let validity = pem::parse(der)?.validity().clone();
        let at = |second: i64| {
            let limits = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
            Timestamp::from_second(second.clamp(limits.0, limits.1)).unwrap_or_default()
        };
        let (not_before, not_after) = (validity.not_before.timestamp(), validity.not_after.timestamp());
        Ok(Self { not_before: at(not_before), not_after: at(not_after) })
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now > self.not_after
    }
}

/// When to renew a certificate: after 70 to 90 % of its time, so that many that were made together are not renewed
/// together. `random` is in `[0, 1)`. These are the rules of client-go's certificate manager.
#[must_use]
pub fn renewal_at(validity: Validity, random: f64) -> Timestamp {
    let from = validity.not_before.as_second();
    let total = validity.not_after.as_second().saturating_sub(from).max(0) as f64;
    let share = (total * (0.7 + 0.2 * random)).round() as i64;
    Timestamp::from_second(from.saturating_add(share)).unwrap_or(validity.not_after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_certificate_is_renewed_after_70_to_90_percent_of_its_time() {
        let validity = Validity { not_before: at(1000), not_after: at(2000) };
        assert_eq!(renewal_at(validity, 0.0), at(1700));
        assert_eq!(renewal_at(validity, 0.5), at(1800));
        assert!((at(1898)..=at(1900)).contains(&renewal_at(validity, 0.9999)));
        assert!(!validity.is_over(at(2000)) && validity.is_over(at(2001)));
        let backwards = Validity { not_before: at(2000), not_after: at(1000) };
        assert_eq!(renewal_at(backwards, 0.5), at(2000));
    }

    #[test]
    fn the_time_of_a_certificate_is_read() {
        let mut params = rcgen::CertificateParams::new(["a".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2060, 1, 1);
        let pem = params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem();
        let validity = Validity::of_pem(&pem).unwrap();
        assert_eq!(validity.not_before.to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(validity.not_after.to_string(), "2060-01-01T00:00:00Z");
        assert!(Validity::of_pem("").is_err());
    }
}
