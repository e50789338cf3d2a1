//! Whatever the server goes through, the cache has what it has once it is quiet.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::error::ErrorKind;
use kubist::informer::{Backlog, Change, Registration, SharedInformer};
use kubist::reflector::ReflectorOptions;
use kubist::watch::{ListRequest, ListWatch, WatchRequest};
use kubist::{Error, Result};
use proptest::prelude::*;
use tokio::time::{Instant, sleep};

use crate::support::server::Server;
use crate::support::{body, bookmark, event, list, page, refused, status};

#[derive(Clone, Debug)]
enum Step {
    Put(String),
    PutBad(String),
    Delete(String),
    /// Deleted and made again at once.
    Remake(String),
    Bookmark,
    Disconnect(u8),
    Compact,
    /// The next request fails, with this code.
    Refuse(u16),
    Pass(u64),
    AddHandler,
}

fn step() -> impl Strategy<Value = Step> {
    let name = || "[a-h]";
    prop_oneof![
        8 => name().prop_map(Step::Put),
        1 => name().prop_map(Step::PutBad),
        3 => name().prop_map(Step::Delete),
        2 => name().prop_map(Step::Remake),
        1 => Just(Step::Bookmark),
        2 => any::<u8>().prop_map(Step::Disconnect),
        1 => Just(Step::Compact),
        1 => prop::sample::select(vec![0, 403, 410, 429, 500]).prop_map(Step::Refuse),
        4 => (0_u64..3000).prop_map(Step::Pass),
        1 => Just(Step::AddHandler),
    ]
}

/// What a handler knows from what it was told, and what was wrong with that.
#[derive(Default)]
struct View {
    objects: BTreeMap<String, Arc<ConfigMap>>,
    mistakes: Vec<String>,
}

impl View {
    fn tell(&mut self, change: &Change<ConfigMap>) {
        let name = change.key().name().to_owned();
        let before = match change {
            Change::Deleted { .. } => self.objects.remove(&name),
            Change::Added { object, .. } => self.objects.insert(name, Arc::clone(object)),
            Change::Updated { new, .. } => self.objects.insert(name, Arc::clone(new)),
        };
        let follows = match (change, &before) {
            (Change::Added { .. }, None) => true,
            (Change::Updated { old, new }, Some(before)) => {
                Arc::ptr_eq(old, before)
                    && old.metadata.uid == new.metadata.uid
                    && old.metadata.resource_version != new.metadata.resource_version
            }
            (Change::Deleted { object, .. }, Some(before)) => object.metadata.uid == before.metadata.uid,
            _ => false,
        };
        if !follows {
            let before = before.map(|before| before.metadata.resource_version.clone());
            self.mistakes.push(format!("{change:?} after {before:?}"));
        }
    }
}

type Seen = Arc<Mutex<View>>;

fn add_handler(informer: &SharedInformer<ConfigMap>, limit: usize) -> (Registration<ConfigMap>, Seen) {
    let seen = Seen::default();
    let registration = informer.on_with(Backlog::KeepAll { limit }, {
        let seen = Arc::clone(&seen);
        move |change| seen.lock().expect("no panic").tell(&change)
    });
    (registration, seen)
}

fn versions<'a>(objects: impl Iterator<Item = &'a Arc<ConfigMap>>) -> BTreeMap<String, String> {
    objects
        .map(|map| {
            let meta = map.metadata.clone();
            (meta.name.unwrap_or_default(), meta.resource_version.unwrap_or_default())
        })
        .collect()
}

fn play(server: &Server, step: &Step) {
    let mut state = server.state();
    match step {
        Step::Put(name) => state.put(name, true),
        Step::PutBad(name) => state.put(name, false),
        Step::Delete(name) => state.delete(name),
        Step::Remake(name) => {
            state.delete(name);
            state.put(name, true);
        }
        Step::Bookmark => state.bookmark(),
        Step::Disconnect(how) => state.disconnect(*how),
        Step::Compact => state.compact(),
        Step::Refuse(0) => state.refusals.push_back(Error::new(ErrorKind::Transport, "refused")),
        Step::Refuse(code) => state.refusals.push_back(refused(*code, "")),
        Step::Pass(_) | Step::AddHandler => {}
    }
}

async fn live(steps: Vec<Step>, seed: u64) -> Result<()> {
    let server = Server::default();
    server.state().put("first", true);
    let mut options = ReflectorOptions::default().seed(seed);
    if seed.is_multiple_of(2) {
        options = options.page_size(NonZero::new(2).expect("two"));
    }
    let informer = SharedInformer::<ConfigMap>::builder(server.clone()).options(options).start();
    let mut handlers = vec![add_handler(&informer, 2)];
    let started = Instant::now();
    for step in &steps {
        play(&server, step);
        match step {
            Step::Pass(millis) => sleep(Duration::from_millis(*millis)).await,
            Step::AddHandler => handlers.push(add_handler(&informer, 1000)),
            _ => {}
        }
    }
    // Calm: nothing fails any more, and one last change says when everything has arrived.
    server.state().refusals.clear();
    sleep(Duration::from_secs(120)).await;
    server.state().put("last", true);
    let version = server.state().version.to_string();
    informer.lister().at_least_within(&*version, Duration::from_secs(600)).await?;
    let requests = server.state().requests;
    let seconds = started.elapsed().as_secs() as usize;
    assert!(requests <= 10 + 4 * steps.len() + 2 * seconds, "{requests} requests in {seconds} s");

    let (mut wanted, mut poisoned) = (BTreeMap::new(), Vec::new());
    for (name, object) in &server.state().objects {
        if object["data"].is_object() {
            let version = object["metadata"]["resourceVersion"].as_str().unwrap_or_default();
            wanted.insert(name.clone(), version.to_owned());
        } else {
            poisoned.push(name.clone());
        }
    }
    let status = informer.status();
    let named: Vec<String> = status.reflector.poisoned.keys().map(|key| key.name().to_owned()).collect();
    assert_eq!(named, poisoned);
    let mut cached = versions(informer.lister().list().iter());
    let all = cached.clone();
    cached.retain(|name, _| !poisoned.contains(name));
    assert_eq!(cached, wanted);
    for (registration, seen) in &handlers {
        registration.synced().await?;
        while registration.backlog() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_millis(1)).await;
        let seen = seen.lock().expect("no panic");
        assert_eq!(seen.mistakes, [""; 0]);
        assert_eq!(versions(seen.objects.values()), all);
    }
    assert_eq!(status.handler_panics, 0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_cache_has_what_the_server_has_after_whatever_happened(
        steps in prop::collection::vec(step(), 0..60),
        seed in any::<u64>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        runtime.block_on(live(steps, seed)).expect("the cache catches up");
    }
}

/// A server that never gets anything right: each question is answered with the next of these.
#[derive(Clone)]
struct Broken {
    answers: Arc<Vec<u8>>,
    asked: Arc<Mutex<usize>>,
}

impl Broken {
    /// Answers that bring nobody any further.
    fn answer(&self, good: Bytes) -> Result<BoxStream<'static, Result<Bytes>>> {
        let mut asked = self.asked.lock().expect("no panic");
        let answer = self.answers[*asked % self.answers.len()];
        *asked += 1;
        let body = match answer {
            0 => return Err(Error::new(ErrorKind::Transport, "connection refused")),
            1 => return Err(refused(410, "Expired")),
            2 => return Err(refused(429, "TooManyRequests")),
            3 => return Err(refused(500, "InternalError")),
            4 => vec![],
            5 => vec![Ok(event("MODIFIED", &body("a", 5)))],
            6 => vec![Ok(event("ERROR", &status(410, "Expired")))],
            7 => vec![Ok(event("ERROR", &status(429, "TooManyRequests")))],
            8 => vec![Ok(event("EXPLODED", &body("a", 5))), Ok(Bytes::from_static(b"{]\n"))],
            9 => vec![Ok(good.slice(..good.len() / 2))],
            10 => vec![Ok(bookmark(5)), Err(Error::new(ErrorKind::Transport, "connection reset"))],
            11 => vec![Ok(page(5, Some("x"), &[body("a", 5)]))],
            12 => vec![Ok(page(5, Some("y"), &[]))],
            _ => vec![Ok(good)],
        };
        Ok(stream::iter(body).boxed())
    }
}

impl ListWatch for Broken {
    type Body = BoxStream<'static, Result<Bytes>>;

    fn description(&self) -> String {
        "configmaps".to_owned()
    }

    async fn list(&self, _: ListRequest) -> Result<Self::Body> {
        self.answer(list(5, &[body("a", 5)]))
    }

    async fn watch(&self, _: WatchRequest) -> Result<Self::Body> {
        self.answer(bookmark(5))
    }
}

proptest! {
    #[test]
    fn no_server_however_broken_is_asked_again_and_again_without_a_wait(
        answers in prop::collection::vec(0_u8..16, 1..8),
        seed in any::<u64>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let server = Broken { answers: Arc::new(answers), asked: Arc::default() };
        let asked = Arc::clone(&server.asked);
        runtime.block_on(async move {
            let options = ReflectorOptions::default().seed(seed);
            let informer = SharedInformer::<ConfigMap>::builder(server).options(options).start();
            sleep(Duration::from_secs(600)).await;
            informer.stop().await;
        });
        // From 0.8 s to 30 s and more between two rounds, and at most eight questions in each: two lists whose
        // token expires, each of them twice.
        let asked = *asked.lock().expect("no panic");
        prop_assert!(asked <= 8 * 26, "{asked} questions in ten minutes");
    }
}
