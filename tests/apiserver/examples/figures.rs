//! How fast and how large the server is with many objects: over real HTTP, in one process with its clients.
//!
//! ```sh
//! cargo run --release -p kubist-apiserver --example figures -- 100000 1024
//! ```
//! The first number is how many config maps there are, the second how many bytes of data each has.
#![expect(clippy::disallowed_methods, reason = "it measures real time")]

use std::error::Error;
use std::fmt::Display;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use kubist_apiserver::ApiServer;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Connections that write at the same time.
const WRITERS: usize = 8;
const NAMESPACES: usize = 100;

/// One connection, and the task that drives it.
struct Client {
    sender: SendRequest<Full<Bytes>>,
    _driver: JoinSet<hyper::Result<()>>,
}

impl Client {
    async fn connect(server: &ApiServer) -> Result<Self> {
        let stream = TcpStream::connect(server.url().trim_start_matches("http://")).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        Ok(Self { sender, _driver: driver })
    }

    async fn send(&mut self, method: Method, path: &str, body: String) -> Result<Incoming> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("content-type", "application/json")
            .body(Full::new(Bytes::from(body)))?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        if !response.status().is_success() {
            let status = response.status();
            let text = response.into_body().collect().await?.to_bytes();
            return Err(format!("{path}: {status} {}", String::from_utf8_lossy(&text)).into());
        }
        Ok(response.into_body())
    }

    async fn whole(&mut self, method: Method, path: &str, body: String) -> Result<Bytes> {
        Ok(self.send(method, path, body).await?.collect().await?.to_bytes())
    }

    async fn get(&mut self, path: &str) -> Result<Bytes> {
        self.whole(Method::GET, path, String::new()).await
    }
}

/// Lines of a stream, until there were `count`.
async fn read_lines((_connection, mut body): (Client, Incoming), count: usize) -> Result<usize> {
    let (mut lines, mut bytes) = (0, 0);
    while lines < count {
        let Some(frame) = body.frame().await else {
            return Err(format!("the stream ended after {lines} events").into());
        };
        if let Ok(data) = frame?.into_data() {
            lines += data.iter().filter(|byte| **byte == b'\n').count();
            bytes += data.len();
        }
    }
    Ok(bytes)
}

fn report(what: &str, figure: impl Display) {
    println!("| {what} | {figure} |");
}

/// The memory of this process, in bytes.
fn resident() -> Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let number = line.split_whitespace().next().ok_or("no number")?;
    Ok(number.parse::<usize>()? * 1024)
}

fn config_map(name: &str, size: usize) -> String {
    let data = "x".repeat(size);
    format!(
        r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"{name}","labels":{{"app":"figures"}}}},"data":{{"text":"{data}"}}}}"#
    )
}

fn maps(index: usize) -> String {
    format!("/api/v1/namespaces/ns{}/configmaps", index % NAMESPACES)
}

async fn namespaces(server: &ApiServer, count: usize) -> Result<()> {
    let mut client = Client::connect(server).await?;
    for index in 0..count {
        let namespace =
            format!(r#"{{"apiVersion":"v1","kind":"Namespace","metadata":{{"name":"ns{index}"}}}}"#);
        client.whole(Method::POST, "/api/v1/namespaces", namespace).await?;
    }
    Ok(())
}

async fn create(server: &ApiServer, count: usize, size: usize) -> Result<Duration> {
    let started = Instant::now();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let mut client = Client::connect(server).await?;
        writers.spawn(async move {
            for index in (writer..count).step_by(WRITERS) {
                let map = config_map(&format!("map{index:07}"), size);
                client.whole(Method::POST, &maps(index), map).await?;
            }
            Result::Ok(())
        });
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    Ok(started.elapsed())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn metadata(list: &Bytes, field: &str) -> Result<Option<String>> {
    // The metadata stands before the items.
    let end = list.windows(9).position(|window| window == b",\"items\":").ok_or("not a list")?;
    let mut head = list[..end].to_vec();
    head.push(b'}');
    let head: Value = serde_json::from_slice(&head)?;
    Ok(head["metadata"][field].as_str().map(str::to_owned))
}

async fn lists(client: &mut Client, count: usize) -> Result<()> {
    for turn in ["list of everything, first", "list of everything, again"] {
        let started = Instant::now();
        let list = client.get("/api/v1/configmaps").await?;
        let megabytes = list.len() as f64 / 1e6;
        report(turn, format!("{} for {megabytes:.0} MB", milliseconds(started.elapsed())));
    }
    let (mut pages, mut token) = (0, None::<String>);
    let started = Instant::now();
    loop {
        let token_part = token.map(|token| format!("&continue={token}")).unwrap_or_default();
        let list = client.get(&format!("/api/v1/configmaps?limit=500{token_part}")).await?;
        pages += 1;
        token = metadata(&list, "continue")?;
        if token.is_none() {
            break;
        }
    }
    report(
        "list of everything in pages of 500",
        format!("{} in {pages} pages", milliseconds(started.elapsed())),
    );
    let started = Instant::now();
    let list = client.get("/api/v1/namespaces/ns7/configmaps").await?;
    let version = metadata(&list, "resourceVersion")?.ok_or("no version")?;
    report(&format!("list of one namespace of {}", count / NAMESPACES), milliseconds(started.elapsed()));
    for index in 0..1000.min(count) {
        let path = format!("{}/map{index:07}", maps(index));
        client.whole(Method::PUT, &path, config_map(&format!("map{index:07}"), 64)).await?;
    }
    for (what, path) in
        [("everything", "/api/v1/configmaps"), ("one namespace", "/api/v1/namespaces/ns7/configmaps")]
    {
        let started = Instant::now();
        client.get(&format!("{path}?resourceVersion={version}&resourceVersionMatch=Exact")).await?;
        let what = format!("list of {what} at a version 1,000 changes ago");
        report(&what, milliseconds(started.elapsed()));
    }
    let started = Instant::now();
    for index in 0..10_000 {
        client.get(&format!("{}/map{:07}", maps(index), index % count)).await?;
    }
    report("get of one object", format!("{:.0} per second", 10_000.0 / started.elapsed().as_secs_f64()));
    Ok(())
}

async fn watch(server: &ApiServer, path: &str) -> Result<(Client, Incoming)> {
    let mut client = Client::connect(server).await?;
    let body = client.send(Method::GET, path, String::new()).await?;
    Ok((client, body))
}

async fn catch_up(server: &ApiServer, version: u64, count: usize) -> Result<()> {
    let started = Instant::now();
    let bytes = read_lines(
        watch(server, &format!("/api/v1/configmaps?watch=1&resourceVersion={version}")).await?,
        count,
    )
    .await?;
    let seconds = started.elapsed().as_secs_f64();
    report(
        &format!("watch that catches up with {count} changes"),
        format!("{:.0} events per second, {:.0} MB/s", count as f64 / seconds, bytes as f64 / 1e6 / seconds),
    );
    let started = Instant::now();
    let query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    read_lines(watch(server, &format!("/api/v1/configmaps?{query}")).await?, count + 1).await?;
    let seconds = started.elapsed().as_secs_f64();
    report("watch-list of everything", format!("{:.0} events per second", count as f64 / seconds));
    Ok(())
}

/// The time of single writes, at the median and at the 99th of a hundred.
async fn latency(server: &ApiServer, writes: usize) -> Result<String> {
    let mut client = Client::connect(server).await?;
    let mut times = Vec::with_capacity(writes);
    for index in 0..writes {
        let started = Instant::now();
        let path = format!("{}/map{index:07}", maps(index));
        client.whole(Method::PUT, &path, config_map(&format!("map{index:07}"), 64 + index % 7)).await?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok(format!(
        "{} median, {} at 99 %",
        milliseconds(times[writes / 2]),
        milliseconds(times[writes * 99 / 100])
    ))
}

async fn watched_writes(server: &ApiServer, version: u64, watches: &[String], what: &str) -> Result<()> {
    let mut readers = JoinSet::new();
    for path in watches {
        let body = watch(server, &format!("{path}?watch=1&resourceVersion={version}")).await?;
        readers.spawn(async move { read_lines(body, usize::MAX).await });
    }
    report(what, latency(server, 1000).await?);
    readers.shutdown().await;
    Ok(())
}

async fn servers() -> Result<()> {
    let (mut started, mut stopped) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..50 {
        let begin = Instant::now();
        let server = ApiServer::start().await?;
        started += begin.elapsed();
        Client::connect(&server).await?.get("/readyz").await?;
        let begin = Instant::now();
        server.shut_down().await;
        stopped += begin.elapsed();
    }
    report("start of a server", milliseconds(started / 50));
    report("stop of a server", milliseconds(stopped / 50));
    let before = resident()?;
    let begin = Instant::now();
    let mut many = Vec::new();
    for _ in 0..100 {
        many.push(ApiServer::start().await?);
    }
    for server in &many {
        Client::connect(server).await?.get("/api/v1/namespaces").await?;
    }
    let each = resident()?.saturating_sub(before) / 100 / 1024;
    report(
        "100 servers in one process, each asked once",
        format!("{}, {each} KiB each", milliseconds(begin.elapsed())),
    );
    let begin = Instant::now();
    for server in many {
        server.shut_down().await;
    }
    report("their end", milliseconds(begin.elapsed()));
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    let size: usize = arguments.next().map_or(Ok(1024), |text| text.parse())?;
    println!("| {count} config maps with {size} bytes of data | |\n|---|---|");
    servers().await?;
    let server = ApiServer::builder().history(2 * count).start().await?;
    namespaces(&server, NAMESPACES).await?;
    let (version, before) = (server.resource_version(), resident()?);
    let time = create(&server, count, size).await?;
    report("create", format!("{:.0} per second", count as f64 / time.as_secs_f64()));
    let each = resident()?.saturating_sub(before) / count;
    report("memory of an object after its creation", format!("{each} bytes"));
    catch_up(&server, version, count).await?;
    let mut client = Client::connect(&server).await?;
    lists(&mut client, count).await?;
    let each = resident()?.saturating_sub(before) / count;
    report("memory of an object after lists and watches", format!("{each} bytes"));
    report("write, nobody watching", latency(&server, 1000).await?);
    let now = server.resource_version();
    let all = vec!["/api/v1/configmaps".to_owned(); 100];
    watched_writes(&server, now, &all, "write, 100 watches of everything").await?;
    let now = server.resource_version();
    let apart: Vec<String> = (0..1000).map(maps).collect();
    watched_writes(&server, now, &apart, "write, 1,000 watches of one namespace in 100 each").await?;
    server.shut_down().await;
    Ok(())
}
