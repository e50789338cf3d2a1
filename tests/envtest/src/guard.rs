//! The end of the servers when the test process cannot end them itself.
//!
//! A killed process runs no destructors, and statics are never dropped. The kernel's parent-death signal would be no
//! help: it follows the thread that started the server, and each test has its own thread. So a shell waits at the
//! reading end of a pipe whose other end only this process holds; when that closes, it ends what is left.

use crate::error::EnvtestError;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

const SCRIPT: &str = r#"
trap '' HUP INT TERM
while read -r _; do :; done
for file in "$1"/*.pid; do
    [ -f "$file" ] && kill -KILL "$(cat "$file")"
done
rm -rf "$1" || { sleep 1; rm -rf "$1"; }
"#;

/// Ends the servers whose process ids are in `*.pid` files of a directory, and removes the directory, should this
/// process end without dropping the guard.
pub(crate) struct Guard {
    shell: Child,
}

impl Guard {
    pub(crate) fn new(directory: &Path) -> Result<Self, EnvtestError> {
        let shell = Command::new("/bin/sh")
            .args(["-c", SCRIPT, "kubist-envtest-guard"])
            .arg(directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Test runners kill the whole process group of a test that takes too long.
            .process_group(0)
            .spawn()
            .map_err(EnvtestError::io("start the guard"))?;
        Ok(Self { shell })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Killed before `wait` closes the pipe. An error means that it has already gone.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
