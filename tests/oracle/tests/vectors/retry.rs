//! What is sent again, how often, and after how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Response, header};
use kubist::Client;
use kubist::rest::{Method, Request};
use kubist::transport::Body;
use serde::Deserialize;
use tokio::time::Instant;

use crate::meant::Meant;
use crate::{none_wrong, rows};

#[derive(Debug, Deserialize)]
struct Row {
    method: String,
    answers: Vec<String>,
    tries: usize,
    success: bool,
    waited: f64,
}

/// A server that gives these answers, one for each try, and a success after them.
fn server(answers: &[String]) -> (Client, Arc<AtomicUsize>) {
    let tries = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&tries);
    let answers = answers.to_vec();
    let service = tower::service_fn(move |_request: http::Request<Body>| {
        let answer = answers.get(count.fetch_add(1, Ordering::Relaxed)).map_or("200", String::as_str);
        std::future::ready(answered(answer))
    });
    (Client::from_service(service, "http://fake", "default").unwrap(), tries)
}

fn answered(answer: &str) -> Result<Response<String>, std::io::Error> {
    let broken = match answer {
        "eof" => std::io::ErrorKind::UnexpectedEof,
        "reset" => std::io::ErrorKind::ConnectionReset,
        "other" => std::io::ErrorKind::Other,
        _ => {
            let (status, after) = answer.split_once('/').unwrap_or((answer, ""));
            let mut answer =
                Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
            if !after.is_empty() {
                answer = answer.header(header::RETRY_AFTER, after);
            }
            return Ok(answer.body("{}".to_owned()).unwrap());
        }
    };
    Err(broken.into())
}

const NO_RETRY_AFTER: &str = "429 without a Retry-After is not sent again";
const READS: &str = "reads are not sent again after 500, 502, 503 and 504 without a Retry-After";
const WRITES: &str = "writes are sent again after any 5xx with a Retry-After";
const UNKNOWN: &str = "a read is sent again after a reset or an end of the connection only";
const OFTEN: &str = "11 tries in all, for everything";
const LONG: &str = "a Retry-After may be of any length";
const PAUSE: &str = "waits do not grow: as long as a Retry-After says, 1 s after a broken connection";
const ODD: &str = "any 5xx with a Retry-After is sent again";

fn meant(row: &Row, tries: usize) -> Option<&'static str> {
    let read = row.method == "GET";
    let answer = row.answers.first().map_or("", String::as_str);
    let waits: f64 =
        row.answers.iter().filter_map(|answer| answer.split_once('/')?.1.parse::<f64>().ok()).sum();
    match answer {
        "429" | "429/x" if row.tries == 1 => Some(NO_RETRY_AFTER),
        "500" | "502" | "503" | "504" if read && row.tries == 1 => Some(READS),
        "other" if read && row.tries == 1 => Some(UNKNOWN),
        "500/1" | "502/1" | "504/1" if !read && tries == 1 => Some(WRITES),
        "505/1" | "529/1" if tries == 1 => Some(ODD),
        "429/40" | "429/10" if tries < row.tries && waits > 30.0 => Some(LONG),
        _ if row.tries > tries && tries >= 4 => Some(OFTEN),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn requests_are_sent_again_alike() {
    let all = [NO_RETRY_AFTER, READS, WRITES, UNKNOWN, OFTEN, LONG, PAUSE, ODD];
    let differences = Meant::new("retry", &all);
    let mut wrong = Vec::new();
    for row in rows::<Row>("retry", "tries") {
        let (client, tries) = server(&row.answers);
        let start = Instant::now();
        let mut request = Request::new(Method::from_bytes(row.method.as_bytes()).unwrap(), "/x");
        if !matches!(&*row.method, "GET" | "DELETE") {
            request = request.body("application/json", "{}");
        }
        let answer = client.rest().bytes(request).await;
        let (tries, waited) = (tries.load(Ordering::Relaxed), start.elapsed().as_secs_f64());
        if (tries, answer.is_ok()) != (row.tries, row.success) {
            match meant(&row, tries) {
                Some(difference) => differences.met(difference),
                None => wrong.push(format!("{row:?}: {tries} tries, {answer:?}")),
            }
        } else if waited > row.waited * 1.1 + 0.1 {
            differences.met(PAUSE);
        } else if waited < row.waited {
            // A break is no Retry-After.
            match row.answers.iter().any(|answer| ["eof", "reset"].contains(&&**answer)) {
                true => differences.met(PAUSE),
                false => wrong.push(format!("{row:?}: waited {waited}")),
            }
        }
    }
    none_wrong(&wrong);
    differences.all_met();
}
