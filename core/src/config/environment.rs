use std::ffi::OsString;
use std::io;
use std::io::Read;
use std::path::Path;

/// The longest file that is read: a kubeconfig with thousands of clusters is far below.
pub(crate) const FILE_BYTES_MAX: u64 = 16 << 20;

/// What loading a configuration may ask of the world: environment variables and files.
pub(crate) trait Environment {
    /// The value of a variable, which need not be text: a path is any bytes. Empty counts as not
    /// set.
    fn var(&self, name: &str) -> Option<OsString>;

    /// The bytes of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
}

/// The process's own environment and files.
pub(crate) struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn var(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name).filter(|value| !value.is_empty())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("the file is longer than {FILE_BYTES_MAX} bytes"),
            ));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
pub(crate) mod fake {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;

    /// Variables and files held in memory.
    #[derive(Default)]
    pub(crate) struct FakeEnvironment {
        vars: BTreeMap<String, OsString>,
        files: BTreeMap<PathBuf, String>,
    }

    impl FakeEnvironment {
        pub(crate) fn with_var(mut self, name: &str, value: impl Into<OsString>) -> Self {
            self.vars.insert(name.to_owned(), value.into());
            self
        }

        pub(crate) fn with_file(mut self, path: impl Into<PathBuf>, text: &str) -> Self {
            self.files.insert(path.into(), text.to_owned());
            self
        }
    }

    impl Environment for FakeEnvironment {
        fn var(&self, name: &str) -> Option<OsString> {
            self.vars.get(name).filter(|value| !value.is_empty()).cloned()
        }

        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            let text = self.files.get(path);
            text.map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
        }
    }
}
