//! Where a program is.

use std::env;
use std::path::{Path, PathBuf, is_separator};

/// Whether a command is a path, and not a name to be looked up.
pub(crate) fn is_path(command: &str) -> bool {
    command.contains(is_separator)
}

/// The file that a command names: itself if it is a path, else the first in `PATH`. Folders of `PATH`
/// that depend on the working directory are left out.
pub(crate) fn lookup(command: &str) -> Option<PathBuf> {
    if is_path(command) {
        return Some(PathBuf::from(command)).filter(|path| is_program(path));
    }
    let folders = env::var_os("PATH")?;
    let folders = env::split_paths(&folders).filter(|folder| folder.is_absolute());
    folders.flat_map(|folder| names(command).map(move |name| folder.join(name))).find(|path| is_program(path))
}

#[cfg(unix)]
fn names(command: &str) -> impl Iterator<Item = String> + use<> {
    std::iter::once(command.to_owned())
}

#[cfg(not(unix))]
fn names(command: &str) -> impl Iterator<Item = String> + use<> {
    [command.to_owned(), format!("{command}.exe"), format!("{command}.cmd"), format!("{command}.bat")]
        .into_iter()
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
