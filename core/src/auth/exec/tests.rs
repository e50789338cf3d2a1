//! Plugins that are small shell scripts.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::auth::exec::config::V1BETA1;
use crate::auth::exec::{ExecCluster, ExecConfig, InteractiveMode, PluginPolicy, plugin, run};
use crate::error::{Error, ErrorKind};
use crate::transport::CredentialSource;

const SECRET: &str = "hunter2";

/// A script with a folder of its own, which it can write to.
struct Script {
    folder: TempDir,
}

impl Script {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("script"), text).unwrap();
        Self { folder }
    }

    /// A script that prints an answer with this status.
    fn printing(status: &str) -> Self {
        Self::new(&format!("echo run >> $FOLDER/runs\ncat <<END\n{}\nEND\n", answer(status)))
    }

    /// Read by `sh`, not started itself: another thread that forks just now could keep it open.
    fn config(&self) -> ExecConfig {
        let script = self.path("script").to_str().unwrap().to_owned();
        ExecConfig::new("sh").args([script]).env("FOLDER", self.folder.path().to_str().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn runs(&self) -> usize {
        self.read("runs").lines().count()
    }
}

fn answer(status: &str) -> String {
    format!(r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{status}}}"#)
}

async fn failure(config: &ExecConfig) -> Error {
    let error = run(config, &PluginPolicy::allow_all(), false).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Credentials, "{error:?}");
    assert!(error.to_string().starts_with("exec plugin \""), "{error}");
    assert!(!format!("{error:#}").contains(SECRET), "{error:#}");
    error
}

async fn failure_text(config: &ExecConfig) -> String {
    format!("{:#}", failure(config).await)
}

#[tokio::test]
async fn i2_a_plugin_runs_once_for_many_requests() {
    let script = Script::printing(r#"{"token":"hunter2"}"#);
    let source = plugin(Arc::new(script.config()), PluginPolicy::allow_all()).unwrap();
    assert_eq!(script.runs(), 0, "it runs when it is needed");
    let all = futures_util::future::join_all((0..50).map(|_| source.current())).await;
    for credential in all {
        let header = credential.unwrap().authorization.unwrap();
        assert_eq!(header, "Bearer hunter2");
        assert!(header.is_sensitive());
    }
    source.current().await.unwrap();
    assert_eq!(script.runs(), 1);
}

#[tokio::test]
async fn a_plugin_has_the_environment_and_is_told_what_it_is_asked_for() {
    let told =
        "printf '%s' \"$KUBERNETES_EXEC_INFO\" > $FOLDER/info; printf '%s' \"$MINE $HOME\" > $FOLDER/env\n";
    let script = Script::new(&format!("{told}echo '{}'", answer(r#"{"token":"x"}"#)));
    let cluster = ExecCluster::new("https://c").config(serde_json::json!({"audience": "y"}));
    let config = script.config().env("MINE", "a b").cluster(cluster);
    run(&config, &PluginPolicy::allow_all(), false).await.unwrap();
    let info: serde_json::Value = serde_json::from_str(&script.read("info")).unwrap();
    let expected = serde_json::json!({
        "kind": "ExecCredential",
        "apiVersion": "client.authentication.k8s.io/v1",
        "spec": {"interactive": false, "cluster": {"server": "https://c", "config": {"audience": "y"}}},
    });
    assert_eq!(info, expected);
    let home = std::env::var("HOME").unwrap_or_default();
    assert_eq!(script.read("env"), format!("a b {home}"));
}

#[tokio::test]
async fn a_plugin_that_is_not_interactive_has_no_input() {
    let script = Script::new(&format!("read line && exit 3\necho '{}'", answer(r#"{"token":"x"}"#)));
    run(&script.config(), &PluginPolicy::allow_all(), false).await.unwrap();
    let asking = script.config().interactive_mode(InteractiveMode::Always);
    assert!(failure_text(&asking).await.contains("standard input is no terminal"));
}

#[tokio::test]
async fn i3_a_plugin_that_hangs_is_ended_with_what_it_started() {
    let script = Script::new("sleep 1000 & echo $! > $FOLDER/child\nwait\n");
    let config = script.config().timeout(Some(Duration::from_secs(1)));
    let text = failure_text(&config).await;
    assert!(text.ends_with("it did not end within 1s, and was stopped"), "{text}");
    let child: i32 = script.read("child").trim().parse().unwrap();
    gone(child).await;
}

/// Waits until a process has ended. It ends at once; the system needs a moment to say so.
async fn gone(process: i32) {
    let state = move || {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next())
    };
    while !matches!(state(), None | Some('Z' | 'X')) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn i3_a_plugin_is_ended_when_nobody_holds_its_source() {
    let script =
        Script::new("echo $$ > $FOLDER/self\nmkfifo $FOLDER/started 2> /dev/null\nexec sleep 1000\n");
    let source = plugin(Arc::new(script.config()), PluginPolicy::allow_all()).unwrap();
    {
        let mut asking = std::pin::pin!(source.current());
        while script.read("self").trim().is_empty() {
            let turn = std::future::poll_fn(|cx| {
                assert!(asking.as_mut().poll(cx).is_pending());
                std::task::Poll::Ready(())
            });
            turn.await;
            tokio::task::yield_now().await;
        }
    }
    drop(source);
    gone(script.read("self").trim().parse().unwrap()).await;
}

#[tokio::test]
async fn what_a_plugin_left_running_does_not_keep_its_answer() {
    let script = Script::new(&format!(
        "sleep 1000 & echo $! > $FOLDER/child\necho '{}'\n",
        answer(r#"{"token":"x"}"#)
    ));
    run(&script.config(), &PluginPolicy::allow_all(), false).await.unwrap();
    let child: i32 = script.read("child").trim().parse().unwrap();
    let child = rustix::process::Pid::from_raw(child).unwrap();
    rustix::process::kill_process(child, rustix::process::Signal::KILL).unwrap();
}

#[tokio::test]
async fn a_plugin_that_floods_its_output_is_stopped() {
    let flooding = Script::new("exec yes hunter2\n");
    let text = failure_text(&flooding.config()).await;
    assert!(text.ends_with("it printed more than 1048576 bytes, and was stopped"), "{text}");
}

#[tokio::test]
async fn a_plugin_that_fails_is_told_with_the_end_of_its_errors() {
    let long = "i=0; while [ $i -lt 300 ]; do echo line $i >&2; i=$((i+1)); done\n";
    let script =
        Script::new(&format!("echo hunter2\n{long}printf '\\033[31mplease log in\\033[0m\\n' >&2\nexit 3\n"));
    let text = failure_text(&script.config()).await;
    assert!(text.contains("it failed (exit status: 3): "), "{text}");
    assert!(text.ends_with("line 299 please log in"), "{text}");
    assert!(!text.contains("line 0 ") && !text.contains('\u{1b}'), "{text}");
    let script = Script::new("kill -9 $$\n");
    assert!(failure_text(&script.config()).await.contains("signal: 9"));
}

#[tokio::test]
async fn garbage_the_wrong_version_and_half_an_answer_are_errors() {
    let version = Script::new(&format!("echo '{}'", answer(r#"{"token":"hunter2"}"#)));
    let beta = version.config().api_version(V1BETA1);
    let text = failure_text(&beta).await;
    assert!(text.contains("of client.authentication.k8s.io/v1, and client.auth"), "{text}");
    for (script, expected) in [
        ("echo hunter2", "no ExecCredential in JSON"),
        ("head -c 500 /dev/urandom", "no ExecCredential in JSON"),
        ("true", "it printed nothing"),
        ("echo '{\"token\":\"hunter2\"}'", "no ExecCredential"),
    ] {
        let text = failure_text(&Script::new(script).config()).await;
        assert!(text.contains(expected), "{script}: {text}");
    }
    let half = Script::printing(r#"{"token":"x","clientKeyData":"hunter2"}"#);
    assert!(failure_text(&half.config()).await.ends_with("it printed a key and no certificate"));
}

#[tokio::test]
async fn a_plugin_that_is_not_there_is_told_with_the_hint() {
    let config = ExecConfig::new("kubist-no-such-plugin").install_hint("see\n\u{1b}[1mhttps://x\u{1b}[0m");
    assert_eq!(
        failure_text(&config).await,
        "exec plugin \"kubist-no-such-plugin\": it is not in PATH; see https://x"
    );
}

#[tokio::test]
async fn a_plugin_that_the_policy_forbids_does_not_run() {
    let script = Script::printing(r#"{"token":"x"}"#);
    for policy in [PluginPolicy::deny_all(), PluginPolicy::allow_only(["/opt/other"]).unwrap()] {
        let error = run(&script.config(), &policy, false).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(format!("{error:#}").contains("policy"), "{error:#}");
    }
    assert_eq!(script.runs(), 0);
    run(&script.config(), &PluginPolicy::allow_only(["sh"]).unwrap(), false).await.unwrap();
    assert_eq!(script.runs(), 1);
}

#[tokio::test]
async fn a_certificate_that_expires_comes_with_its_end() {
    let certified = rcgen::generate_simple_self_signed(["me".to_owned()]).unwrap();
    let script = Script::new("cat $FOLDER/answer");
    let status = serde_json::json!({
        "clientCertificateData": certified.cert.pem(),
        "clientKeyData": certified.signing_key.serialize_pem(),
        "expirationTimestamp": "2031-01-02T03:04:05Z",
    });
    std::fs::write(script.path("answer"), answer(&status.to_string())).unwrap();
    let made = run(&script.config(), &PluginPolicy::allow_all(), false).await.unwrap();
    assert!(made.credential.identity.is_some() && made.credential.authorization.is_none());
    assert!(made.expires.unwrap() > std::time::SystemTime::UNIX_EPOCH);
}
