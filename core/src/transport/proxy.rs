//! Pure: where a proxy is, and who may use it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::uri::Authority;
use http::{HeaderValue, Uri};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::secret::Secret;

/// A proxy between the program and the server.
#[derive(Clone)]
pub(crate) struct Proxy {
    protocol: Protocol,
    /// Host and port, without the user.
    authority: Authority,
    login: Option<Login>,
}

/// How a proxy is talked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// `CONNECT`, or for a plain server the whole URL in the request.
    Http,
    /// The same over TLS.
    Https,
    /// SOCKS 5. The proxy resolves the name of the server.
    Socks5,
}

/// Who uses the proxy. The proxy alone gets it.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) user: Secret,
    pub(crate) password: Secret,
}

impl Proxy {
    /// Reads a proxy's URL. A URL that is refused is not shown: it may hold a password.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let uri: Uri = url.trim().parse().map_err(|_| problem("it is not a URL"))?;
        let (protocol, port) = match uri.scheme_str() {
            Some("http") => (Protocol::Http, 80),
            Some("https") => (Protocol::Https, 443),
            Some("socks5" | "socks5h") => (Protocol::Socks5, 1080),
            _ => return Err(problem("it must start with http://, https:// or socks5://")),
        };
        let authority = uri.authority().filter(|authority| !authority.host().is_empty());
        let authority = authority.ok_or_else(|| problem("it has no host"))?;
        let login = match authority.as_str().rsplit_once('@') {
            Some((login, _)) => Some(Login::parse(login)?),
            None => None,
        };
        let host_and_port = authority.as_str().rsplit('@').next().unwrap_or_default();
        let port = match host_and_port.strip_prefix(authority.host()) {
            None | Some("") => port,
            Some(given) => {
                let given = given.strip_prefix(':').and_then(|given| given.parse().ok());
                given.ok_or_else(|| problem("its port is not a number up to 65535"))?
            }
        };
        let authority = format!("{}:{port}", authority.host());
        let authority = authority.parse().map_err(|_| problem("it has no usable host"))?;
        Ok(Self { protocol, authority, login })
    }

    pub(crate) fn protocol(&self) -> Protocol {
        self.protocol
    }

    pub(crate) fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }

    /// Where to connect to, and whether with TLS.
    pub(crate) fn address(&self) -> Result<Uri> {
        let scheme = if self.protocol == Protocol::Https { "https" } else { "http" };
        Uri::builder()
            .scheme(scheme)
            .authority(self.authority.clone())
            .path_and_query("/")
            .build()
            .map_err(|_| problem("it has no usable host"))
    }

    /// The value of `Proxy-Authorization`.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let Login { user, password } = self.login.as_ref()?;
        let pair = STANDARD.encode(format!("{}:{}", user.as_str(), password.as_str()));
        let mut value = HeaderValue::try_from(format!("Basic {pair}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whether requests to this server are sent to the proxy itself, instead of through a tunnel.
    pub(crate) fn forwards(&self, server: &Uri) -> bool {
        self.protocol != Protocol::Socks5 && server.scheme_str() == Some("http")
    }
}

/// Without the user and the password.
impl std::fmt::Display for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = match self.protocol {
            Protocol::Http => "http",
            Protocol::Https => "https",
            Protocol::Socks5 => "socks5",
        };
        write!(f, "{scheme}://{}", self.authority)
    }
}

impl Login {
    fn parse(text: &str) -> Result<Self> {
        let (user, password) = text.split_once(':').unwrap_or((text, ""));
        let decode =
            |text| percent_decode(text).ok_or_else(|| problem("its user or password is not encoded"));
        Ok(Self { user: Secret::new(decode(user)?), password: Secret::new(decode(password)?) })
    }
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let [high, low, tail @ ..] = tail else {
                return None;
            };
            let digit = |byte: &u8| char::from(*byte).to_digit(16);
            bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn problem(what: &str) -> Error {
    Error::new(ErrorKind::Config, format!("the URL of the proxy cannot be used: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str) -> String {
        let proxy = Proxy::parse(url).unwrap();
        format!("{proxy} {}", proxy.address().unwrap())
    }

    #[test]
    fn a_proxy_has_a_protocol_a_host_and_a_port() {
        assert_eq!(address("http://proxy:3128"), "http://proxy:3128 http://proxy:3128/");
        assert_eq!(address("http://proxy/"), "http://proxy:80 http://proxy:80/");
        assert_eq!(address("https://proxy"), "https://proxy:443 https://proxy:443/");
        assert_eq!(address("socks5://proxy"), "socks5://proxy:1080 http://proxy:1080/");
        assert_eq!(address("socks5h://[::1]:9050"), "socks5://[::1]:9050 http://[::1]:9050/");
    }

    #[test]
    fn the_login_is_decoded_and_never_shown() {
        let proxy = Proxy::parse("http://me:hunter2%40%25@proxy:3128").unwrap();
        assert_eq!(proxy.to_string(), "http://proxy:3128");
        let login = proxy.login().unwrap();
        assert_eq!((login.user.as_str(), login.password.as_str()), ("me", "hunter2@%"));
        let header = proxy.authorization().unwrap();
        assert!(header.is_sensitive());
        assert_eq!(header, "Basic bWU6aHVudGVyMkAl");
        assert!(Proxy::parse("http://proxy").unwrap().authorization().is_none());
    }

    #[test]
    fn a_url_that_cannot_be_a_proxy_is_refused_and_not_shown() {
        for url in [
            "",
            "hunter2:3128",
            "ftp://hunter2",
            "socks4://hunter2",
            "http://",
            "http://hunter2:x",
            "http://me:hunter2@",
            "http://me:hunter2%4@proxy",
            "http://me:hunter2%zz@proxy",
            "http://hunter2 x",
        ] {
            let error = Proxy::parse(url).map(|_| ()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        }
    }

    #[test]
    fn requests_to_a_plain_server_are_forwarded_by_http_proxies() {
        let forwards =
            |proxy, server: &'static str| Proxy::parse(proxy).unwrap().forwards(&Uri::from_static(server));
        assert!(forwards("http://p", "http://s") && forwards("https://p", "http://s"));
        assert!(!forwards("http://p", "https://s") && !forwards("socks5://p", "http://s"));
    }
}
