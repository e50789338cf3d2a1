//! Through a SOCKS 5 proxy: RFC 1928, with the user and password of RFC 1929.

use std::net::IpAddr;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::proxy::Login;

const VERSION: u8 = 5;
const NO_LOGIN: u8 = 0;
const WITH_LOGIN: u8 = 2;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

/// Asks a SOCKS 5 proxy, over a connection to it, to connect to this host (a name, or an address
/// without brackets) and port.
pub(crate) async fn open<S>(stream: &mut S, host: &str, port: u16, login: Option<&Login>) -> Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let methods: &[u8] =
        if login.is_some() { &[VERSION, 2, NO_LOGIN, WITH_LOGIN] } else { &[VERSION, 1, NO_LOGIN] };
    send(stream, methods).await?;
    match (receive(stream).await?, login) {
        ([VERSION, NO_LOGIN], _) => {}
        ([VERSION, WITH_LOGIN], Some(login)) => log_in(stream, login).await?,
        ([VERSION, _], None) => {
            return Err(problem("it wants a user and a password: put them into the URL of the proxy"));
        }
        ([VERSION, _], Some(_)) => return Err(problem("it takes no user and password")),
        _ => return Err(problem("it does not speak SOCKS 5")),
    }
    let mut request = vec![VERSION, CONNECT, 0];
    match host.parse() {
        Ok(IpAddr::V4(address)) => {
            request.push(IPV4);
            request.extend_from_slice(&address.octets());
        }
        Ok(IpAddr::V6(address)) => {
            request.push(IPV6);
            request.extend_from_slice(&address.octets());
        }
        Err(_) => {
            request.push(NAME);
            push_text(&mut request, host, "the name of the server")?;
        }
    }
    request.extend_from_slice(&port.to_be_bytes());
    send(stream, &request).await?;
    let [version, reply, _, kind] = receive(stream).await?;
    if version != VERSION {
        return Err(problem("it does not speak SOCKS 5"));
    }
    if reply != 0 {
        return Err(problem(&format!("it does not connect to {host}:{port}: {}", describe(reply))));
    }
    // The address that it connects from; nobody needs it.
    let length = match kind {
        IPV4 => 4,
        IPV6 => 16,
        NAME => usize::from(receive::<_, 1>(stream).await?[0]),
        _ => return Err(problem("it does not speak SOCKS 5")),
    };
    let mut bound = vec![0; length + 2];
    stream.read_exact(&mut bound).await.map(|_| ()).map_err(broken)
}

async fn log_in<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, login: &Login) -> Result<()> {
    let mut request = vec![1];
    push_text(&mut request, login.user.as_str(), "the user")?;
    push_text(&mut request, login.password.as_str(), "the password")?;
    send(stream, &request).await?;
    match receive(stream).await? {
        [_, 0] => Ok(()),
        _ => Err(problem("it refused the user and the password")),
    }
}

fn push_text(request: &mut Vec<u8>, text: &str, what: &str) -> Result<()> {
    let length = u8::try_from(text.len());
    let length = length.map_err(|_| problem(&format!("{what} is longer than 255 bytes")))?;
    request.push(length);
    request.extend_from_slice(text.as_bytes());
    Ok(())
}

async fn send<S: AsyncWrite + Unpin>(stream: &mut S, bytes: &[u8]) -> Result<()> {
    stream.write_all(bytes).await.map_err(broken)?;
    stream.flush().await.map_err(broken)
}

async fn receive<S: AsyncRead + Unpin, const N: usize>(stream: &mut S) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await.map_err(broken)?;
    Ok(bytes)
}

fn describe(reply: u8) -> &'static str {
    match reply {
        1 => "it failed",
        2 => "its rules forbid it",
        3 => "the network is unreachable",
        4 => "the host is unreachable",
        5 => "the connection was refused",
        6 => "it took too long",
        7 | 8 => "it does not support that",
        _ => "it says no",
    }
}

fn broken(error: std::io::Error) -> Error {
    problem("the connection broke").with_source(error)
}

fn problem(what: &str) -> Error {
    Error::new(ErrorKind::Transport, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::secret::Secret;

    fn login() -> Login {
        Login { user: Secret::new("me"), password: Secret::new("hunter2") }
    }

    /// What was sent, and the outcome, when the proxy answers with these bytes.
    async fn answered(answer: &[u8], host: &str, login: Option<Login>) -> (Vec<u8>, Result<()>) {
        let (mut ours, mut theirs) = tokio::io::duplex(4096);
        theirs.write_all(answer).await.unwrap();
        theirs.shutdown().await.unwrap();
        let outcome = open(&mut ours, host, 6443, login.as_ref()).await;
        drop(ours);
        let mut sent = Vec::new();
        theirs.read_to_end(&mut sent).await.unwrap();
        (sent, outcome)
    }

    #[tokio::test]
    async fn names_and_addresses_are_given_to_the_proxy_as_they_are() {
        let answer = [5, 0, 5, 0, 0, IPV4, 10, 0, 0, 1, 0, 80];
        let (sent, outcome) = answered(&answer, "api", None).await;
        outcome.unwrap();
        assert_eq!(sent, b"\x05\x01\x00\x05\x01\x00\x03\x03api\x19\x2b");
        let (sent, _) = answered(&answer, "10.0.0.1", None).await;
        assert_eq!(sent, b"\x05\x01\x00\x05\x01\x00\x01\x0a\x00\x00\x01\x19\x2b");
        let (sent, _) = answered(&answer, "::1", None).await;
        assert_eq!(&sent[3..7], [5, 1, 0, IPV6]);
        assert_eq!(sent[7..], *b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x19\x2b");
    }

    #[tokio::test]
    async fn a_login_is_sent_when_the_proxy_asks_for_it() {
        let bound_name = [5, WITH_LOGIN, 1, 0, 5, 0, 0, NAME, 2, b'p', b'x', 0, 80];
        let (sent, outcome) = answered(&bound_name, "api", Some(login())).await;
        outcome.unwrap();
        assert!(sent.starts_with(b"\x05\x02\x00\x02\x01\x02me\x07hunter2\x05\x01"), "{sent:?}");
        let (sent, outcome) = answered(&[5, 0, 5, 0, 0, IPV4, 0, 0, 0, 0, 0, 0], "api", Some(login())).await;
        outcome.unwrap();
        assert!(!sent.windows(7).any(|part| part == b"hunter2"));
    }

    #[tokio::test]
    async fn a_proxy_that_does_not_connect_says_why() {
        for (answer, login, said) in [
            (&[5, 0xff][..], None, "it wants a user and a password"),
            (&[5, 0xff], Some(login()), "it takes no user and password"),
            (&[5, 2, 1, 1], Some(login()), "it refused the user and the password"),
            (b"HTTP/1.1 400", None, "it does not speak SOCKS 5"),
            (&[5, 0, 5, 2, 0, 1], None, "it does not connect to api:6443: its rules forbid it"),
            (&[5, 0, 5, 5, 0, 1], None, "it does not connect to api:6443: the connection was refused"),
            (&[5, 0, 5, 0, 0, 9], None, "it does not speak SOCKS 5"),
            (&[5], None, "the connection broke"),
        ] {
            let text = format!("{:#}", answered(answer, "api", login).await.1.unwrap_err());
            assert!(text.starts_with(said) && !text.contains("hunter2"), "{text}");
        }
        let long = "a".repeat(256);
        let (_, outcome) = answered(&[5, 0], &long, None).await;
        assert!(outcome.unwrap_err().to_string().contains("longer than 255 bytes"));
    }
}
