//! Pure: IP addresses and CIDRs, as strictly as the API server takes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;

const IP: &str = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const CIDR: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/// An address that may have zeros in front of its numbers.
fn sloppy(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let parts: Vec<u8> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let parts: [u8; 4] = parts.try_into().ok()?;
    Some(Ipv4Addr::from(parts).into())
}

fn is_mapped(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}

/// Whether a text is an address at all.
pub(super) fn is_ip(text: &str) -> bool {
    sloppy(text).is_some()
}

pub(super) fn is_ipv6(text: &str) -> bool {
    matches!(text.parse(), Ok(IpAddr::V6(_)))
}

/// A text must be an address.
pub(super) fn address(at: &At<'_>, errors: &mut Errors) {
    let Some(found) = sloppy(at.text()) else {
        return errors.invalid_text(at, IP);
    };
    if at.text().parse::<IpAddr>().is_err() {
        errors.invalid_text(at, "must not have leading 0s");
    } else if is_mapped(found) {
        errors.invalid_text(at, "must not be an IPv4-mapped IPv6 address");
    }
}

/// A warning about an address that is not written in the canonical way.
pub(super) fn advice(at: &At<'_>) -> Option<String> {
    let IpAddr::V6(found) = at.text().parse().ok()? else {
        return None;
    };
    let (path, text) = (&at.path, at.text());
    (found.to_string() != text).then(|| {
        format!("{path}: IPv6 address \"{text}\" should be in RFC 5952 canonical format (\"{found}\")")
    })
}

/// Like [`address`], and written in the one canonical way.
pub(super) fn canonical_address(at: &At<'_>, errors: &mut Errors) {
    let before = errors.len();
    address(at, errors);
    if errors.len() == before
        && let Ok(found) = at.text().parse::<IpAddr>()
        && found.to_string() != at.text()
    {
        errors.invalid_text(at, format!("must be in canonical form (\"{found}\")"));
    }
}

/// An address and the length of its prefix.
#[derive(Clone, Copy, Debug)]
pub(super) struct Network {
    address: IpAddr,
    length: u32,
}

impl Network {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let address = sloppy(address)?;
        let length: u32 = length.bytes().all(|byte| byte.is_ascii_digit()).then(|| length.parse().ok())??;
        (length <= Self::bits(address)).then_some(Self { address, length })
    }

    fn bits(address: IpAddr) -> u32 {
        if address.is_ipv4() { 32 } else { 128 }
    }

    fn masked(address: IpAddr, length: u32) -> IpAddr {
        match address {
            IpAddr::V4(v4) => {
                let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
                Ipv4Addr::from_bits(v4.to_bits() & mask).into()
            }
            IpAddr::V6(v6) => {
                let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
                Ipv6Addr::from_bits(v6.to_bits() & mask).into()
            }
        }
    }

    /// Whether `other` lies in this network and is smaller.
    pub(super) fn strictly_contains(self, other: Self) -> bool {
        self.address.is_ipv4() == other.address.is_ipv4()
            && self.length < other.length
            && Self::masked(self.address, self.length) == Self::masked(other.address, self.length)
    }
}

/// A text must be a CIDR.
pub(super) fn cidr(at: &At<'_>, errors: &mut Errors) {
    let Some(network) = Network::parse(at.text()) else {
        return errors.invalid_text(at, CIDR);
    };
    let (address, length) = at.text().split_once('/').unwrap_or_default();
    if address.parse::<IpAddr>().is_err() || (length.len() > 1 && length.starts_with('0')) {
        errors.invalid_text(at, "must not have leading 0s in IP or prefix length");
    } else if is_mapped(network.address) {
        errors.invalid_text(at, "must not have an IPv4-mapped IPv6 address");
    } else if Network::masked(network.address, network.length) != network.address {
        errors.invalid_text(at, "must not have bits set beyond the prefix length");
    }
}

/// An address must be one that others can reach.
pub(super) fn endpoint(at: &At<'_>, errors: &mut Errors) {
    let Some(address) = sloppy(at.text()) else {
        return errors.invalid_text(at, "must be a valid IP address");
    };
    let (link_local, local_multicast) = match address {
        IpAddr::V4(v4) => (v4.is_link_local(), v4.octets()[..3] == [224, 0, 0]),
        IpAddr::V6(v6) => (v6.is_unicast_link_local(), v6.segments()[0] & 0xff0f == 0xff02),
    };
    if address.is_unspecified() {
        errors.invalid_text(at, format!("may not be unspecified ({})", at.text()));
    }
    if address.is_loopback() {
        errors.invalid_text(at, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if link_local {
        errors.invalid_text(at, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if local_multicast {
        errors.invalid_text(at, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(text: &str, judge: fn(&At<'_>, &mut Errors)) -> Vec<String> {
        let (value, mut errors) = (json!(text), Errors::default());
        judge(&At::new("f", &value), &mut errors);
        errors.into_vec().into_iter().map(|error| error.detail).collect()
    }

    #[test]
    fn addresses_are_taken_strictly() {
        assert!(judged("10.0.0.1", address).is_empty() && judged("2001:DB8::1", address).is_empty());
        assert_eq!(judged("10.0.0.01", address), ["must not have leading 0s"]);
        assert_eq!(judged("::ffff:1.2.3.4", address), ["must not be an IPv4-mapped IPv6 address"]);
        assert_eq!(judged("10.0.0", address), [IP]);
        assert_eq!(judged("2001:DB8::1", canonical_address), ["must be in canonical form (\"2001:db8::1\")"]);
        assert_eq!(judged("127.0.0.1", endpoint).len(), 1);
    }

    #[test]
    fn networks_hold_smaller_ones() {
        let network = |text| Network::parse(text).unwrap();
        assert!(network("10.0.0.0/8").strictly_contains(network("10.1.0.0/16")));
        assert!(!network("10.0.0.0/8").strictly_contains(network("10.0.0.0/8")));
        assert!(network("::/0").strictly_contains(network("::1/128")));
        assert!(judged("0.0.0.0/0", cidr).is_empty());
        assert_eq!(judged("10.0.0.1/8", cidr), ["must not have bits set beyond the prefix length"]);
        assert_eq!(judged("10.0.0.0/33", cidr), [CIDR]);
    }
}
