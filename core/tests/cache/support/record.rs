use std::sync::{Arc, Mutex};
use std::time::Duration;

use k8s_openapi::api::core::v1::ConfigMap;
use kubist::Result;
use kubist::informer::{Change, SharedInformer};
use kubist::reflector::Sink;
use kubist::resource::{ObjectKey, Stored};
use tokio::sync::{Notify, watch};
use tokio::time::timeout;

/// Lines that something wrote, in order.
#[derive(Clone, Default)]
pub(crate) struct Record(Arc<(Mutex<Vec<String>>, Notify)>);

impl Record {
    pub(crate) fn write(&self, line: impl Into<String>) {
        self.0.0.lock().expect("no panic").push(line.into());
        self.0.1.notify_waiters();
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.0.lock().expect("no panic").clone()
    }

    /// Takes the next `count` lines when they are there.
    pub(crate) async fn take(&self, count: usize) -> Vec<String> {
        let enough = async {
            loop {
                let written = self.0.1.notified();
                if self.lines().len() >= count {
                    return;
                }
                written.await;
            }
        };
        if timeout(Duration::from_secs(3600), enough).await.is_err() {
            panic!("only {:?} of {count} lines", self.lines());
        }
        self.0.0.lock().expect("no panic").drain(..count).collect()
    }

    /// A handler that writes what it is told.
    pub(crate) fn handler<S: Stored>(&self) -> impl FnMut(Change<S>) + Send + 'static {
        let record = self.clone();
        move |change| record.write(line(&change))
    }
}

/// Holds its handler inside of each call until it is opened.
#[derive(Clone)]
pub(crate) struct Gate(Arc<watch::Sender<Held>>);

#[derive(Default)]
struct Held {
    open: bool,
    entered: usize,
    ended: usize,
}

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Held::default())))
    }
}

impl Gate {
    /// A handler that needs a thread for itself while the gate is closed.
    pub(crate) fn handler<S: Stored>(&self) -> impl FnMut(Change<S>) + Send + 'static {
        let gate = self.clone();
        move |_| {
            gate.0.send_modify(|held| held.entered += 1);
            while !gate.0.borrow().open {
                std::thread::yield_now();
            }
            gate.0.send_modify(|held| held.ended += 1);
        }
    }

    /// Waits until the handler was called.
    pub(crate) async fn entered(&self) {
        self.0.subscribe().wait_for(|held| held.entered > 0).await.expect("the gate stays");
    }

    pub(crate) fn open(&self) {
        self.0.send_modify(|held| held.open = true);
    }

    /// How many calls were begun, and how many have ended.
    pub(crate) fn calls(&self) -> (usize, usize) {
        let held = self.0.borrow();
        (held.entered, held.ended)
    }

    /// Whether the handler is still there, and could be called.
    pub(crate) fn has_handler(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

/// A change as a line; initial additions begin with `initially`.
pub(crate) fn line<S: Stored>(change: &Change<S>) -> String {
    let initial = matches!(change, Change::Added { initial: true, .. });
    format!("{}{change}", if initial { "initially " } else { "" })
}

/// A sink that keeps nothing and writes down what it is told.
#[derive(Clone, Default)]
pub(crate) struct Notes {
    pub(crate) record: Record,
    /// What it says it knows.
    pub(crate) known: Vec<Arc<ConfigMap>>,
}

fn told(map: &ConfigMap) -> String {
    let version = map.metadata.resource_version.as_deref().unwrap_or("?");
    format!("{}@{version}", map.metadata.name.as_deref().unwrap_or("?"))
}

impl Sink for Notes {
    type Item = ConfigMap;

    fn known(&self, key: &ObjectKey) -> Option<Arc<ConfigMap>> {
        self.known.iter().find(|map| map.stored_key() == *key).cloned()
    }

    fn admit(&self, object: &mut ConfigMap) -> Result<()> {
        match object.data.as_ref().and_then(|data| data.get("refuse")) {
            Some(_) => Err(kubist::Error::invalid("refused by the sink")),
            None => Ok(()),
        }
    }

    fn replace(&self, objects: Vec<Arc<ConfigMap>>, resource_version: &str) {
        let objects: Vec<String> = objects
            .iter()
            .map(|object| {
                let kept = self.known.iter().any(|known| Arc::ptr_eq(known, object));
                format!("{}{}", told(object), if kept { " kept" } else { "" })
            })
            .collect();
        self.record.write(format!("replace {objects:?} at {resource_version}"));
    }

    fn add(&self, object: Arc<ConfigMap>) {
        self.record.write(format!("add {}", told(&object)));
    }

    fn update(&self, object: Arc<ConfigMap>) {
        self.record.write(format!("update {}", told(&object)));
    }

    fn delete(&self, key: ObjectKey, object: Option<Arc<ConfigMap>>) {
        let last = object.map_or_else(|| format!("{key} unknown"), |object| told(&object));
        self.record.write(format!("delete {last}"));
    }

    fn bookmark(&self, resource_version: &str) {
        self.record.write(format!("at {resource_version}"));
    }
}

/// Waits until the informer's status is as it shall be.
pub(crate) async fn eventually(
    informer: &SharedInformer<ConfigMap>,
    holds: impl Fn(&SharedInformer<ConfigMap>) -> bool,
) {
    let version = async {
        while !holds(informer) {
            // Under the paused clock this passes when every task has done what it can.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    if timeout(Duration::from_secs(3600), version).await.is_err() {
        panic!("never came about: {informer:?}");
    }
}
