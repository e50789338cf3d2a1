use std::fmt;
use std::sync::Arc;

use futures_util::future::join;
use tokio::sync::oneshot;

use crate::delta_fifo::{DeltaFifo, Transform};
use crate::error::{Error, ErrorKind, Result};
use crate::informer::SharedInformer;
use crate::informer::core::Core;
use crate::informer::processor::Processor;
use crate::reflector::{Reflector, ReflectorOptions};
use crate::resource::{IndexDefinition, Stored};
use crate::store::StoreWriter;
use crate::watch::ListWatch;

/// Says how an informer is to be; [`start`](Self::start) makes it.
///
/// # Defaults
///
/// No index but the namespace's, no transform, [`ReflectorOptions::default`].
#[must_use = "an informer does nothing until it is started"]
pub struct SharedInformerBuilder<S: Stored, L> {
    list_watch: L,
    indexes: Vec<IndexDefinition<S::Object>>,
    transform: Option<Transform<S>>,
    options: ReflectorOptions,
}

impl<S: Stored, L: ListWatch> fmt::Debug for SharedInformerBuilder<S, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedInformerBuilder")
            .field("list_watch", &self.list_watch.description())
            .field("indexes", &self.indexes)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<S: Stored, L: ListWatch> SharedInformerBuilder<S, L> {
    pub(crate) fn new(list_watch: L) -> Self {
        Self { list_watch, indexes: Vec::new(), transform: None, options: ReflectorOptions::default() }
    }

    /// Adds indexes, for example [`Resource::INDEXES`](crate::resource::Resource::INDEXES).
    pub fn indexes(mut self, definitions: &[IndexDefinition<S::Object>]) -> Self {
        self.indexes.extend_from_slice(definitions);
        self
    }

    /// Changes each object after it is decoded and before it is kept: leave out what you do not read, to
    /// save its memory. An error makes it an object that could not be decoded.
    pub fn transform(mut self, transform: impl Fn(&mut S) -> Result<()> + Send + Sync + 'static) -> Self {
        self.transform = Some(Box::new(transform));
        self
    }

    /// Sets how the reflector lists and watches.
    pub fn options(mut self, options: ReflectorOptions) -> Self {
        self.options = options;
        self
    }

    /// Starts the informer on a task of its own. Keep what this returns: the informer ends when the last handle of
    /// it is dropped, and with it its handlers.
    ///
    /// Mistakes are told by [`SharedInformer::synced`]: two indexes of one name, or a list that is
    /// refused before anything is sent.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    #[must_use = "the informer ends when its last handle is dropped"]
    #[track_caller]
    pub fn start(self) -> SharedInformer<S> {
        let (writer, mistake) = match StoreWriter::new(self.indexes) {
            Ok(writer) => (writer, None),
            Err(error) => (StoreWriter::default(), Some(error)),
        };
        let core = Arc::new(Core::new(self.list_watch.description(), writer.store()));
        if let Some(error) = mistake {
            drop(core.stop(Some(error)));
            return SharedInformer::new(core, None);
        }
        let mut fifo = DeltaFifo::new().known_objects(writer.store()).emit_replaced();
        if let Some(transform) = self.transform {
            fifo = fifo.transform(transform);
        }
        let fifo = Arc::new(fifo);
        let reflector = Reflector::with_options(self.list_watch, Arc::clone(&fifo), self.options)
            .report_to(core.reflector.clone());
        let processor = Processor::new(Arc::clone(&core), writer);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = Running { core: Arc::clone(&core), error: None };
        let task = core.spawn(async move {
            // Moved in here, so that it is dropped however this ends.
            let running = running;
            let reflect = async {
                let shutdown = async { drop(stopped.await) };
                let ended = reflector.run_until(shutdown).await;
                fifo.close();
                ended
            };
            // The processor goes first, so that what the reflector read is passed on before it reads more.
            let ((), ended) = join(processor.run(&fifo), reflect).await;
            running.ended(ended.err());
        });
        SharedInformer::new(core, Some((task, stop)))
    }
}

/// Tells everyone that waits when the informer's task ends, however it does.
struct Running<S: Stored> {
    core: Arc<Core<S>>,
    error: Option<Error>,
}

impl<S: Stored> Running<S> {
    fn ended(mut self, error: Option<Error>) {
        self.error = error;
    }
}

impl<S: Stored> Drop for Running<S> {
    fn drop(&mut self) {
        let panic = || Error::new(ErrorKind::Stopped, "informer ended by a panic");
        let error = self.error.take().or_else(|| std::thread::panicking().then(panic));
        drop(self.core.stop(error));
    }
}
