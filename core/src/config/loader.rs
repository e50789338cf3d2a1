//! Where configurations are looked for, and changed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::environment::{Environment, ProcessEnvironment};
use crate::config::modify::Sources;
use crate::config::{Config, Kubeconfig, Overrides, files, load, problem};
use crate::error::Result;

/// How long to wait for another program that is changing the same kubeconfig.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// Finds a configuration with what a program was told by its flags, or changes the kubeconfig it comes from.
///
/// Looks where kubectl looks: in the file that is [named](Self::file), else in those of `KUBECONFIG`, else in
/// `~/.kube/config`, else in the pod that the program runs in.
///
/// # Examples
///
/// ```no_run
/// use kubist::config::Config;
///
/// let config = Config::loader().context("prod").namespace("shop").load()?;
/// let other = Config::loader().file("/etc/robot/kubeconfig").load()?;
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Loader {
    file: Option<PathBuf>,
    overrides: Overrides,
}

impl Loader {
    /// This file and no other. It must be there.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// What replaces parts of the kubeconfig. Takes the place of what was said before.
    #[must_use]
    pub fn overrides(mut self, overrides: Overrides) -> Self {
        self.overrides = overrides;
        self
    }

    /// The context of this name.
    #[must_use]
    pub fn context(mut self, name: impl Into<String>) -> Self {
        self.overrides = self.overrides.context(name);
        self
    }

    /// The namespace where the program names none.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.overrides = self.overrides.namespace(namespace);
        self
    }

    /// Finds the configuration.
    ///
    /// # Errors
    ///
    /// One error that names each place that was tried and everything that was wrong there.
    pub fn load(&self) -> Result<Config> {
        load::load(self.file.as_deref(), &self.overrides, &ProcessEnvironment)
    }

    /// The kubeconfig itself, merged where it is of several files; empty where there is none.
    ///
    /// # Errors
    ///
    /// When a file is not a kubeconfig, or the one that was named is not there.
    pub fn kubeconfig(&self) -> Result<Kubeconfig> {
        load::merged(self.file.as_deref(), &ProcessEnvironment)
    }

    /// Changes the kubeconfig as `kubectl config` does: what is changed is written to the file that it came from,
    /// what is new to the first file. Paths are seen as they are in their files; one below the folder of its file
    /// is written relative to it.
    ///
    /// Other programs are kept out by a lock file, as kubectl makes it, for which this waits up to two seconds.
    /// Files are replaced whole, with mode 0600; comments in them are lost. When `change` fails or changes nothing,
    /// nothing is written.
    ///
    /// # Errors
    ///
    /// That of `change`; or when a file is not a kubeconfig, is locked or cannot be written.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the wait for the lock; after that there is nothing to wait for.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::{AuthInfo, Cluster, Config, Context};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> kubist::Result<()> {
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("config");
    /// let loader = Config::loader().file(&path);
    /// loader.modify(|kubeconfig| {
    ///     kubeconfig.set_cluster("kind", Cluster::new("https://127.0.0.1:6443"));
    ///     kubeconfig.set_user("me", AuthInfo::default().token("secret"));
    ///     kubeconfig.set_context("kind", Context::new("kind", "me"));
    ///     kubeconfig.set_current_context("kind");
    ///     Ok(())
    /// })
    /// .await?;
    /// assert_eq!(loader.load()?.url(), "https://127.0.0.1:6443/");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn modify<T>(&self, change: impl FnOnce(&mut Kubeconfig) -> Result<T>) -> Result<T> {
        modify(self.file.as_deref(), LOCK_WAIT, &ProcessEnvironment, change).await
    }
}

async fn modify<T>(
    file: Option<&Path>,
    wait: Duration,
    environment: &(dyn Environment + Sync),
    change: impl FnOnce(&mut Kubeconfig) -> Result<T>,
) -> Result<T> {
    let paths = match file {
        Some(path) => vec![path.to_owned()],
        None => load::paths(environment),
    };
    let Some(last) = paths.last() else {
        return Err(problem("there is no kubeconfig to change: neither KUBECONFIG nor HOME is set"));
    };
    files::make_folder(last)?;
    // Always in the same order, so that two programs do not wait for each other.
    let mut locked: Vec<_> = paths.iter().filter(|path| is_in_folder(path)).collect();
    locked.sort();
    let mut locks = Vec::new();
    for path in locked {
        locks.push(files::Lock::take(path, wait).await?);
    }

    let sources = Sources::read(paths, environment)?;
    let mut kubeconfig = sources.merged();
    let outcome = change(&mut kubeconfig)?;
    files::write_all(sources.changed(&kubeconfig))?;
    drop(locks);
    Ok(outcome)
}

/// Whether the folder of a file is there: where it is not, neither is the file.
fn is_in_folder(path: &Path) -> bool {
    path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::fs;
    use std::io;

    use tokio::task::JoinSet;

    use super::*;
    use crate::config::{AuthInfo, Cluster, Context};

    /// Real files, and `KUBECONFIG`.
    struct Listed(OsString);

    impl Environment for Listed {
        fn var(&self, name: &str) -> Option<OsString> {
            (name == "KUBECONFIG").then(|| self.0.clone())
        }

        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            fs::read(path)
        }
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new(files: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (name, text) in files {
                fs::write(folder.path().join(name), text).unwrap();
            }
            Self(folder)
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn text(&self, name: &str) -> String {
            fs::read_to_string(self.path(name)).unwrap()
        }

        async fn modify<T>(
            &self,
            names: &[&str],
            change: impl FnOnce(&mut Kubeconfig) -> Result<T>,
        ) -> Result<T> {
            let list = std::env::join_paths(names.iter().map(|name| self.path(name))).unwrap();
            modify(None, LOCK_WAIT, &Listed(list), change).await
        }
    }

    const FIRST: &str = "
        current-context: dev
        clusters: [{name: c, cluster: {server: 'https://c'}}]
        users: [{name: shared, user: {token: first}}]
        contexts: [{name: dev, context: {cluster: c, user: u}}]";
    const SECOND: &str = "
        current-context: other
        users: [{name: u, user: {token: x, tokenFile: token}}, {name: shared, user: {token: second}}]";

    #[tokio::test(start_paused = true)]
    async fn a_changed_entry_goes_back_to_its_file_and_a_new_one_to_the_first() {
        let folder = Folder::new(&[("a", FIRST), ("b", SECOND)]);
        let (a, b) = (folder.text("a"), folder.text("b"));
        let change = folder.modify(&["missing", "a", "b"], |kubeconfig| {
            let user = kubeconfig.user("u").unwrap().clone();
            assert_eq!(user.token_file, Path::new("token"), "paths are as in the file");
            kubeconfig.set_user("u", user.token("changed"));
            Ok(())
        });
        change.await.unwrap();
        assert_eq!(folder.text("a"), a, "a file without a change is not written");
        let second = Kubeconfig::parse(&folder.text("b")).unwrap();
        assert_eq!(second.user("u").unwrap().token, "changed");
        assert_eq!(second.user("u").unwrap().token_file, Path::new("token"));
        assert_eq!(second.user("shared").unwrap().token, "second");

        fs::write(folder.path("b"), &b).unwrap();
        let change = folder.modify(&["missing", "a", "b"], |kubeconfig| {
            let ca = folder.path("pki/ca.pem");
            kubeconfig.set_cluster("d", Cluster::new("https://d").certificate_authority(ca));
            kubeconfig.set_current_context("new");
            kubeconfig.set_context("new", Context::new("d", "u"));
            Ok(())
        });
        change.await.unwrap();
        assert_eq!(folder.text("b"), b);
        let first = Kubeconfig::parse(&folder.text("a")).unwrap();
        assert_eq!(first.current_context(), Some("new"));
        assert_eq!(first.cluster("d").unwrap().certificate_authority, Path::new("pki/ca.pem"));
        assert_eq!(first.contexts().count(), 2);
        assert!(!folder.path("missing").exists());
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_taken_out_is_gone_from_every_file() {
        let folder = Folder::new(&[("a", FIRST), ("b", SECOND)]);
        let change = folder.modify(&["a", "b"], |kubeconfig| {
            assert_eq!(kubeconfig.remove_user("shared").unwrap().token, "first");
            kubeconfig.set_current_context("");
            Ok(())
        });
        change.await.unwrap();
        for name in ["a", "b"] {
            let file = Kubeconfig::parse(&folder.text(name)).unwrap();
            assert!(file.user("shared").is_none() && file.current_context().is_none(), "{name}");
        }
        assert!(folder.text("b").contains("tokenFile: token"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_that_fails_or_changes_nothing_writes_nothing() {
        let folder = Folder::new(&[("a", FIRST)]);
        folder.modify(&["a"], |_| Ok(())).await.unwrap();
        let failed = folder.modify(&["a"], |kubeconfig| {
            kubeconfig.set_current_context("x");
            Err::<(), _>(problem("no"))
        });
        assert_eq!(failed.await.unwrap_err().to_string(), "no");
        assert_eq!(folder.text("a"), FIRST);
        assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1, "no lock stays behind");
    }

    #[tokio::test(start_paused = true)]
    async fn a_locked_file_is_not_written_and_the_lock_is_named() {
        let folder = Folder::new(&[("a", FIRST), ("a.lock", "")]);
        let error = folder.modify(&["a"], |_| Ok(())).await.unwrap_err();
        let lock = folder.path("a.lock").display().to_string();
        let text = format!("{error:#}");
        assert!(
            text.ends_with(&format!("another program is changing it; if none is, remove {lock}")),
            "{text}"
        );
        assert!(folder.path("a.lock").exists(), "it is somebody else's");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn many_programs_at_once_lose_nothing() {
        let folder = Folder::new(&[]);
        let path = folder.path("new/config");
        let mut tasks = JoinSet::new();
        for number in 0..8 {
            let list = Listed(path.as_os_str().to_owned());
            tasks.spawn(async move {
                let change = modify(None, Duration::from_secs(60), &list, |kubeconfig| {
                    kubeconfig.set_user(format!("u{number}"), AuthInfo::default().token("x"));
                    Ok(())
                });
                change.await.unwrap();
            });
        }
        tasks.join_all().await;
        assert_eq!(Kubeconfig::read(&path).unwrap().users().count(), 8);
    }

    #[cfg(unix)]
    #[tokio::test(start_paused = true)]
    async fn what_is_written_is_for_its_owner_alone_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = Folder::new(&[("a", FIRST)]);
        fs::set_permissions(folder.path("a"), fs::Permissions::from_mode(0o644)).unwrap();
        symlink(folder.path("a"), folder.path("link")).unwrap();
        let mode = |name: &str| fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777;
        let set = |kubeconfig: &mut Kubeconfig| {
            kubeconfig.set_current_context("x");
            Ok(())
        };
        folder.modify(&["link"], set).await.unwrap();
        assert!(folder.path("link").is_symlink());
        assert_eq!(mode("a"), 0o600);
        folder.modify(&["new/below/config"], set).await.unwrap();
        assert_eq!((mode("new/below/config"), mode("new/below")), (0o600, 0o700));
    }

    #[tokio::test(start_paused = true)]
    async fn a_broken_file_is_left_as_it_is() {
        let folder = Folder::new(&[("a", "users: [")]);
        let error = folder.modify(&["a"], |_| Ok(())).await.unwrap_err();
        assert!(error.to_string().starts_with("kubeconfig "), "{error}");
        assert_eq!(folder.text("a"), "users: [");
    }
}
