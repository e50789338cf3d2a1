//! Pure: what a change of a merged kubeconfig changes in which of its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::environment::Environment;
use crate::config::kubeconfig::{Kubeconfig, relativize_cluster, relativize_user};
use crate::error::Result;

/// The files of a kubeconfig, in the order in which they are merged.
pub(crate) struct Sources {
    paths: Vec<PathBuf>,
    files: BTreeMap<PathBuf, Kubeconfig>,
}

impl Sources {
    /// Reads those that are there.
    pub(crate) fn read(paths: Vec<PathBuf>, environment: &dyn Environment) -> Result<Self> {
        let mut files = BTreeMap::new();
        for path in &paths {
            let missing =
                environment.read(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
            if !missing {
                files.insert(path.clone(), Kubeconfig::read_raw(path, environment)?);
            }
        }
        Ok(Self { paths, files })
    }

    /// All of them as one. Paths are as they are in their files.
    pub(crate) fn merged(&self) -> Kubeconfig {
        let files = self.paths.iter().filter_map(|path| self.files.get(path));
        files.cloned().reduce(Kubeconfig::merge).unwrap_or_default()
    }

    /// Where new entries go: the first file that is there, else the last one of the list.
    pub(crate) fn default_file(&self) -> Option<&PathBuf> {
        self.paths.iter().find(|path| self.files.contains_key(*path)).or_else(|| self.paths.last())
    }

    /// The files that are not what they were, after the whole became `after`. What was changed stays in the file
    /// it came from.
    pub(crate) fn changed(self, after: &Kubeconfig) -> BTreeMap<PathBuf, Kubeconfig> {
        let before = self.merged();
        let Some(default) = self.default_file().cloned() else {
            return BTreeMap::new();
        };
        let mut files = Files { files: self.files, changed: BTreeMap::new() };
        for entry in &after.clusters {
            let known = before.clusters.iter().find(|known| known.name == entry.name);
            if known.is_none_or(|known| known.cluster != entry.cluster) {
                let path = known.and_then(|known| known.origin.as_ref()).unwrap_or(&default);
                let mut cluster = entry.cluster.clone();
                relativize_cluster(&mut cluster, folder(path));
                files.open(path).set_cluster(&entry.name, cluster);
            }
        }
        for entry in &after.users {
            let known = before.users.iter().find(|known| known.name == entry.name);
            if known.is_none_or(|known| known.user != entry.user) {
                let path = known.and_then(|known| known.origin.as_ref()).unwrap_or(&default);
                let mut user = entry.user.clone();
                relativize_user(&mut user, folder(path));
                files.open(path).set_user(&entry.name, user);
            }
        }
        for entry in &after.contexts {
            let known = before.contexts.iter().find(|known| known.name == entry.name);
            if known.is_none_or(|known| known.context != entry.context) {
                let path = known.and_then(|known| known.origin.as_ref()).unwrap_or(&default);
                files.open(path).set_context(&entry.name, entry.context.clone());
            }
        }
        files.remove_what_is_gone(&before, after);
        if before.current_context != after.current_context {
            files.set_current_context(&after.current_context, &default);
        }
        files.changed
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or_else(|| Path::new(""))
}

struct Files {
    files: BTreeMap<PathBuf, Kubeconfig>,
    changed: BTreeMap<PathBuf, Kubeconfig>,
}

impl Files {
    fn open(&mut self, path: &Path) -> &mut Kubeconfig {
        let files = &self.files;
        self.changed.entry(path.to_owned()).or_insert_with(|| files.get(path).cloned().unwrap_or_default())
    }

    /// A name is taken out of every file that has it: else the entry of a later file would show up.
    fn remove_what_is_gone(&mut self, before: &Kubeconfig, after: &Kubeconfig) {
        for path in self.files.keys().cloned().collect::<Vec<_>>() {
            for (name, _) in before.clusters().filter(|(name, _)| after.cluster(name).is_none()) {
                if self.files[&path].cluster(name).is_some() {
                    self.open(&path).remove_cluster(name);
                }
            }
            for (name, _) in before.users().filter(|(name, _)| after.user(name).is_none()) {
                if self.files[&path].user(name).is_some() {
                    self.open(&path).remove_user(name);
                }
            }
            for (name, _) in before.contexts().filter(|(name, _)| after.context(name).is_none()) {
                if self.files[&path].context(name).is_some() {
                    self.open(&path).remove_context(name);
                }
            }
        }
    }

    fn set_current_context(&mut self, name: &str, default: &Path) {
        if !name.is_empty() {
            return self.open(default).set_current_context(name);
        }
        let set = self.files.iter().filter(|(_, file)| file.current_context().is_some());
        for path in set.map(|(path, _)| path.clone()).collect::<Vec<_>>() {
            self.open(&path).set_current_context("");
        }
    }
}
