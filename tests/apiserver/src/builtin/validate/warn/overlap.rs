//! Pure: files of a volume that hide each other.

use kubist_structural::field_error::quote;

use crate::builtin::validate::at::At;

/// A path in a volume, and what puts a file there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    path: String,
    source: String,
}

impl File {
    fn new(path: &str, source: impl Into<String>) -> Self {
        Self { path: path.trim_end_matches('/').to_owned(), source: source.into() }
    }

    fn shown(&self) -> String {
        if self.source.is_empty() {
            quote(&self.path)
        } else {
            format!("{} ({})", quote(&self.path), self.source)
        }
    }

    /// Whether both are the same, or one lies in the other.
    fn meets(&self, other: &Self) -> bool {
        let (own, other) = (format!("{}/", self.path), format!("{}/", other.path));
        own != "/" && other != "/" && (own.starts_with(&other) || other.starts_with(&own))
    }
}

fn items(at: &At<'_>, source: &str) -> Vec<File> {
    at.at("items").items().iter().map(|item| File::new(item.at("path").text(), source)).collect()
}

/// Warns of the volumes in which paths overlap.
pub(super) fn about(volumes: &At<'_>, warnings: &mut Vec<String>) {
    for volume in volumes.items() {
        let name = quote(volume.at("name").text());
        for (field, of, what) in [
            ("configMap", "name", "ConfigMap"),
            ("secret", "secretName", "Secret"),
            ("downwardAPI", "", "DownwardAPI"),
        ] {
            let source = volume.at(field);
            let what = if of.is_empty() {
                what.to_owned()
            } else {
                format!("{what} {}", quote(source.at(of).text()))
            };
            warn(&name, &what, items(&source, ""), warnings);
        }
        projected(&name, &volume.at("projected"), warnings);
    }
}

fn warn(name: &str, what: &str, files: Vec<File>, warnings: &mut Vec<String>) {
    for (index, file) in files.iter().enumerate() {
        for other in files[..index].iter().filter(|other| file.meets(other)) {
            let (file, other) = (file.shown(), other.shown());
            warnings.push(format!("volume {name} ({what}): overlapping paths: {file} with {other}"));
        }
    }
}

fn projected(name: &str, at: &At<'_>, warnings: &mut Vec<String>) {
    let mut files = Vec::new();
    for source in at.at("sources").items() {
        if source.entries().iter().all(|(_, place)| !place.is_set()) {
            warnings.push(format!("volume {name} (Projected) has no sources provided"));
        }
        for (field, what) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
            let place = source.at(field);
            files.extend(items(&place, &format!("{what} {}", quote(place.at("name").text()))));
        }
        files.extend(items(&source.at("downwardAPI"), "DownwardAPI"));
        let token = source.at("serviceAccountToken");
        if token.is_set() {
            files.push(File::new(token.at("path").text(), "ServiceAccountToken"));
        }
    }
    warn(name, "Projected", files, warnings);
}
