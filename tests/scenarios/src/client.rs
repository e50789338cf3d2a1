//! Requests to one server, each on a connection of its own. Nothing here knows the library under test.

use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderName, HeaderValue, response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::kubeconfig::Target;
use crate::trust;

/// How long an answer may take, its body included; the events of a watch count one by one.
const DEADLINE: Duration = Duration::from_secs(40);

/// A client of one server.
pub(crate) struct Client {
    target: Target,
    tls: TlsConnector,
}

/// An answer whose body still comes.
pub(crate) struct Stream {
    pub(crate) head: response::Parts,
    body: Incoming,
    /// What moves the connection; it lives on only as long as somebody reads.
    connection: Pin<Box<dyn Future<Output = ()> + Send>>,
    connected: bool,
    /// What came of a line that is not whole yet.
    rest: Vec<u8>,
}

impl Client {
    pub(crate) fn new(target: Target) -> Result<Self, String> {
        let tls = trust::connector(target.authority.as_deref())?;
        Ok(Self { target, tls })
    }

    /// The token that requests bring.
    pub(crate) fn token(&self) -> &str {
        self.target.token.as_deref().unwrap_or_default()
    }

    pub(crate) fn kubeconfig(&self) -> &str {
        &self.target.kubeconfig
    }

    /// Sends a request and reads the head of its answer. Headers given replace those sent by default; an empty
    /// value leaves one out.
    ///
    /// # Cancel safety
    /// Dropping the future closes the connection.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<Vec<u8>>,
    ) -> Result<Stream, String> {
        let request = self.request(method, path, headers, body)?;
        let opened = timeout(DEADLINE, async {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.target.port)).await?;
            let name = ServerName::from(IpAddr::from(Ipv4Addr::LOCALHOST));
            let stream = self.tls.connect(name, stream).await?;
            let (mut sender, connection) =
                http1::handshake(TokioIo::new(stream)).await.map_err(std::io::Error::other)?;
            let mut connection: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
                // What goes wrong here goes wrong for the answer as well.
                drop(connection.await);
            });
            let mut connected = true;
            let mut answer = Box::pin(sender.send_request(request));
            let answer = loop {
                tokio::select! {
                    biased;
                    answer = &mut answer => break answer.map_err(std::io::Error::other)?,
                    () = &mut connection, if connected => connected = false,
                }
            };
            let (head, body) = answer.into_parts();
            Ok::<_, std::io::Error>(Stream { head, body, connection, connected, rest: Vec::new() })
        });
        let answer = opened.await.map_err(|_| format!("{method} {path}: no answer in {DEADLINE:?}"))?;
        answer.map_err(|error| format!("{method} {path}: {error}"))
    }

    fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<Vec<u8>>,
    ) -> Result<http::Request<Full<Bytes>>, String> {
        let has_body = body.is_some();
        let mut request = http::Request::builder()
            .method(method)
            .uri(path)
            .body(Full::from(body.unwrap_or_default()))
            .map_err(|error| format!("{method} {path}: {error}"))?;
        let map = request.headers_mut();
        let text = |value: &str| HeaderValue::from_str(value).map_err(|error| format!("{value}: {error}"));
        map.insert(HOST, text(&format!("127.0.0.1:{}", self.target.port))?);
        map.insert(USER_AGENT, HeaderValue::from_static("kubist-scenarios"));
        map.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(token) = &self.target.token {
            map.insert(AUTHORIZATION, text(&format!("Bearer {token}"))?);
        }
        if has_body {
            map.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in headers {
            let name = HeaderName::try_from(name.as_str()).map_err(|error| format!("{name}: {error}"))?;
            map.remove(&name);
            if !value.is_empty() {
                map.append(name, text(value)?);
            }
        }
        Ok(request)
    }
}

impl Stream {
    /// The next bytes, `None` at the end.
    async fn frame(&mut self) -> Result<Option<Bytes>, String> {
        loop {
            tokio::select! {
                biased;
                frame = self.body.frame() => return match frame {
                    None => Ok(None),
                    Some(Ok(frame)) => Ok(Some(frame.into_data().unwrap_or_default())),
                    Some(Err(error)) => Err(error.to_string()),
                },
                () = &mut self.connection, if self.connected => self.connected = false,
            }
        }
    }

    /// The whole body.
    ///
    /// # Cancel safety
    /// What has come is lost when the future is dropped.
    pub(crate) async fn whole(mut self) -> Result<Vec<u8>, String> {
        let read = timeout(DEADLINE, async {
            let mut whole = Vec::new();
            while let Some(bytes) = self.frame().await? {
                whole.extend_from_slice(&bytes);
            }
            Ok(whole)
        });
        read.await.map_err(|_| format!("the answer does not end in {DEADLINE:?}"))?
    }

    /// The next line, `None` when the server has ended the answer.
    ///
    /// # Cancel safety
    /// Nothing is lost when the future is dropped.
    pub(crate) async fn line(&mut self, deadline: Duration) -> Result<Option<Vec<u8>>, String> {
        let read = timeout(deadline, async {
            loop {
                if let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
                    let rest = self.rest.split_off(end + 1);
                    let mut line = std::mem::replace(&mut self.rest, rest);
                    line.truncate(end);
                    return Ok(Some(line));
                }
                match self.frame().await? {
                    Some(bytes) => self.rest.extend_from_slice(&bytes),
                    None => return Ok(None),
                }
            }
        });
        read.await.map_err(|_| format!("nothing came for {deadline:?}"))?
    }
}
