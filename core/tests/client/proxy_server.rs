//! Proxies on real sockets. Whatever they are asked for, they connect to one server, so that a test can ask for a
//! host that does not exist here.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

#[derive(Clone, Copy)]
pub(crate) enum Speaks {
    /// `CONNECT`, and requests with whole URLs.
    Http,
    /// SOCKS 5; with a user and a password where it is given them.
    Socks { login: bool },
}

/// Ends with its last handle.
pub(crate) struct ProxyServer {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl ProxyServer {
    pub(crate) async fn start(speaks: Speaks, tls: Option<ServerConfig>, server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let acceptor = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        let mut tasks = JoinSet::new();
        let log = Arc::clone(&seen);
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                let (log, acceptor) = (Arc::clone(&log), acceptor.clone());
                open.spawn(async move {
                    // Errors are the clients going away.
                    match acceptor {
                        None => drop(serve(socket, speaks, server, &log).await),
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(socket).await {
                                drop(serve(stream, speaks, server, &log).await);
                            }
                        }
                    }
                });
            }
        });
        Self { address, seen, _tasks: tasks }
    }

    /// What it was asked for, a line for each connection.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve<S>(
    mut client: S,
    speaks: Speaks,
    server: SocketAddr,
    log: &Mutex<Vec<String>>,
) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (line, answer, forwarded) = match speaks {
        Speaks::Http => http(&mut client).await?,
        Speaks::Socks { login } => {
            (socks(&mut client, login).await?, b"\x05\0\0\x01\0\0\0\0\0\0".to_vec(), Vec::new())
        }
    };
    log.lock().unwrap().push(line);
    client.write_all(&answer).await?;
    client.flush().await?;
    let mut upstream = TcpStream::connect(server).await?;
    upstream.write_all(&forwarded).await?;
    copy_bidirectional(&mut client, &mut upstream).await.map(drop)
}

/// What was asked for, the proxy's answer, and what it passes on.
async fn http<S: AsyncRead + Unpin>(client: &mut S) -> std::io::Result<(String, Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    let text = String::from_utf8(head).unwrap();
    let (request_line, headers) = text.split_once("\r\n").unwrap();
    let login = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("proxy-authorization").then_some(value)
    });
    let line = format!("{request_line} {}", login.unwrap_or("-"));
    if request_line.starts_with("CONNECT ") {
        return Ok((line, b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), Vec::new()));
    }
    let path = request_line.splitn(4, '/').nth(3).unwrap();
    let method = request_line.split(' ').next().unwrap();
    Ok((line, Vec::new(), format!("{method} /{path}\r\n{headers}").into_bytes()))
}

async fn socks<S: AsyncRead + AsyncWrite + Unpin>(client: &mut S, login: bool) -> std::io::Result<String> {
    assert_eq!(client.read_u8().await?, 5);
    let count = client.read_u8().await?;
    let methods = read(client, count).await?;
    let method = if login { 2 } else { 0 };
    assert!(methods.contains(&method));
    client.write_all(&[5, method]).await?;
    let mut line = String::new();
    if login {
        assert_eq!(client.read_u8().await?, 1);
        for end in [":", "@"] {
            line.push_str(&text(client).await?);
            line.push_str(end);
        }
        client.write_all(&[1, 0]).await?;
    }
    assert_eq!(read(client, 3).await?, [5, 1, 0]);
    line.push_str(&match client.read_u8().await? {
        1 => std::net::Ipv4Addr::from(client.read_u32().await?).to_string(),
        3 => text(client).await?,
        kind => panic!("address of kind {kind}"),
    });
    Ok(format!("{line}:{}", client.read_u16().await?))
}

async fn text<S: AsyncRead + Unpin>(client: &mut S) -> std::io::Result<String> {
    let length = client.read_u8().await?;
    Ok(String::from_utf8(read(client, length).await?).unwrap())
}

async fn read<S: AsyncRead + Unpin>(client: &mut S, length: u8) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; length.into()];
    client.read_exact(&mut bytes).await.map(|_| bytes)
}
