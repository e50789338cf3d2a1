//! What a control plane can be started with.

/// How to start a [`ControlPlane`](crate::ControlPlane). The default is what most tests want.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(crate) apiserver_args: Vec<String>,
}

impl Options {
    /// Appends a command line argument of the kube-apiserver; where a flag occurs twice, the later one counts.
    ///
    /// ```
    /// let options = kubist_envtest::Options::default().apiserver_arg("--feature-gates=WatchList=false");
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn apiserver_arg(mut self, argument: impl Into<String>) -> Self {
        self.apiserver_args.push(argument.into());
        self
    }

    /// Lets every list and watch read etcd.
    ///
    /// The watch cache answers with resource versions that etcd has already forgotten; without it
    /// [`ControlPlane::compact`](crate::ControlPlane::compact) makes them expire at once.
    #[must_use]
    pub fn without_watch_cache(self) -> Self {
        self.apiserver_arg("--watch-cache=false")
    }
}
