//! Kubeconfigs: merged, overridden, validated.

use std::collections::BTreeMap;
use std::path::Path;

use kubist::config::{AuthInfo, Cluster, Config, Impersonation, Kubeconfig, Overrides};
use serde::Deserialize;
use serde_json::Value;

use crate::meant::Meant;
use crate::{none_wrong, rows};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Row {
    files: Vec<String>,
    overrides: Flags,
    error: bool,
    message: String,
    server: String,
    namespace: String,
    credentials: String,
    insecure: bool,
    server_name: String,
    proxy: bool,
    plain: bool,
    impersonate: Option<ActAs>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Flags {
    context: String,
    cluster: String,
    user: String,
    namespace: String,
    server: String,
    server_name: String,
    insecure: bool,
    token: String,
    username: String,
    act_as: String,
}

#[derive(Debug, Deserialize)]
struct ActAs {
    user: String,
    uid: String,
    groups: Option<Vec<String>>,
    extra: Option<BTreeMap<String, Vec<String>>>,
}

impl Flags {
    fn overrides(&self) -> Overrides {
        let mut cluster = Cluster::new(&self.server).insecure_skip_tls_verify(self.insecure);
        if !self.server_name.is_empty() {
            cluster = cluster.tls_server_name(&self.server_name);
        }
        let mut user = AuthInfo::default().token(&self.token).act_as(&self.act_as);
        if !self.username.is_empty() {
            user = user.basic(&self.username, "hunter2");
        }
        Overrides::default()
            .context(&self.context)
            .cluster(&self.cluster)
            .user(&self.user)
            .namespace(&self.namespace)
            .cluster_info(cluster)
            .auth_info(user)
    }
}

impl ActAs {
    fn impersonation(&self) -> Impersonation {
        let mut all = Impersonation::new(&self.user);
        if !self.uid.is_empty() {
            all = all.uid(&self.uid);
        }
        for group in self.groups.iter().flatten() {
            all = all.group(group);
        }
        let extra = self.extra.iter().flatten();
        let extra = extra.flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
        extra.fold(all, |all, (key, value)| all.extra(key, value))
    }
}

/// A folder for the files of a row, gone afterwards.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(std::fs::remove_dir_all(&path));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn merged(&self, files: &[String]) -> kubist::Result<Kubeconfig> {
        let mut merged: Option<Kubeconfig> = None;
        for (at, text) in files.iter().enumerate() {
            let path = self.0.join(at.to_string());
            std::fs::write(&path, text).unwrap();
            let read = Kubeconfig::read(path)?;
            merged = Some(match merged {
                Some(first) => first.merge(read),
                None => read,
            });
        }
        Ok(merged.unwrap_or_default())
    }
}

/// What a configuration shows of itself, in one text.
fn shown(row: &Row) -> String {
    let act = row.impersonate.as_ref().map(ActAs::impersonation);
    format!(
        "{} {} {} {} {:?} proxy {} compression {} {act:?}",
        row.server.trim_end_matches('/'),
        row.namespace,
        row.credentials,
        row.insecure,
        Some(&row.server_name).filter(|name| !name.is_empty()),
        row.proxy,
        !row.plain,
    )
}

fn found(config: &Config) -> String {
    let debug = format!("{config:?}");
    let field = |name: &str, end: &str| {
        let (_, rest) = debug.split_once(&format!("{name}: ")).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    format!(
        "{} {} {} {} {} proxy {} compression {} {}",
        config.url().to_string().trim_end_matches('/'),
        config.namespace(),
        field("credentials", ", insecure").trim_matches('"'),
        field("insecure_skip_tls_verify", ", tls"),
        field("tls_server_name", ", proxy"),
        field("proxy", ", impersonate") != "of the environment",
        field("compression", ", .."),
        field("impersonate", ", compression"),
    )
}

const SCHEME: &str = "a server without a scheme is spoken to in the clear, whatever is said of TLS";
const CLEAR: &str = "in the clear, what a file says of TLS and of the user is not looked at";
const HOST: &str = "a server without a scheme must not have a path";
const URL: &str = "the server's URL may have any scheme, a user, a query and a fragment";
const NO_NAME: &str = "a password without a user name is dropped";
const HALF: &str = "a client key without a certificate is dropped";
const NOBODY: &str = "a context may name a user that is not there";
const TEXTS: &str = "a number, `yes` and the like are no texts";
const TAB: &str = "a file of nothing but a tab is none";
const SECOND: &str = "of several documents the first is read";
const NAMELESS: &str = "an entry may have no name";
const NULL: &str = "lists without entries are written as null";

/// Which of the differences that are meant this is.
fn meant(row: &Row, found: Result<&str, &str>, expected: Option<&str>) -> Option<&'static str> {
    let file = row.files.join("\n");
    match (found, expected) {
        (Err(error), Some(_)) if error.contains("the server's URL must") => Some(URL),
        (Err(error), Some(_)) if error.contains("but no client-certificate") => Some(HALF),
        (Err(error), Some(_)) if error.contains("no field `name`") => Some(NAMELESS),
        (Err(_), Some(_)) if file.contains("\n---") => Some(SECOND),
        (Err(error), Some(_)) if error.contains("no user \"nobody\"") => Some(NOBODY),
        (Err(error), Some(expected)) if expected.starts_with("http://") && error.contains("tokenFile") => {
            Some(CLEAR)
        }
        (Ok(_), None) if file.contains("localhost:8080/x") => Some(HOST),
        (Ok(_), None) if file.contains("as: yes") || file.contains("token: 7") => Some(TEXTS),
        (Ok(_), None) if file == "\t" => Some(TAB),
        (Ok(found), Some(expected)) => {
            let server = |text: &str| text.split_once(' ').unwrap().0.to_owned();
            match (server(found), server(expected)) {
                (found, expected) if found.replace("https", "http") == expected && found != expected => {
                    Some(SCHEME)
                }
                (found, expected) if found == expected && found.starts_with("http:") => Some(CLEAR),
                _ if file.contains("{password: hunter2}") => Some(NO_NAME),
                _ => None,
            }
        }
        _ => None,
    }
}

#[tokio::test]
async fn configurations_are_the_same() {
    let all = [SCHEME, CLEAR, HOST, URL, NO_NAME, HALF, NOBODY, TEXTS, TAB, SECOND, NAMELESS];
    let differences = Meant::new("kubeconfig", &all);
    let folder = Folder::new("kubeconfig-configurations");
    let mut wrong = Vec::new();
    for row in rows::<Row>("kubeconfig", "configurations") {
        let overrides = row.overrides.overrides();
        let config = folder.merged(&row.files).and_then(|merged| merged.config_with(&overrides));
        // Some of what is wrong is seen when connections are made ready.
        let config = config.and_then(|config| config.transport().map(|_| found(&config)));
        let expected = (!row.error).then(|| shown(&row));
        let found = config.map_err(|error| format!("{error:#}"));
        match (&found, &expected) {
            (Err(_), None) => {}
            (Ok(found), Some(expected)) if found == expected => {}
            _ => match meant(&row, found.as_deref().map_err(String::as_str), expected.as_deref()) {
                Some(difference) => differences.met(difference),
                None => wrong.push(format!(
                    "{:?} {:?}\n  found {found:?}\n  expected {expected:?} {}",
                    row.files, row.overrides, row.message
                )),
            },
        }
    }
    none_wrong(&wrong);
    differences.all_met();
}

#[derive(Deserialize)]
struct Merge {
    files: Vec<String>,
    merged: Value,
}

/// Lists in the order of their names, as client-go writes them.
fn sorted(mut kubeconfig: Value) -> Value {
    for list in ["clusters", "users", "contexts", "extensions"] {
        if let Some(entries) = kubeconfig.get_mut(list).and_then(Value::as_array_mut) {
            entries.sort_by_key(|entry| entry["name"].to_string());
        }
    }
    kubeconfig
}

#[test]
fn files_are_merged_alike() {
    let folder = Folder::new("kubeconfig-merges");
    let differences = Meant::new("kubeconfig", &[NULL]);
    let mut wrong = Vec::new();
    for row in rows::<Merge>("kubeconfig", "merges") {
        let merged = serde_json::to_value(folder.merged(&row.files).unwrap()).unwrap();
        let text = merged.to_string().replace(&folder.0.display().to_string(), "FOLDER");
        let (merged, mut expected) = (sorted(serde_json::from_str(&text).unwrap()), sorted(row.merged));
        for list in expected.as_object_mut().unwrap().values_mut().filter(|list| list.is_null()) {
            *list = Value::Array(Vec::new());
            differences.met(NULL);
        }
        if merged != expected {
            wrong.push(format!("{:?}\n  found {merged}\n  expected {expected}", row.files));
        }
    }
    none_wrong(&wrong);
    differences.all_met();
}
