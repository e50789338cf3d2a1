//! Pure: until when a certificate is good (RFC 5280, section 4.1).

use std::time::{Duration, SystemTime};

use k8s_openapi::jiff::civil::DateTime;
use k8s_openapi::jiff::tz::TimeZone;

const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
/// The number of the version, which may be left out.
const VERSION: u8 = 0xa0;

/// When this certificate ends; `None` if it is no certificate.
pub(crate) fn not_after(certificate: &[u8]) -> Option<SystemTime> {
    let (signed, _) = element(certificate, SEQUENCE)?;
    let (mut fields, _) = element(signed, SEQUENCE)?;
    if let Some((_, rest)) = element(fields, VERSION) {
        fields = rest;
    }
    // The serial number, the algorithm and the issuer come before it.
    for tag in [INTEGER, SEQUENCE, SEQUENCE] {
        fields = element(fields, tag)?.1;
    }
    let (validity, _) = element(fields, SEQUENCE)?;
    let (_, rest) = time(validity)?;
    time(rest).map(|(end, _)| end)
}

/// An element with this tag: what is in it, and what comes after it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (head, rest) = bytes.split_at_checked(2)?;
    if head[0] != tag {
        return None;
    }
    let length = usize::from(head[1]);
    if length < 0x80 {
        return rest.split_at_checked(length);
    }
    let (digits, rest) = rest.split_at_checked(length - 0x80)?;
    if digits.len() > 4 {
        return None;
    }
    let length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
    rest.split_at_checked(length)
}

fn time(bytes: &[u8]) -> Option<(SystemTime, &[u8])> {
    let ((text, rest), short) = match element(bytes, UTC_TIME) {
        Some(found) => (found, true),
        None => (element(bytes, GENERALIZED_TIME)?, false),
    };
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (year, text) = text.split_at_checked(if short { 2 } else { 4 })?;
    let year: i16 = number(year)?;
    let year = match short {
        true if year < 50 => 2000 + year,
        true => 1900 + year,
        false => year,
    };
    let part = |at: usize| text.get(at..at + 2).and_then(number::<i8>);
    if text.len() != 10 {
        return None;
    }
    let civil = DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?, 0).ok()?;
    let seconds = TimeZone::UTC.to_timestamp(civil).ok()?.as_second();
    let since = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    Some((SystemTime::UNIX_EPOCH + since, rest))
}

fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    fn certificate(year: i32) -> Vec<u8> {
        let mut params = CertificateParams::new(["me".to_owned()]).unwrap();
        (params.not_before, params.not_after) = (date_time_ymd(1975, 1, 1), date_time_ymd(year, 2, 3));
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn the_end_of_a_certificate_is_found_in_both_forms() {
        for (year, seconds) in [(1999, 918_000_000), (2031, 1_927_843_200), (2099, 4_073_760_000)] {
            let end = not_after(&certificate(year)).unwrap();
            let end = end.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
            assert_eq!(end, seconds, "{year}");
        }
    }

    #[test]
    fn what_is_no_certificate_has_no_end() {
        let good = certificate(2031);
        for length in 0..good.len() - 1 {
            assert_eq!(not_after(&good[..length]), None);
        }
        assert_eq!(not_after(b"-----BEGIN CERTIFICATE-----"), None);
        assert_eq!(not_after(&[0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1]), None);
    }
}
