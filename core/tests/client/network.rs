use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use kubist::ErrorKind;
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::Request;
use kubist::transport::Deadlines;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::server::{Server, VERSION, json};
use crate::website::Website;

/// A listener that reads a request, writes these bytes, and then keeps or closes the connection.
struct Raw {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Raw {
    async fn answering(answer: &'static [u8], keep: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::<AtomicUsize>::default();
        let count = Arc::clone(&connections);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut kept = Vec::new();
            while let Ok((mut socket, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                read_request(&mut socket).await;
                socket.write_all(answer).await.unwrap();
                if keep {
                    kept.push(socket);
                }
            }
        });
        Self { address, connections, _tasks: tasks }
    }

    fn client(&self, deadlines: Deadlines) -> Client {
        let config = Config::new(&format!("http://{}", self.address)).unwrap();
        Client::new(config.deadlines(deadlines)).unwrap()
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Reads up to the end of what is sent: the tests' requests come in one piece with their body.
async fn read_request(socket: &mut TcpStream) {
    let mut text = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let read = socket.read(&mut chunk).await.unwrap();
        text.extend_from_slice(&chunk[..read]);
        let request = String::from_utf8_lossy(&text);
        let Some((head, body)) = request.split_once("\r\n\r\n") else {
            assert_ne!(read, 0, "the request ended early");
            continue;
        };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return;
        }
    }
}

fn short(wait: Duration) -> Deadlines {
    Deadlines::unary().headers(Some(wait))
}

#[tokio::test]
async fn a_connection_closed_before_the_answer_is_tried_again_for_a_get_alone() {
    let raw = Raw::answering(b"", false).await;
    let client = raw.client(Deadlines::unary());
    let error = client.server_version().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(format!("{error:#}").contains("broke before the answer"), "{error:#}");
    assert_eq!(raw.connections(), 4);

    let raw = Raw::answering(b"", false).await;
    let api = raw.client(Deadlines::unary()).namespaced::<Website>("shop");
    let error = api.create(&Website::new("front", "hunter2")).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(error.to_string(), "create websites.example.com \"shop/front\"");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    assert_eq!(raw.connections(), 1);
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_a_transport_error_and_nothing_is_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let config = Config::new(&format!("http://{address}")).unwrap().token("hunter2");
    let api = Client::new(config).unwrap().namespaced::<Website>("shop");
    let error = api.create(&Website::new("front", "b")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.is_outcome_unknown());
    let text = format!("{error:#}");
    assert!(
        text.starts_with("create websites.example.com \"shop/front\": gave up after 4 tries in "),
        "{text}"
    );
    assert!(text.contains(&format!(": no connection to {address}")), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_a_transport_error() {
    let config = Config::new("https://kubist.invalid").unwrap().insecure_skip_tls_verify(true);
    let error = Client::new(config).unwrap().server_version().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(format!("{error:#}").contains("no connection to kubist.invalid"), "{error:#}");
}

#[tokio::test]
async fn a_server_that_accepts_and_is_silent_is_a_timeout() {
    let raw = Raw::answering(b"", true).await;
    let client = raw.client(short(Duration::from_millis(50)));
    let error = client.server_version().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(!error.is_outcome_unknown());
}

#[tokio::test]
async fn a_body_that_is_cut_is_an_error_and_a_get_is_tried_again() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{\"a\"";
    let raw = Raw::answering(head, false).await;
    let error = raw.client(Deadlines::unary()).server_version().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(format!("{error:#}").contains("broke before the end of the answer"), "{error:#}");
    assert_eq!(raw.connections(), 4);
}

#[tokio::test]
async fn a_body_that_never_ends_meets_the_deadline() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{";
    let raw = Raw::answering(head, true).await;
    let wait = Some(Duration::from_millis(50));
    let error = raw.client(Deadlines::unary().total(wait)).server_version().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    let request = Request::get("/x").deadlines(Deadlines::stream().idle(wait));
    let mut body = raw.client(Deadlines::unary()).rest().stream(request).await.unwrap();
    let error = loop {
        // On a busy machine the time may be over before the first chunk is read.
        match body.next().await.expect("it does not end") {
            Ok(chunk) => assert_eq!(chunk, "{"),
            Err(error) => break error,
        }
    };
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn calls_one_after_the_other_share_a_connection() {
    let server = Server::start(None, |_| json(VERSION)).await;
    let config = Config::new(&format!("http://{}/prefix/", server.address)).unwrap();
    let client = Client::new(config).unwrap();
    for _ in 0..3 {
        client.server_version().await.unwrap();
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(server.arrived()[0].path, "/prefix/version");
}
