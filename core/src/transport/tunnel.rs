//! Through an HTTP proxy: `CONNECT`, of RFC 9110, section 9.3.6.

use http::HeaderValue;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::error::{Error, ErrorKind, Result};

/// The longest head of an answer that is read.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Asks an HTTP proxy, over a connection to it, for a tunnel to this host and port.
pub(crate) async fn open<S>(stream: &mut S, target: &str, authorization: Option<&HeaderValue>) -> Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(value) = authorization {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(value.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    stream.write_all(&request).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    let head = read_head(stream).await?;
    match status(&head) {
        Some(200..=299) => Ok(()),
        Some(407) if authorization.is_none() => {
            Err(problem("it wants a user and a password (407): put them into the URL of the proxy"))
        }
        Some(407) => Err(problem("it refused the user and the password (407)")),
        Some(status) => Err(problem(&format!("it opens no tunnel to {target} ({status})"))),
        None => Err(problem("it does not speak HTTP")),
    }
}

/// Reads up to the empty line. Nothing follows it: the other end of a tunnel waits for us to speak.
async fn read_head<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Vec<u8>> {
    const END: &[u8] = b"\r\n\r\n";
    let mut head = Vec::with_capacity(256);
    loop {
        let read = stream.read_buf(&mut head).await.map_err(broken)?;
        match memchr::memmem::find(&head, END) {
            Some(at) if at + END.len() == head.len() => return Ok(head),
            Some(_) => return Err(problem("it sent more than an answer")),
            None if read == 0 => return Err(problem("it closed the connection")),
            None if head.len() > HEAD_BYTES_MAX => return Err(problem("its answer is too long")),
            None => {}
        }
    }
}

fn status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.split(|byte| *byte == b'\r').next()?).ok()?;
    let mut words = line.split(' ');
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    words.next()?.parse().ok()
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

    async fn answered(answer: &[u8], authorization: Option<&'static str>) -> (String, Result<()>) {
        let (mut ours, mut theirs) = tokio::io::duplex(64 * 1024);
        theirs.write_all(answer).await.unwrap();
        theirs.shutdown().await.unwrap();
        let authorization = authorization.map(HeaderValue::from_static);
        let outcome = open(&mut ours, "api:6443", authorization.as_ref()).await;
        drop(ours);
        let mut sent = String::new();
        theirs.read_to_string(&mut sent).await.unwrap();
        (sent, outcome)
    }

    #[tokio::test]
    async fn a_tunnel_is_asked_for_with_the_login_and_opened_by_any_2xx() {
        let (sent, outcome) = answered(b"HTTP/1.1 200 Connection established\r\n\r\n", None).await;
        assert_eq!(sent, "CONNECT api:6443 HTTP/1.1\r\nHost: api:6443\r\n\r\n");
        outcome.unwrap();
        let (sent, outcome) = answered(b"HTTP/1.0 204 x\r\nVia: y\r\n\r\n", Some("Basic eDp5")).await;
        assert!(sent.ends_with("\r\nProxy-Authorization: Basic eDp5\r\n\r\n"), "{sent}");
        outcome.unwrap();
    }

    #[tokio::test]
    async fn a_proxy_that_opens_no_tunnel_says_why_and_never_with_the_login() {
        let endless = vec![b'a'; HEAD_BYTES_MAX + 300];
        for (answer, login, said) in [
            (&b"HTTP/1.1 407 hunter2\r\n\r\n"[..], None, "it wants a user and a password (407)"),
            (b"HTTP/1.1 407 x\r\n\r\n", Some("hunter2"), "it refused the user and the password (407)"),
            (b"HTTP/1.1 403 hunter2\r\n\r\n", Some("hunter2"), "it opens no tunnel to api:6443 (403)"),
            (b"HTTP/1.1 101 x\r\n\r\n", None, "it opens no tunnel to api:6443 (101)"),
            (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", None, "it does not speak HTTP"),
            (b"HTTP/1.1 200", None, "it closed the connection"),
            (b"", None, "it closed the connection"),
            (b"HTTP/1.1 200 OK\r\n\r\n\x15\x03", None, "it sent more than an answer"),
            (&endless, None, "its answer is too long"),
        ] {
            let text = format!("{:#}", answered(answer, login).await.1.unwrap_err());
            assert!(text.starts_with(said) && !text.contains("hunter2"), "{text}");
        }
    }
}
