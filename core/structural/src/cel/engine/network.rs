//! Pure: the libraries of Kubernetes: addresses, URLs, quantities, versions, named formats.

use std::net::IpAddr;
use std::sync::Arc;

use super::named_format::named;
use super::semver::Semver;
use super::url::Url;
use super::value::{Failure, Outcome, Value};
use crate::field_error::quote;
use crate::quantity::{Format, Quantity};

pub(super) fn call<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    address(function, args)
        .or_else(|| network(function, args))
        .or_else(|| url(function, args))
        .or_else(|| quantity(function, args))
        .or_else(|| version(function, args))
        .or_else(|| format(function, args))
}

/// An address in its strict form: no zone, and no IPv4 in the clothes of IPv6.
fn parse_address(text: &str) -> Result<IpAddr, String> {
    if text.contains('%') {
        return Err(format!("IP address {} with zone value is not allowed", quote(text)));
    }
    let address: IpAddr = text.parse().map_err(|_| {
        let quoted = quote(text);
        let why = format!("ParseAddr({quoted}): unable to parse IP");
        format!("IP Address {quoted} parse error during conversion from string: {why}")
    })?;
    match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some() => {
            Err(format!("IPv4-mapped IPv6 address {} is not allowed", quote(text)))
        }
        address => Ok(address),
    }
}

fn parse_network(text: &str) -> Result<(IpAddr, u8), String> {
    let wrong = |why: &str| {
        format!(
            "network address parse error during conversion from string: netip.ParsePrefix({}): {why}",
            quote(text)
        )
    };
    let (address, bits) = text.rsplit_once('/').ok_or_else(|| wrong("no '/'"))?;
    if address.contains('%') {
        return Err(wrong("IPv6 zones cannot be present in a prefix"));
    }
    let address: IpAddr =
        address.parse().map_err(|_| wrong(&format!("ParseAddr({}): unable to parse IP", quote(address))))?;
    let digits = !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (bits.len() > 1 && bits.starts_with('0')) {
        return Err(wrong(&format!("bad bits after slash: {}", quote(bits))));
    }
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.parse().ok().filter(|bits| *bits <= most);
    let bits = bits.ok_or_else(|| wrong("prefix length out of range"))?;
    match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some() => {
            Err(format!("IPv4-mapped IPv6 address {} is not allowed", quote(text)))
        }
        address => Ok((address, bits)),
    }
}

fn ip_of(text: &str) -> Result<IpAddr, Failure> {
    parse_address(text).map_err(Failure::new)
}

fn network_of(text: &str) -> Result<(IpAddr, u8), Failure> {
    parse_network(text).map_err(|why| {
        Failure::new(format!("network address parse error during conversion from string: {why}"))
    })
}

fn address<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("ip", [Value::String(text)]) => ip_of(text).map(Value::Ip),
        ("isIP", [Value::String(text)]) => Ok(Value::Bool(parse_address(text).is_ok())),
        ("ip.isCanonical", [Value::String(text)]) => {
            ip_of(text).map(|address| Value::Bool(address.to_string() == text.as_ref()))
        }
        (function, [Value::Ip(address)]) => Ok(match function {
            "family" => Value::Int(if address.is_ipv4() { 4 } else { 6 }),
            "isUnspecified" => Value::Bool(address.is_unspecified()),
            "isLoopback" => Value::Bool(address.is_loopback()),
            "isLinkLocalMulticast" => Value::Bool(match address {
                IpAddr::V4(v4) => v4.octets()[..3] == [224, 0, 0],
                IpAddr::V6(v6) => v6.segments()[0] & 0xff0f == 0xff02,
            }),
            "isLinkLocalUnicast" => Value::Bool(is_link_local(address)),
            "isGlobalUnicast" => Value::Bool(
                !address.is_unspecified()
                    && !address.is_loopback()
                    && !address.is_multicast()
                    && !is_link_local(address)
                    && *address != IpAddr::from([255, 255, 255, 255]),
            ),
            _ => return None,
        }),
        _ => return None,
    })
}

fn is_link_local(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    }
}

/// The address with only its first bits.
fn masked(address: &IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            IpAddr::V4((v4.to_bits() & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            IpAddr::V6((v6.to_bits() & mask).into())
        }
    }
}

fn contains(network: (&IpAddr, u8), address: &IpAddr) -> bool {
    network.0.is_ipv4() == address.is_ipv4() && masked(network.0, network.1) == masked(address, network.1)
}

fn network<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("cidr", [Value::String(text)]) => network_of(text).map(|(address, bits)| Value::Cidr(address, bits)),
        ("isCIDR", [Value::String(text)]) => Ok(Value::Bool(parse_network(text).is_ok())),
        ("ip", [Value::Cidr(address, _)]) => Ok(Value::Ip(*address)),
        ("masked", [Value::Cidr(address, bits)]) => Ok(Value::Cidr(masked(address, *bits), *bits)),
        ("prefixLength", [Value::Cidr(_, bits)]) => Ok(Value::Int(i64::from(*bits))),
        ("containsIP", [Value::Cidr(address, bits), other]) => {
            let other = match other {
                Value::Ip(other) => Ok(*other),
                // The server loses the reason on the way.
                Value::String(text) => parse_address(text).map_err(|_| Failure::no_such_overload()),
                _ => return None,
            };
            other.map(|other| Value::Bool(contains((address, *bits), &other)))
        }
        ("containsCIDR", [Value::Cidr(address, bits), other]) => {
            let other = match other {
                Value::Cidr(other, other_bits) => Ok((*other, *other_bits)),
                Value::String(text) => parse_network(text).map_err(|_| Failure::no_such_overload()),
                _ => return None,
            };
            other.map(|(other, other_bits)| {
                Value::Bool(*bits <= other_bits && contains((address, *bits), &other))
            })
        }
        _ => return None,
    })
}

fn url<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("url", [Value::String(text)]) => match Url::parse(text) {
            Ok(url) => Ok(Value::Url(Arc::new(url))),
            Err(why) => Err(Failure::new(format!("URL parse error during conversion from string: {why}"))),
        },
        ("isURL", [Value::String(text)]) => Ok(Value::Bool(Url::parse(text).is_ok())),
        (function, [Value::Url(url)]) => Ok(match function {
            "getScheme" => Value::text(url.scheme.clone()),
            "getHost" => Value::text(url.host.clone()),
            "getHostname" => Value::text(url.hostname()),
            "getPort" => Value::text(url.port()),
            "getEscapedPath" => Value::text(url.path.clone()),
            "getQuery" => url.query(),
            _ => return None,
        }),
        _ => return None,
    })
}

fn quantity<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("quantity", [Value::String(text)]) => {
            Quantity::parse(text).map(Box::new).map(Value::Quantity).map_err(Failure::new)
        }
        ("isQuantity", [Value::String(text)]) => Ok(Value::Bool(Quantity::parse(text).is_ok())),
        (function, [Value::Quantity(quantity)]) => Ok(match function {
            "sign" => Value::Int(quantity.sign().into()),
            "isInteger" => Value::Bool(quantity.as_int64().is_some()),
            "asInteger" => match quantity.as_int64() {
                Some(int) => Value::Int(int),
                None => return Some(Err(Failure::new("cannot convert value to integer"))),
            },
            "asApproximateFloat" => Value::Double(quantity.approximate()),
            _ => return None,
        }),
        (function, [Value::Quantity(a), b]) => {
            let b = match b {
                Value::Quantity(b) => b.clone(),
                Value::Int(b) => Box::new(Quantity::new(*b, 0, Format::DecimalSi)),
                _ => return None,
            };
            Ok(match function {
                "add" => Value::Quantity(Box::new(&**a + &*b)),
                "sub" => Value::Quantity(Box::new(&**a - &*b)),
                "isGreaterThan" => Value::Bool(a.cmp(&b).is_gt()),
                "isLessThan" => Value::Bool(a.cmp(&b).is_lt()),
                "compareTo" => Value::Int(a.cmp(&b) as i64),
                _ => return None,
            })
        }
        _ => return None,
    })
}

fn version<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    let parse = |text: &str, lax: bool| if lax { Semver::parse_lax(text) } else { Semver::parse(text) };
    Some(match (function, args) {
        ("semver" | "isSemver", [Value::String(text), rest @ ..]) => {
            let lax = match rest {
                [] => false,
                [Value::Bool(lax)] => *lax,
                _ => return None,
            };
            match parse(text, lax) {
                parsed if function == "isSemver" => Ok(Value::Bool(parsed.is_ok())),
                Ok(version) => Ok(Value::Semver(Arc::new(version))),
                Err(why) => Err(Failure::new(why)),
            }
        }
        (function, [Value::Semver(version)]) => {
            let at = ["major", "minor", "patch"].iter().position(|part| *part == function)?;
            Ok(Value::Int(version.numbers[at].cast_signed()))
        }
        (function, [Value::Semver(a), Value::Semver(b)]) => Ok(match function {
            "isGreaterThan" => Value::Bool(a.compare(b).is_gt()),
            "isLessThan" => Value::Bool(a.compare(b).is_lt()),
            "compareTo" => Value::Int(a.compare(b) as i64),
            _ => return None,
        }),
        _ => return None,
    })
}

fn format<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("format.named", [Value::String(name)]) => {
            Ok(named(name).map_or_else(Value::none, |format| Value::some(Value::Format(format))))
        }
        ("validate", [Value::Format(format), Value::String(text)]) => {
            let problems: Vec<Value<'a>> = format.problems(text).into_iter().map(Value::text).collect();
            Ok(if problems.is_empty() { Value::none() } else { Value::some(Value::list(problems)) })
        }
        (function, []) => Ok(Value::Format(named(function.strip_prefix("format.")?)?)),
        _ => return None,
    })
}
