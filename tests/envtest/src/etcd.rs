//! The etcd of a control plane: its command line, and the few calls tests make behind the kube-apiserver's back.

use crate::error::EnvtestError;
use crate::oracle::Oracle;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::process::Command;

/// Where the kube-apiserver writes down how far it has compacted etcd. Its caches follow this key.
const COMPACT_REVISION_KEY: &str = "compact_rev_key";

pub(crate) fn command(binary: &Path, directory: &Path, port: u16) -> Command {
    let mut command = Command::new(binary);
    let url = format!("http://127.0.0.1:{port}");
    command
        .arg("--name=default")
        .arg(format!("--data-dir={}", directory.join("etcd").display()))
        .arg(format!("--listen-client-urls={url}"))
        .arg(format!("--advertise-client-urls={url}"))
        // There are no peers, but there is no way not to listen for them.
        .arg("--listen-peer-urls=http://127.0.0.1:0")
        .arg("--initial-advertise-peer-urls=http://127.0.0.1:0")
        .arg("--initial-cluster=default=http://127.0.0.1:0")
        // The data need not survive the machine.
        .arg("--unsafe-no-fsync")
        .arg("--log-level=warn");
    command
}

/// Calls etcd's JSON gateway; its methods are all POST.
async fn call(etcd: &Oracle, path: &str, body: &Value) -> Result<Value, EnvtestError> {
    let answer = etcd.request(Method::POST, path, Some(&body.to_string())).await?;
    if !answer.status.is_success() {
        return Err(EnvtestError::UnexpectedAnswer { path: path.to_owned(), status: answer.status.as_u16() });
    }
    serde_json::from_str(&answer.body)
        .map_err(|source| EnvtestError::Request { path: path.to_owned(), source: source.into() })
}

/// Forgets what came before now, and tells so as the kube-apiserver itself would. Returns the revision up to which the
/// history is gone.
pub(crate) async fn compact(etcd: &Oracle) -> Result<i64, EnvtestError> {
    let key = STANDARD.encode(COMPACT_REVISION_KEY);
    let newest = revision_after(etcd, "/v3/kv/range", &json!({ "key": key })).await?;
    let announce = json!({ "key": key, "value": STANDARD.encode(newest.to_string()) });
    // The announcement is a revision of its own. Compacting to it, not to the one before, makes the last but one
    // resource version expire too: etcd keeps the event at the revision it compacts to.
    let announced = revision_after(etcd, "/v3/kv/put", &announce).await?;
    call(etcd, "/v3/kv/compaction", &json!({ "revision": announced.to_string(), "physical": true })).await?;
    Ok(announced)
}

/// The revision of the store after a call. The gateway writes 64 bit numbers as strings, as protobuf's JSON does.
async fn revision_after(etcd: &Oracle, path: &str, body: &Value) -> Result<i64, EnvtestError> {
    let answer = call(etcd, path, body).await?;
    answer["header"]["revision"].as_str().and_then(|revision| revision.parse().ok()).ok_or_else(|| {
        EnvtestError::Request { path: path.to_owned(), source: "the answer has no revision".into() }
    })
}
