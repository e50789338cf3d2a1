use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::Request;
use kubist::transport::ResponseBody;
use kubist::watch::{ListRequest, ListWatch, WatchRequest};

use crate::server::{Server, VERSION, endless, json};
use crate::tls::Authority;
use crate::website::Website;

/// Long enough for a loaded machine; a request that hangs would hang for ever.
const PATIENCE: Duration = Duration::from_secs(20);

async fn start(chunks: Vec<Bytes>) -> (Server, Client) {
    let authority = Authority::new();
    let config = authority.server("127.0.0.1", &["h2", "http/1.1"]);
    let server = Server::start(Some(config), move |arrived| match &*arrived.path {
        "/version" => json(VERSION),
        _ => endless(chunks.clone()),
    })
    .await;
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let client = Client::new(config.certificate_authority(&authority.pem)).unwrap();
    (server, client)
}

async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    let done = tokio::time::timeout(PATIENCE, future).await;
    done.unwrap_or_else(|_| panic!("{what} hangs"))
}

async fn watch(client: &Client) -> ResponseBody {
    let source = client.namespaced::<Website>("shop").list_watch();
    source.watch(WatchRequest::default()).await.unwrap()
}

#[tokio::test]
async fn a_hundred_and_fifty_watches_do_not_stop_a_get() {
    let (server, client) = start(vec![Bytes::from_static(b"{}\n")]).await;
    let mut watches = Vec::new();
    for _ in 0..150 {
        let mut body = within("a watch", watch(&client)).await;
        assert_eq!(within("its first event", body.next()).await.unwrap().unwrap(), "{}\n");
        watches.push(body);
    }
    within("a get", client.server_version()).await.unwrap();
    // Two lanes of watches and one of calls.
    assert_eq!(server.connections(), 3);

    // Room is given back: as many again, and no connection more.
    watches.clear();
    for _ in 0..150 {
        watches.push(within("a watch", watch(&client)).await);
    }
    assert_eq!(server.connections(), 3);
}

/// Following a log is no watch to this crate, and goes on all the same.
#[tokio::test]
async fn a_hundred_and_fifty_streams_of_any_path_do_not_stop_a_get() {
    let (server, client) = start(vec![Bytes::from_static(b"line\n")]).await;
    let mut streams = Vec::new();
    for _ in 0..150 {
        let follow = Request::get("/api/v1/namespaces/shop/pods/front/log").query("follow", "true");
        let mut body = within("a stream", client.rest().stream(follow)).await.unwrap();
        assert_eq!(within("its first line", body.next()).await.unwrap().unwrap(), "line\n");
        streams.push(body);
    }
    within("a get", client.server_version()).await.unwrap();
    assert_eq!(server.connections(), 3);
}

/// Lists arrive as streams too: each gives its room back when it is read.
#[tokio::test]
async fn lists_one_after_the_other_share_a_connection_with_the_watches() {
    let authority = Authority::new();
    let tls = authority.server("127.0.0.1", &["h2"]);
    let server = Server::start(Some(tls), |_| json("{\"items\":[]}")).await;
    let config = Config::new(&format!("https://{}", server.address)).unwrap();
    let client = Client::new(config.certificate_authority(&authority.pem)).unwrap();
    let source = client.namespaced::<Website>("shop").list_watch();
    let _watch = within("a watch", watch(&client)).await;
    for _ in 0..150 {
        let mut list = within("a list", source.list(ListRequest::default())).await.unwrap();
        while within("its next chunk", list.next()).await.transpose().unwrap().is_some() {}
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_hundred_and_fifty_watches_may_be_opened_at_once() {
    let (server, client) = start(vec![Bytes::from_static(b"{}\n")]).await;
    let watches = (0..150).map(|_| watch(&client));
    let calls = (0..20).map(|_| client.server_version());
    let (watches, calls) = within(
        "a request",
        futures_util::future::join(
            futures_util::future::join_all(watches),
            futures_util::future::join_all(calls),
        ),
    )
    .await;
    assert_eq!(watches.len(), 150);
    assert!(calls.iter().all(Result::is_ok));
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn watches_that_nobody_reads_do_not_stall_the_others() {
    let chunks = vec![Bytes::from(vec![b'x'; 64 * 1024]); 64];
    let (_server, client) = start(chunks).await;
    let mut unread = Vec::new();
    for _ in 0..70 {
        unread.push(within("a watch", watch(&client)).await);
    }
    let mut read = within("a watch", watch(&client)).await;
    let mut bytes = 0;
    while bytes < 64 * 64 * 1024 {
        bytes += within("the next chunk", read.next()).await.unwrap().unwrap().len();
    }
    within("a get", client.server_version()).await.unwrap();
    let request = Request::get("/list");
    let mut list = within("a list", client.rest().stream(request)).await.unwrap();
    within("its first chunk", list.next()).await.unwrap().unwrap();
}
