use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cert::key::{ClientCertificate, PrivateKey};
use crate::error::{Error, ErrorKind, Result};

/// A file that holds a certificate and its key, both PEM; its owner alone may read it.
#[derive(Clone, Debug)]
pub(super) struct Store(pub(super) PathBuf);

impl Store {
    /// What is in the file, if there is one.
    pub(super) fn load(&self) -> Result<Option<ClientCertificate>> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.problem("cannot be read").with_source(error)),
        };
        let pair =
            PrivateKey::from_pem(&only_key(&text)).and_then(|key| ClientCertificate::new(own(&text), key));
        pair.map(Some).map_err(|error| error.during(format!("certificate file {}", self.0.display())))
    }

    /// Replaces the file as a whole.
    pub(super) fn save(&self, pair: &ClientCertificate) -> Result<()> {
        let folder = self.0.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        let written = write(folder, &self.0, &format!("{}{}", own(pair.certificate()), pair.key().pem()));
        written.map_err(|error| self.problem("cannot be written").with_source(error))
    }

    fn problem(&self, what: &str) -> Error {
        Error::new(ErrorKind::Config, format!("certificate file {} {what}", self.0.display()))
    }
}

const KEY: &str = "-----BEGIN PRIVATE KEY-----";

fn only_key(text: &str) -> String {
    text.find(KEY).map_or_else(String::new, |at| text[at..].to_owned())
}

/// The certificates without the key that a file has after them.
fn own(text: &str) -> String {
    let mut own = text.find(KEY).map_or(text, |at| &text[..at]).trim_end().to_owned();
    own.push('\n');
    own
}

fn write(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&draft, path));
    if renamed.is_err() {
        // The error that matters is the first.
        let _ = fs::remove_file(&draft);
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_kept_where_its_owner_alone_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store(folder.path().join("client.pem"));
        assert!(store.load().unwrap().is_none());
        let signed = rcgen::generate_simple_self_signed(["a".to_owned()]).unwrap();
        let key = PrivateKey::from_pem(&signed.signing_key.serialize_pem()).unwrap();
        let pair = ClientCertificate::new(signed.cert.pem(), key).unwrap();
        store.save(&pair).unwrap();
        let read = store.load().unwrap().unwrap();
        assert_eq!((read.key().pem(), read.validity()), (pair.key().pem(), pair.validity()));
        store.save(&read).unwrap();
        assert_eq!(fs::read_to_string(&store.0).unwrap().matches("BEGIN").count(), 2);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&store.0).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&store.0, "hunter2").unwrap();
        let error = format!("{:#}", store.load().unwrap_err());
        assert!(error.contains("client.pem") && !error.contains("hunter2"), "{error}");
    }
}
