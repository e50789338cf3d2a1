//! Row C4 of the table of faults, and the limits of HTTP/2: servers that close connections, refuse streams, or allow
//! few of them. Frames are written by hand, because a well-meaning library does not do what is needed here.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::server::{Server, VERSION, endless, json};
use crate::tls::Authority;

const PATIENCE: Duration = Duration::from_secs(20);
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END: u8 = 1;
const END_HEADERS: u8 = 4;

/// One connection of HTTP/2, in frames.
struct Frames(TlsStream<TcpStream>);

impl Frames {
    async fn accept(acceptor: &TlsAcceptor, socket: TcpStream) -> Self {
        let mut stream = acceptor.accept(socket).await.unwrap();
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).await.unwrap();
        assert!(preface.starts_with(b"PRI * HTTP/2.0"));
        let mut frames = Self(stream);
        frames.send(SETTINGS, 0, 0, &[]).await;
        frames
    }

    async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()].concat();
        self.0.write_all(&[&head, payload].concat()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// The stream of the next request; `None`: the client left.
    async fn request(&mut self) -> Option<u32> {
        loop {
            let mut head = [0; 9];
            self.0.read_exact(&mut head).await.ok()?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
            let mut payload = vec![0; length];
            self.0.read_exact(&mut payload).await.ok()?;
            if head[3] == HEADERS {
                return Some(u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]]));
            }
        }
    }

    /// `:status 200`, the eighth of the static table.
    async fn ok(&mut self, stream: u32) {
        self.send(HEADERS, END_HEADERS, stream, &[0x88]).await;
    }

    async fn answer(&mut self, stream: u32) {
        self.ok(stream).await;
        self.send(DATA, END, stream, VERSION.as_bytes()).await;
    }

    /// No stream after the last one is looked at.
    async fn go_away(&mut self, last: u32) {
        self.send(GOAWAY, 0, 0, &[last.to_be_bytes(), [0; 4]].concat()).await;
    }
}

/// Serves each connection with this, and says how many there are.
async fn serving<F>(serve: impl Fn(usize, Frames) -> F + Send + Sync + 'static) -> (Client, JoinSet<()>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let authority = Authority::new();
    let acceptor = TlsAcceptor::from(Arc::new(authority.server("127.0.0.1", &["h2"])));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config::new(&format!("https://{}", listener.local_addr().unwrap())).unwrap().no_proxy();
    let client = Client::new(config.certificate_authority(&authority.pem)).unwrap();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let mut connections = JoinSet::new();
        for number in 0.. {
            let (socket, _) = listener.accept().await.unwrap();
            connections.spawn(serve(number, Frames::accept(&acceptor, socket).await));
        }
    });
    (client, tasks)
}

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.expect("it hangs")
}

/// Answers everything.
async fn serve_all(mut frames: Frames) {
    while let Some(stream) = frames.request().await {
        frames.answer(stream).await;
    }
}

#[tokio::test]
async fn c4_a_write_that_goaway_overtook_was_not_looked_at_and_is_sent_again() {
    let (client, _tasks) = serving(|number, mut frames| async move {
        if number > 0 {
            return serve_all(frames).await;
        }
        frames.request().await;
        frames.go_away(0).await;
        frames.request().await;
    })
    .await;
    let answer = within(client.rest().bytes(Request::post("/x"))).await.unwrap();
    assert_eq!(answer, VERSION);
}

#[tokio::test]
async fn c4_a_write_whose_stream_was_refused_is_sent_again() {
    let (client, _tasks) = serving(|_, mut frames| async move {
        let refused = frames.request().await.unwrap();
        frames.send(RESET, 0, refused, &[0, 0, 0, 7]).await;
        serve_all(frames).await;
    })
    .await;
    within(client.rest().bytes(Request::post("/x"))).await.unwrap();
}

#[tokio::test]
async fn c4_a_write_that_the_server_took_before_it_went_away_has_an_unknown_outcome() {
    let (client, _tasks) = serving(|_, mut frames| async move {
        let taken = frames.request().await.unwrap();
        frames.go_away(taken).await;
    })
    .await;
    let error = within(client.rest().bytes(Request::post("/x"))).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(error.attempts().len(), 1);
}

#[tokio::test]
async fn c4_streams_go_on_while_their_connection_is_drained_and_new_ones_have_another() {
    let (say, mut hear) = mpsc::unbounded_channel();
    let (go, gone) = tokio::sync::watch::channel(false);
    let (client, _tasks) = serving(move |number, mut frames| {
        let (say, mut gone) = (say.clone(), gone.clone());
        async move {
            let stream = frames.request().await.unwrap();
            frames.ok(stream).await;
            frames.send(DATA, 0, stream, format!("first {number}\n").as_bytes()).await;
            if number == 0 {
                frames.go_away(stream).await;
                say.send(()).unwrap();
                gone.wait_for(|go| *go).await.unwrap();
                frames.send(DATA, END, stream, b"last\n").await;
            }
            // Until the client leaves.
            frames.request().await;
        }
    })
    .await;
    let mut old = within(client.rest().stream(Request::get("/x"))).await.unwrap();
    assert_eq!(within(old.next()).await.unwrap().unwrap(), "first 0\n");
    within(hear.recv()).await.unwrap();
    let mut new = within(client.rest().stream(Request::get("/x"))).await.unwrap();
    assert_eq!(within(new.next()).await.unwrap().unwrap(), "first 1\n");
    go.send(true).unwrap();
    assert_eq!(within(old.next()).await.unwrap().unwrap(), "last\n");
    assert!(within(old.next()).await.is_none());
}

#[tokio::test]
async fn c3_a_connection_that_went_silent_is_noticed_without_any_deadline() {
    // Reads what comes, pings too, and says nothing more.
    let (client, _tasks) = serving(|_, mut frames| async move {
        let stream = frames.request().await.unwrap();
        frames.ok(stream).await;
        frames.send(DATA, 0, stream, b"first\n").await;
        frames.request().await;
    })
    .await;
    let mut body = within(client.rest().stream(Request::get("/x"))).await.unwrap();
    assert_eq!(within(body.next()).await.unwrap().unwrap(), "first\n");
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let error = body.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), kubist::ErrorKind::Transport);
    assert!(start.elapsed() <= Duration::from_secs(46), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_server_that_allows_few_streams_gets_more_connections() {
    let authority = Authority::new();
    let tls = authority.server("127.0.0.1", &["h2"]);
    let server = Server::start_with_limit(Some(tls), 8, |arrived| match &*arrived.path {
        "/version" => json(VERSION),
        _ => endless(vec![Bytes::from_static(b"{}\n")]),
    })
    .await;
    let config = Config::new(&format!("https://{}", server.address)).unwrap().no_proxy();
    let client = Client::new(config.certificate_authority(&authority.pem)).unwrap();
    let streams = (0..30).map(|_| client.rest().stream(Request::get("/x")));
    let streams = within(futures_util::future::join_all(streams)).await;
    assert!(streams.iter().all(Result::is_ok));
    // Six on each: three quarters of eight.
    assert_eq!(server.connections(), 5);
    within(client.server_version()).await.unwrap();
    assert_eq!(server.connections(), 6);
    drop(streams);
    // The limit is known now, and what was given back is used again.
    let streams = (0..30).map(|_| client.rest().stream(Request::get("/x")));
    let streams = within(futures_util::future::join_all(streams)).await;
    assert!(streams.iter().all(Result::is_ok));
    assert_eq!(server.connections(), 6);
}
