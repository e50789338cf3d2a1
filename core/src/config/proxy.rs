//! Pure: which proxy is between the program and a server, by the variables that say so.
//!
//! As Go's `net/http` reads them: `HTTPS_PROXY` for servers with TLS, `HTTP_PROXY` for plain ones, and `NO_PROXY`;
//! in capitals first, then in small letters. A server on this machine is never behind a proxy.

use std::fmt;
use std::net::IpAddr;

use http::Uri;

use crate::config::environment::Environment;
use crate::config::problem;
use crate::error::Result;
use crate::transport::Proxy;

/// How the proxy is chosen.
#[derive(Clone, Default)]
pub(crate) enum ProxyChoice {
    /// By the variables of the environment.
    #[default]
    Environment,
    /// None, whatever the environment says.
    Direct,
    /// This one, whatever `NO_PROXY` says.
    Fixed(Proxy),
}

impl ProxyChoice {
    /// The proxy on the way to this server.
    pub(crate) fn resolve(&self, server: &Uri, environment: &dyn Environment) -> Result<Option<Proxy>> {
        match self {
            Self::Direct => Ok(None),
            Self::Fixed(proxy) => Ok(Some(proxy.clone())),
            Self::Environment => from_environment(server, environment),
        }
    }
}

/// Without the user and the password.
impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("of the environment"),
            Self::Direct => f.write_str("none"),
            Self::Fixed(proxy) => write!(f, "{proxy}"),
        }
    }
}

fn from_environment(server: &Uri, environment: &dyn Environment) -> Result<Option<Proxy>> {
    let names = if server.scheme_str() == Some("http") {
        ["HTTP_PROXY", "http_proxy"]
    } else {
        ["HTTPS_PROXY", "https_proxy"]
    };
    let Some((name, url)) = first(names, environment)? else {
        return Ok(None);
    };
    // A web server that calls programs by CGI puts the header `Proxy` of a request there.
    if name == "HTTP_PROXY" && environment.var("REQUEST_METHOD").is_some() {
        return Err(problem(
            "HTTP_PROXY is not trusted in a CGI program; unset REQUEST_METHOD if this is none",
        ));
    }
    let no_proxy = first(["NO_PROXY", "no_proxy"], environment)?;
    let default = if server.scheme_str() == Some("http") { 80 } else { 443 };
    let port = server.port_u16().unwrap_or(default);
    let no_proxy = no_proxy.as_ref().map_or("", |(_, list)| list);
    if !is_behind_proxy(server.host().unwrap_or_default(), port, no_proxy) {
        return Ok(None);
    }
    let with_scheme = if url.contains("://") { url } else { format!("http://{url}") };
    Proxy::parse(&with_scheme).map(Some).map_err(|error| error.during(format!("variable {name}")))
}

fn first(names: [&'static str; 2], environment: &dyn Environment) -> Result<Option<(&'static str, String)>> {
    for name in names {
        if let Some(value) = environment.var(name) {
            let value = value.into_string().map_err(|_| problem(format!("{name} is not UTF-8")))?;
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

/// Whether a server is reached through the proxy, by the list of those that are not.
fn is_behind_proxy(host: &str, port: u16, no_proxy: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let address = host.parse::<IpAddr>().ok();
    if host == "localhost" || address.is_some_and(|address| address.to_canonical().is_loopback()) {
        return false;
    }
    let entries = no_proxy.split(',').map(|entry| entry.trim().to_ascii_lowercase());
    !entries.filter(|entry| !entry.is_empty()).any(|entry| covers(&entry, &host, address, port))
}

/// Whether an entry of `NO_PROXY` is about this server: `*`, a network (`10.0.0.0/8`), an address, or a domain, which
/// stands for itself and for what is below it (with a dot or `*.` in front only for what is below it). An address
/// and a domain may have a port.
fn covers(entry: &str, host: &str, address: Option<IpAddr>, port: u16) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = parse_network(entry) {
        return address.is_some_and(|address| in_network(address, network, bits));
    }
    let (name, only_port) = split_port(entry);
    if only_port.is_some_and(|only| only != port.to_string()) {
        return false;
    }
    if let Ok(only) = name.parse::<IpAddr>() {
        return address.is_some_and(|address| address.to_canonical() == only.to_canonical());
    }
    let name = name.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(name);
    match name.strip_prefix('.') {
        Some("") => false,
        Some(domain) => is_below(host, domain),
        None => !name.is_empty() && (host == name || is_below(host, name)),
    }
}

fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// A name or address, and the port behind it. An IPv6 address with a port is in brackets.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    if let Some(bracketed) = entry.strip_prefix('[') {
        return match bracketed.split_once(']') {
            Some((address, rest)) => (address, rest.strip_prefix(':')),
            None => (entry, None),
        };
    }
    match entry.split_once(':') {
        Some((name, port)) if !port.contains(':') => (name, Some(port)),
        _ => (entry, None),
    }
}

fn parse_network(entry: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = entry.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let bits: u32 = bits.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    (bits <= most).then_some((address, bits))
}

fn in_network(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    match (address.to_canonical(), network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            address.to_bits() & mask == network.to_bits() & mask
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            address.to_bits() & mask == network.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::environment::fake::FakeEnvironment;

    fn chosen(server: &'static str, environment: &FakeEnvironment) -> String {
        let proxy = ProxyChoice::Environment.resolve(&Uri::from_static(server), environment);
        proxy.unwrap().map_or_else(|| "none".to_owned(), |proxy| proxy.to_string())
    }

    #[test]
    fn the_variable_depends_on_whether_the_server_has_tls() {
        let both = FakeEnvironment::default()
            .with_var("HTTPS_PROXY", "https://secure:1")
            .with_var("https_proxy", "http://small:1")
            .with_var("http_proxy", "plain:2");
        assert_eq!(chosen("https://api:6443", &both), "https://secure:1");
        assert_eq!(chosen("http://api:8080", &both), "http://plain:2");
        assert_eq!(chosen("https://api:6443", &FakeEnvironment::default()), "none");
        let socks = FakeEnvironment::default().with_var("HTTPS_PROXY", "socks5h://tor:9050");
        assert_eq!(chosen("https://api:6443", &socks), "socks5://tor:9050");
    }

    #[test]
    fn a_variable_that_cannot_be_used_is_named_and_not_shown() {
        let server = Uri::from_static("https://api");
        let broken = FakeEnvironment::default().with_var("HTTPS_PROXY", "ftp://hunter2");
        let error = ProxyChoice::Environment.resolve(&server, &broken).map(|_| ()).unwrap_err();
        let text = format!("{error:#}");
        assert!(text.starts_with("variable HTTPS_PROXY: ") && !text.contains("hunter2"), "{text}");
        let cgi = FakeEnvironment::default().with_var("HTTP_PROXY", "p:1").with_var("REQUEST_METHOD", "GET");
        let plain = Uri::from_static("http://api");
        assert!(ProxyChoice::Environment.resolve(&plain, &cgi).is_err());
        assert!(ProxyChoice::Environment.resolve(&server, &cgi).unwrap().is_none());
    }

    #[test]
    fn a_proxy_that_was_chosen_by_hand_is_taken_whatever_the_environment_says() {
        let environment =
            FakeEnvironment::default().with_var("HTTPS_PROXY", "http://p:1").with_var("NO_PROXY", "*");
        let server = Uri::from_static("https://localhost");
        let fixed = ProxyChoice::Fixed(Proxy::parse("http://mine:3").unwrap());
        assert_eq!(fixed.resolve(&server, &environment).unwrap().unwrap().to_string(), "http://mine:3");
        assert!(ProxyChoice::Direct.resolve(&server, &environment).unwrap().is_none());
    }

    /// The entries of `NO_PROXY`, and whether a server is behind the proxy all the same. The outcomes are those of
    /// golang.org/x/net/http/httpproxy.
    #[test]
    fn no_proxy_lists_networks_addresses_domains_and_ports() {
        for (no_proxy, host, port, behind) in [
            ("", "api.example.com", 443, true),
            ("", "localhost", 443, false),
            ("", "127.0.0.1", 443, false),
            ("", "127.1.2.3", 443, false),
            ("", "[::1]", 443, false),
            ("*", "api.example.com", 443, false),
            ("example.com", "example.com", 443, false),
            ("example.com", "api.example.com", 443, false),
            ("example.com", "badexample.com", 443, true),
            (".example.com", "example.com", 443, true),
            (".example.com", "api.example.com", 443, false),
            ("*.example.com", "example.com", 443, true),
            ("*.example.com", "api.example.com", 443, false),
            ("EXAMPLE.com", "Api.Example.COM", 443, false),
            ("other.com, example.com ,", "api.example.com", 443, false),
            ("example.com:6443", "api.example.com", 6443, false),
            ("example.com:6443", "api.example.com", 443, true),
            ("10.0.0.0/8", "10.1.2.3", 443, false),
            ("10.0.0.0/8", "11.1.2.3", 443, true),
            ("10.0.0.0/8", "ten.example.com", 443, true),
            ("0.0.0.0/0", "8.8.8.8", 443, false),
            ("0.0.0.0/0", "[fd00::1]", 443, true),
            ("fd00::/8", "[fd12::1]", 443, false),
            ("fd00::/8", "[fe80::1]", 443, true),
            ("10.0.0.0/33", "10.0.0.1", 443, true),
            ("10.0.0.1", "10.0.0.1", 6443, false),
            ("10.0.0.1:443", "10.0.0.1", 6443, true),
            ("[fd00::1]:6443", "[fd00::1]", 6443, false),
            ("[fd00::1]:6443", "[fd00::1]", 443, true),
            ("fd00::1", "[fd00::1]", 443, false),
            (".", "api", 443, true),
            (":6443", "api", 6443, true),
        ] {
            let outcome = is_behind_proxy(host, port, no_proxy);
            assert_eq!(outcome, behind, "{host}:{port} with NO_PROXY={no_proxy}");
        }
    }
}
