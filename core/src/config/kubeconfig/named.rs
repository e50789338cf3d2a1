// Pure: no clock, no waiting.
//! The entries of a kubeconfig by their names.

use std::path::Path;

use super::{AuthInfo, Cluster, Context, Kubeconfig, NamedCluster, NamedContext, NamedUser};

impl Kubeconfig {
    /// The name of the context that is used where the program names none.
    #[must_use]
    pub fn current_context(&self) -> Option<&str> {
        Some(&*self.current_context).filter(|name| !name.is_empty())
    }

    /// Uses this context where the program names none. It need not be there yet.
    pub fn set_current_context(&mut self, name: impl Into<String>) {
        self.current_context = name.into();
    }

    /// The names and contexts, in the order of the file.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::{Context, Kubeconfig};
    ///
    /// let mut kubeconfig = Kubeconfig::default();
    /// kubeconfig.set_context("dev", Context::new("c", "me"));
    /// kubeconfig.set_context("prod", Context::new("d", "me"));
    /// for (name, context) in kubeconfig.contexts() {
    ///     println!("{name}: {} as {}", context.cluster(), context.user());
    /// }
    /// assert!(kubeconfig.remove_context("dev").is_some());
    /// assert!(kubeconfig.context("dev").is_none());
    /// ```
    pub fn contexts(&self) -> impl Iterator<Item = (&str, &Context)> {
        self.contexts.iter().map(|entry| (&*entry.name, &entry.context))
    }

    /// The names and clusters, in the order of the file.
    pub fn clusters(&self) -> impl Iterator<Item = (&str, &Cluster)> {
        self.clusters.iter().map(|entry| (&*entry.name, &entry.cluster))
    }

    /// The names and users, in the order of the file.
    pub fn users(&self) -> impl Iterator<Item = (&str, &AuthInfo)> {
        self.users.iter().map(|entry| (&*entry.name, &entry.user))
    }

    /// The context of this name.
    #[must_use]
    pub fn context(&self, name: &str) -> Option<&Context> {
        self.contexts().find(|(known, _)| *known == name).map(|(_, context)| context)
    }

    /// The cluster of this name.
    #[must_use]
    pub fn cluster(&self, name: &str) -> Option<&Cluster> {
        self.clusters().find(|(known, _)| *known == name).map(|(_, cluster)| cluster)
    }

    /// The user of this name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&AuthInfo> {
        self.users().find(|(known, _)| *known == name).map(|(_, user)| user)
    }

    /// Adds a context, or puts it in the place of the one of that name.
    pub fn set_context(&mut self, name: impl Into<String>, context: Context) {
        let name = name.into();
        match self.contexts.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => entry.context = context,
            None => self.contexts.push(NamedContext { name, context, origin: None }),
        }
    }

    /// Adds a cluster, or puts it in the place of the one of that name.
    pub fn set_cluster(&mut self, name: impl Into<String>, cluster: Cluster) {
        let name = name.into();
        match self.clusters.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => entry.cluster = cluster,
            None => self.clusters.push(NamedCluster { name, cluster, origin: None }),
        }
    }

    /// Adds a user, or puts it in the place of the one of that name.
    pub fn set_user(&mut self, name: impl Into<String>, user: AuthInfo) {
        let name = name.into();
        match self.users.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => entry.user = user,
            None => self.users.push(NamedUser { name, user, origin: None }),
        }
    }

    /// Takes a context out. The current context may name it still.
    pub fn remove_context(&mut self, name: &str) -> Option<Context> {
        let at = self.contexts.iter().position(|entry| entry.name == name)?;
        Some(self.contexts.remove(at).context)
    }

    /// Takes a cluster out. Contexts may name it still.
    pub fn remove_cluster(&mut self, name: &str) -> Option<Cluster> {
        let at = self.clusters.iter().position(|entry| entry.name == name)?;
        Some(self.clusters.remove(at).cluster)
    }

    /// Takes a user out. Contexts may name it still.
    pub fn remove_user(&mut self, name: &str) -> Option<AuthInfo> {
        let at = self.users.iter().position(|entry| entry.name == name)?;
        Some(self.users.remove(at).user)
    }

    /// Everything in it comes from this file.
    pub(crate) fn set_origin(&mut self, path: &Path) {
        self.clusters.iter_mut().for_each(|entry| entry.origin = Some(path.to_owned()));
        self.users.iter_mut().for_each(|entry| entry.origin = Some(path.to_owned()));
        self.contexts.iter_mut().for_each(|entry| entry.origin = Some(path.to_owned()));
    }
}
